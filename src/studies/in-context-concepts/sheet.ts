import { tableOf, type ColumnOf, type Sheet } from '../../report/table';
import { shiftTitles } from './body';
import { shifts } from './prompts';
import type { ConceptsSummary, EpochSummary, OverSeeds } from './summary';

/** Epochs that a table has at most; the first ones, where most happens, closer together. */
const mostEpochs = 14;

const percent = ({ median }: OverSeeds): string => (100 * median).toFixed(1);
const number = ({ median }: OverSeeds): string => median.toFixed(3);
const right = 'right' as const;

const epoch: ColumnOf<EpochSummary> = { title: 'epoch', align: right, text: ({ epoch: at }) => String(at) };

const learning: readonly ColumnOf<EpochSummary>[] = [
  epoch,
  { title: 'error %', align: right, text: ({ errors }) => percent(errors.none) },
  {
    title: 'least to most',
    align: right,
    text: ({ errors: { none } }) => `${(100 * none.low).toFixed(1)} to ${(100 * none.high).toFixed(1)}`,
    dispensable: 2,
  },
  { title: 'cross-entropy', align: right, text: ({ testLoss }) => number(testLoss) },
  { title: 'in training', align: right, text: ({ trainLoss }) => number(trainLoss), dispensable: 3 },
  { title: 'right attention %', align: right, text: ({ correctAttention }) => percent(correctAttention) },
];

const shifted: readonly ColumnOf<EpochSummary>[] = [
  epoch,
  ...shifts.map((shift) => ({
    title: shiftTitles[shift],
    align: right,
    text: ({ errors }: EpochSummary) => percent(errors[shift]),
  })),
];

const directions = ['telling', 'shared', 'noise'] as const;
const products: readonly ColumnOf<EpochSummary>[] = [
  epoch,
  ...(['attention', 'readOut'] as const).flatMap((of) =>
    directions.map((direction) => ({
      title: `${of === 'attention' ? 'A' : 'w'} ${direction}`,
      align: right,
      text: (summary: EpochSummary) => number(summary[of][direction]),
    })),
  ),
];

/** The figures of the paper as tables: learning, shifts, and what the weights do along directions. */
export function conceptsSheet(summary: ConceptsSummary): Sheet {
  const epochs = few(summary.epochs);
  return {
    title: `In-context concepts: ${summary.experiment}`,
    tables: [
      tableOf('learning, medians over seeds', learning, epochs),
      tableOf('error in %, by how test prompts differ', shifted, epochs),
      tableOf('largest product of attention (A) and read-out (w) along directions', products, epochs),
    ],
    notes: notesOf(summary),
  };
}

/** The first ones, then ever fewer, and the last. */
function few(epochs: readonly EpochSummary[]): EpochSummary[] {
  if (epochs.length <= mostEpochs) return [...epochs];
  const last = epochs.length - 1;
  const places = Array.from({ length: mostEpochs }, (_, at) => Math.round(last * (at / (mostEpochs - 1)) ** 1.6));
  return [...new Set(places)].map((at) => epochs[at]!);
}

export function notesOf({ settings, seeds, decline }: ConceptsSummary): string[] {
  const missing = seeds.asked - seeds.measured.length;
  const factors = decline.factors.map((factor) => factor.toFixed(1)).join(', ');
  return [
    ...(settings
      ? [
          `${seeds.measured.length} of ${seeds.asked} seeds; ${settings.concepts} concepts in ${settings.dimension} dimensions, ${settings.demonstrations} demonstrations, ${settings.prompts} prompts trained on, ${settings.testPrompts} in each test set.`,
        ]
      : []),
    ...(missing > 0 ? [`${missing} seeds were not run.`] : []),
    ...(factors
      ? [
          `While cross-entropy is above ${decline.high} the error falls by a factor of ${factors} an epoch (a number for each seed).`,
        ]
      : []),
    'The equations are our reading of Bu et al. 2024 (arXiv:2411.02199), whose own settings we did not see: dimensions, rates and sizes are ours.',
  ];
}
