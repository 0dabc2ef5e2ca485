import { lengthRanges, type LengthRange } from '../../core/contracts/reference';
import type { ScoreKind } from '../../core/contracts/view';
import { tableOf, type ColumnOf, type Sheet } from '../../report/table';
import type { Rounding, SeedSpread, Spread } from './spreads';

const names: Record<LengthRange, string> = { inRange: 'in range', near: 'near', far: 'far' };
const between = (spread: Spread | null | undefined, digits: number): string =>
  spread ? [...new Set(spread.map((value) => value.toFixed(digits)))].join(' to ') : '';

const columns = (score: ScoreKind): readonly ColumnOf<SeedSpread>[] => [
  { title: 'architecture', align: 'left', text: ({ row }) => row },
  { title: 'task', align: 'left', text: ({ column }) => column },
  { title: 'seed', align: 'right', text: ({ seed }) => String(seed) },
  {
    title: 'repeats',
    align: 'right',
    text: ({ repeats, asked }) => (repeats === asked ? String(repeats) : `${repeats} of ${asked}`),
    dispensable: 2,
  },
  ...lengthRanges.map((range) => ({
    title: names[range],
    align: 'right' as const,
    text: ({ ranges }: SeedSpread) => between(ranges[range]?.[score], 3),
  })),
  { title: 'steps', align: 'right', text: ({ steps }) => between(steps, 0), dispensable: 1 },
];

/** A line for each seed: least and most over its repeats. */
export const roundingSheet = ({ experiment, seeds }: Rounding, score: ScoreKind): Sheet => ({
  title: `Rounding: ${experiment}`,
  tables: [
    tableOf(
      `${score === 'exact' ? 'exact-match accuracy' : 'share of right symbols'}, least to most over the repeats of a seed`,
      columns(score),
      seeds,
    ),
  ],
  notes: [
    'Repeats of a seed differ in the order in which the sequences of a batch are summed, and in nothing else: what lies between them is rounding.',
  ],
});
