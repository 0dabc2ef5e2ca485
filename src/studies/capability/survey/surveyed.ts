import { buildLeaderboard } from '../summarise/leaderboard';
import type { Matrix } from '../summarise/matrix';
import { rankedCells } from '../summarise/means';
import { resultsByKind } from './by-kind';
import { outcomesOf, spentOn } from './outcomes';
import { figuresOf, theoryOutcomesOf } from './theory-outcomes';
import { comparedVariants } from './variants';

/** What a matrix shows as a whole, put together once for its sentences, tables and figures. */
export function surveyed(matrix: Matrix): Surveyed {
  const known = surveys.get(matrix) ?? survey(matrix);
  surveys.set(matrix, known);
  return known;
}

/** Intervals take a second of a large matrix, and a report and its views ask for them one after the other. */
const surveys = new WeakMap<Matrix, Surveyed>();

function survey(matrix: Matrix) {
  const ranked = rankedCells(matrix);
  const leaderboard = buildLeaderboard(matrix, {}, ranked);
  return {
    matrix,
    leaderboard,
    outcomes: outcomesOf(matrix.cells),
    spent: spentOn(matrix.cells),
    kinds: resultsByKind(matrix, leaderboard, ranked),
    theory: theoryOutcomesOf(matrix.cells),
    published: figuresOf(matrix.cells),
    variants: comparedVariants(matrix),
  };
}
/** See `surveyed`. */
export type Surveyed = ReturnType<typeof survey>;
