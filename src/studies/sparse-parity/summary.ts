import type { Manifest } from '../../core/contracts/manifest';
import type { RecordOf } from '../../core/contracts/record';
import type { StudyResults } from '../../core/contracts/study';
import { groupBy } from '../../data/split';
import type { Figure } from '../../core/contracts/figure';
import { printable } from '../../report/printable';
import { tableOf, type Table } from '../../report/table';
import { plural, thousands } from '../capability/drawing/wording';
import type { Findings } from '../findings/findings';
import { lowerMedian } from '../statistics/summaries';
import type { SparseParityBody } from './body';
import { entropyFigure, reuseFigure, samplesFigure, sizesFigure } from './figures';
import { groupsOf, type ParityGroup } from './runs';
import { entropyStatements, medianSamples, reuseStatements, samplesStatements, sizesStatements } from './statements';
import { countOf, rowTitles, sizeOf } from './wording';

/** Everything that the records say, as far as they are there. */
export function summariseParity(results: StudyResults<Manifest, RecordOf<SparseParityBody>>): Findings {
  const groups = groupsOf(results);
  const usual = usualSize(groups);
  const measured = groups.filter(({ runs }) => runs.length > 0);
  const fresh = measured.filter(({ set }) => set === null);
  const bySecrets = fresh.filter((group) => sizeOf(group) === usual);
  const reused = comparable(measured, usual);
  const sizes = several(fresh);
  const figures = [
    samplesFigure(bySecrets),
    entropyFigure(shownRuns(bySecrets)),
    reuseFigure(reused),
    sizesFigure(sizes),
  ];
  return {
    title: `Sparse parity: ${printable(results.manifest.experiment)}`,
    statements: [
      ...samplesStatements(bySecrets),
      ...entropyStatements(measured),
      ...reuseStatements(reused),
      ...sizesStatements(sizes),
    ],
    figures: figures.filter((figure): figure is Figure => figure !== undefined),
    tables: measured.length > 0 ? [samplesTable(measured)] : [],
    notes: notesOf(groups),
  };
}

