import type { Figure } from '../../core/contracts/figure';
import { lengthFigures } from '../../studies/capability/plots/parts/length-figures';
import type { PlottedCell } from '../../studies/capability/plots/parts/plotted-cell';
import { trainingFigures } from '../../studies/capability/plots/parts/training-figures';
import type { LengthData, MeasuredData, SeedData, Thousandths } from '../../studies/capability/report/grid-data';
import type { LengthSummary } from '../../studies/capability/summarise/length-summary';

const share = (value: Thousandths | undefined): number => (value ?? 0) / 1000;

/** A cell and the baselines of its column that guess. */
export interface CellWithGuesses {
  readonly row: string;
  readonly column: string;
  readonly measured: MeasuredData;
  readonly guesses: readonly MeasuredData[];
}

/** The figures of `zoo plot`: accuracy by length (with chains of thought and unfinished answers), and training. */
export function figuresOf(cell: CellWithGuesses): Figure[] {
  const plotted = plottedCell(cell, cell.measured.seeds, cell.row);
  return [...lengthFigures([plotted]), ...trainingFigures([plotted])].map(withoutName);
}

/** The same with a series for every seed. */
export function figuresBySeed(cell: CellWithGuesses): Figure[] {
  const plotted = cell.measured.seeds.map((seed) => plottedCell(cell, [seed], `seed ${seed.seed}`));
  return [...lengthFigures(plotted), ...trainingFigures(plotted)].map(withoutName);
}

/** The page has said which cell it is about. */
const withoutName = (figure: Figure): Figure => ({ ...figure, title: figure.title.replace(/: .*/, '') });

function plottedCell(
  { column, measured, guesses }: CellWithGuesses,
  seeds: readonly SeedData[],
  row: string,
): PlottedCell {
  const places = seeds.map((seed) => measured.seeds.indexOf(seed));
  return {
    row,
    column,
    isBaseline: false,
    lengths: measured.lengths.map((length) => summaryOf(length, seeds, places)),
    guesses: guessesOf(guesses),
    seeds: seeds.map(({ seed, outcome, curve }) => ({
      seed,
      outcome: outcome as PlottedCell['seeds'][number]['outcome'],
      curve: (curve?.steps ?? []).map((step, at) => {
        const heldOut = curve!.heldOut[at];
        return {
          step,
          loss: curve!.loss[at] ?? NaN,
          ...(heldOut !== null && { heldOut: { exact: share(heldOut), token: 0 } }),
        };
      }),
    })),
    scores: { inRange: null, near: null, far: null },
    capability: null,
    cost: null,
  };
}

function summaryOf(
  { length, range, sequences, exact, token, unfinished, trace }: LengthData,
  seeds: readonly SeedData[],
  places: readonly number[],
): LengthSummary {
  return {
    length,
    range,
    isAveraged: true,
    seeds: seeds.map(({ seed }, index) => {
      const at = places[index]!;
      const isKnown = exact[at] !== null && exact[at] !== undefined;
      return {
        seed,
        sequences,
        score: isKnown ? { exact: share(exact[at]), token: share(token[at]) } : null,
        ...(isKnown && { faults: { unfinished: share(unfinished?.[at]), malformed: 0, wrong: 0 } }),
        ...(trace && { traceExact: share(trace[at]) }),
      };
    }),
  };
}

/** The best that any of them reaches at each length. */
function guessesOf(guesses: readonly MeasuredData[]): PlottedCell['guesses'] {
  const best = new Map<number, PlottedCell['guesses'][number]>();
  for (const { length, exact, token } of guesses.flatMap(({ lengths }) => lengths)) {
    if (exact.every((value) => value === null)) continue;
    const known = best.get(length) ?? { length, exact: 0, token: 0 };
    best.set(length, {
      length,
      exact: Math.max(known.exact, ...exact.map(share)),
      token: Math.max(known.token, ...token.map(share)),
    });
  }
  return [...best.values()].sort((a, b) => a.length - b.length);
}
