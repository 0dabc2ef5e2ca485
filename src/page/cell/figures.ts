import type { Figure, Panel, Point, Series } from '../../report/figure/figure';
import type { LengthData, MeasuredData, SeedData, Thousandths } from '../../studies/capability/report/grid-data';

const share = (value: Thousandths | undefined): number | null =>
  value === null || value === undefined ? null : value / 1000;

/** Lower median over seeds with its spread; each seed is a sample. */
function pointOf(x: number, values: readonly Thousandths[], seeds: readonly SeedData[]): Point {
  const known = values
    .map(share)
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  if (known.length === 0) return { x, y: null };
  return {
    x,
    y: known[Math.floor((known.length - 1) / 2)]!,
    ...(known.length > 1 && { low: known[0]!, high: known.at(-1)! }),
    samples: values.map((value, at) => ({ seed: seeds[at]?.seed ?? at, y: share(value) })),
  };
}

const byLength = (
  name: string,
  lengths: readonly LengthData[],
  seeds: readonly SeedData[],
  of: (length: LengthData) => readonly Thousandths[],
): Series => ({
  name,
  points: lengths.map((length) => pointOf(length.length, of(length), seeds)),
});

const lengthAxis = { title: 'length of the input' } as const;
const shareAxis = (title: string) => ({ title, isShare: true, domain: [0, 1] }) as const;

function bandOf(lengths: readonly LengthData[]): Pick<Panel, 'bands'> {
  const trained = lengths.filter(({ range }) => range === 'inRange').map(({ length }) => length);
  if (trained.length === 0) return {};
  return { bands: [{ from: Math.min(...trained), to: Math.max(...trained), label: 'trained lengths' }] };
}

const evaluated = ({ lengths }: MeasuredData): LengthData[] =>
  [...lengths].filter(({ exact }) => exact.some((value) => value !== null)).sort((a, b) => a.length - b.length);

/** Accuracy by length, over seeds and of each, beside baselines. */
export function lengthFigure(
  name: string,
  measured: MeasuredData,
  baselines: readonly { readonly id: string; readonly measured: MeasuredData }[],
): Figure | null {
  const lengths = evaluated(measured);
  if (lengths.length === 0) return null;
  const { seeds } = measured;
  const perSeed =
    seeds.length > 1
      ? seeds.map(({ seed }, at): Series => ({
          name: `seed ${seed}`,
          isDashed: true,
          points: lengths.map(({ length, exact }) => ({ x: length, y: share(exact[at]) })),
        }))
      : [];
  return {
    id: 'length',
    title: 'Accuracy by length',
    caption:
      seeds.length > 1
        ? `Exact match of whole answers: median of ${seeds.length} seeds with the least and the most of them, and each seed.`
        : 'Exact match of whole answers, one seed.',
    panels: [
      {
        title: '',
        x: lengthAxis,
        y: shareAxis('exact match, %'),
        ...bandOf(lengths),
        series: [
          byLength(name, lengths, seeds, ({ exact }) => exact),
          ...perSeed,
          ...baselines.map((each) =>
            byLength(each.id, evaluated(each.measured), each.measured.seeds, ({ exact }) => exact),
          ),
        ],
      },
    ],
  };
}

/** Loss and held-out accuracy of every seed while it trained. */
export function trainingFigure({ seeds }: MeasuredData): Figure | null {
  const trained = seeds.filter(({ curve }) => curve !== null);
  if (trained.length === 0) return null;
  const series = (of: (curve: NonNullable<SeedData['curve']>, at: number) => number | null): Series[] =>
    trained.map(({ seed, curve }) => ({
      name: `seed ${seed}`,
      points: curve!.steps.map((x, at) => ({ x, y: of(curve!, at) })),
    }));
  const x = { title: 'training steps' };
  const isPositive = trained.every(({ curve }) => curve!.loss.every((loss) => loss === null || loss > 0));
  return {
    id: 'training',
    title: 'Training',
    caption: 'Loss of the batch, and exact match on held-out inputs of trained lengths.',
    panels: [
      {
        title: 'Loss',
        x,
        y: { title: 'loss', ...(isPositive && { scale: 'log' as const }) },
        series: series(({ loss }, at) => loss[at] ?? null),
      },
      { title: 'Held out', x, y: shareAxis('exact match, %'), series: series(({ heldOut }, at) => share(heldOut[at])) },
    ],
  };
}

/** Of rows that write a chain of thought: how often it is right, and how often the answer is. */
export function traceFigure(measured: MeasuredData): Figure | null {
  const lengths = evaluated(measured).filter(({ trace }) => trace !== undefined);
  if (lengths.length === 0) return null;
  return {
    id: 'trace',
    title: 'Chain of thought and answer',
    caption: 'Share of inputs whose whole chain of thought is right, and whose answer is.',
    panels: [
      {
        title: '',
        x: lengthAxis,
        y: shareAxis('share of inputs, %'),
        ...bandOf(lengths),
        series: [
          byLength('chain of thought right', lengths, measured.seeds, ({ trace }) => trace!),
          byLength('answer right', lengths, measured.seeds, ({ exact }) => exact),
        ],
      },
    ],
  };
}

/** How often no end was written within the longest answer that the task needs. */
export function unfinishedFigure(measured: MeasuredData): Figure | null {
  const lengths = evaluated(measured);
  if (lengths.every(({ unfinished }) => unfinished === undefined)) return null;
  return {
    id: 'unfinished',
    title: 'Answers without an end',
    caption: 'Share of answers that did not end within the longest one that the task needs.',
    panels: [
      {
        title: '',
        x: lengthAxis,
        y: shareAxis('share of answers, %'),
        ...bandOf(lengths),
        series: [
          byLength('unfinished', lengths, measured.seeds, ({ exact, unfinished }) => unfinished ?? exact.map(() => 0)),
        ],
      },
    ],
  };
}