/** The number of layers and heads that most settings have: the one that secrets and sets are compared at. */
function usualSize(groups: readonly ParityGroup[]): string | undefined {
  const bySize = [...groupBy(groups, sizeOf)];
  return bySize.sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

/** Settings with a finite training set, and the same with fresh inputs. */
function comparable(groups: readonly ParityGroup[], usual: string | undefined): ParityGroup[] {
  const own = groups.filter((group) => sizeOf(group) === usual);
  const nameOf = ({ bits, secrets }: ParityGroup) => `${secrets} of ${bits}`;
  const reused = new Set(own.filter(({ set }) => set !== null).map(nameOf));
  const rows = new Set(own.filter(({ set }) => set !== null).map(({ row }) => row));
  return own.filter((group) => reused.has(nameOf(group)) && rows.has(group.row));
}

/** Settings that were trained with several numbers of layers and heads. */
function several(groups: readonly ParityGroup[]): ParityGroup[] {
  const alike = [...groupBy(groups, ({ bits, secrets, row }) => JSON.stringify([bits, secrets, row])).values()];
  return alike.filter((own) => new Set(own.map(sizeOf)).size > 1).flat();
}

/** Of each row the first seed with most secrets that becomes perfect, and with the fewest that does not. */
function shownRuns(groups: readonly ParityGroup[]) {
  const most = Math.max(...groups.map(({ bits }) => bits));
  const titles = rowTitles(groups);
  const firsts = groups
    .filter(({ bits }) => bits === most)
    .sort((a, b) => b.secrets - a.secrets)
    .flatMap((group) => {
      const run = group.runs[0];
      return run && run.looks.length > 0 && run.looks[0]!.entropies.length > 0 ? { group, run } : [];
    });
  const told = ({ group, run }: (typeof firsts)[number]) => ({
    title: `${titles.get(group.row)}, ${group.secrets} of ${most} bits${run.perfectAt === null ? ', not learnt' : ''}`,
    run,
    heads: group.heads,
  });
  return [...titles.keys()].flatMap((row) => {
    const own = firsts.filter(({ group }) => group.row === row && group.mode !== 'filler');
    const solved = own.find(({ run }) => run.perfectAt !== null);
    const unsolved = own.findLast(({ run }) => run.perfectAt === null);
    return [solved, unsolved].flatMap((each) => (each ? told(each) : []));
  });
}

function samplesTable(groups: readonly ParityGroup[]): Table {
  const titles = rowTitles(groups);
  const samples = (count: number | null, { cap }: ParityGroup) =>
    count === null || count === Infinity ? `> ${countOf(cap)}` : countOf(count);
  const ends = (group: ParityGroup, choose: (...values: number[]) => number) =>
    samples(choose(...group.runs.map(({ perfectAt }) => perfectAt ?? Infinity)), group);
  const entropy = ({ runs }: ParityGroup) => runs.flatMap(({ leastEntropy }) => leastEntropy ?? []);
  return tableOf<ParityGroup>(
    'Samples until perfect',
    [
      { title: 'bits', align: 'right', text: ({ bits }) => String(bits) },
      { title: 'secret', align: 'right', text: ({ secrets }) => String(secrets) },
      { title: 'answers', align: 'left', text: ({ row }) => titles.get(row)! },
      { title: 'size', align: 'left', dispensable: 1, text: sizeOf },
      { title: 'inputs', align: 'right', dispensable: 2, text: ({ set }) => (set === null ? 'fresh' : countOf(set)) },
      { title: 'median', align: 'right', text: (group) => samples(medianSamples(group), group) },
      { title: 'least', align: 'right', dispensable: 4, text: (group) => ends(group, Math.min) },
      { title: 'most', align: 'right', dispensable: 3, text: (group) => ends(group, Math.max) },
      {
        title: 'perfect',
        align: 'right',
        text: ({ runs }) => `${runs.filter(({ perfectAt }) => perfectAt !== null).length} of ${runs.length}`,
      },
      {
        title: 'entropy',
        align: 'right',
        text: (group) => (entropy(group).length > 0 ? lowerMedian(entropy(group)).toFixed(2) : ''),
      },
    ],
    groups,
  );
}

function notesOf(groups: readonly ParityGroup[]): string[] {
  const asked = groups.reduce((sum, group) => sum + group.asked, 0);
  const measured = groups.reduce((sum, { runs }) => sum + runs.length, 0);
  const seeds = new Set(groups.flatMap(({ runs }) => runs.map(({ seed }) => seed)));
  const widths = [...groupBy(groups, ({ bits }) => String(bits))].map(
    ([bits, own]) => `${[...new Set(own.map(({ width }) => width))].join(' and ')} at ${bits} bits`,
  );
  const fewInputs = groups.map(({ bits }) => bits).find((bits) => bits <= 14);
  return [
    `${plural(seeds.size, 'seed')}; medians are lower medians, intervals the least and the most of the seeds. A seed that is not ` +
      'perfect by the cap counts as more than all that are.',
    ...(measured < asked ? [`${plural(asked - measured, 'training')} of ${asked} missing.`] : []),
    `Width ${widths.join(', ')}. Every seed has a secret of its own.`,
    'A sample is a sequence drawn, also where it was drawn before. Looks are a few steps apart, so that counts are rounded up.',
    'Perfect: all held-out inputs, none of which is ever trained on, have everything after the input right.',
    ...(fewInputs === undefined
      ? []
      : [
          `At ${fewInputs} bits there are ${thousands(2 ** fewInputs)} inputs: training without end sees each of them many times.`,
        ]),
    'Entropy is that of the lowest head at the last look, median of the seeds.',
    "Ours, not the paper's: sizes of model, batch and rate, float32, a constant learning rate, an equals sign after the input, " +
      'and a chain of thought that leaves out the leading 0.',
  ];
}
