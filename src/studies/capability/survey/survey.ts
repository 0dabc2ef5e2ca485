import type { Findings } from '../../findings/findings';
import { buildLeaderboard } from '../summarise/leaderboard';
import type { Matrix } from '../summarise/matrix';
import { resultsByKind } from './by-kind';
import { figuresOfKinds } from './figures';
import { statementsOf } from './statements';
import { tablesOf } from './tables';
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
  const leaderboard = buildLeaderboard(matrix);
  return {
    matrix,
    leaderboard,
    outcomes: outcomesOf(matrix.cells),
    spent: spentOn(matrix.cells),
    kinds: resultsByKind(matrix, leaderboard),
    theory: theoryOutcomesOf(matrix.cells),
    published: figuresOf(matrix.cells),
    variants: comparedVariants(matrix),
  };
}
/** See `surveyed`. */
export type Surveyed = ReturnType<typeof survey>;

/** Sentences, tables and figures of a whole matrix. */
export function surveyOf(matrix: Matrix, title = `What the matrix shows: ${matrix.experiment}`): Findings {
  const found = surveyed(matrix);
  return {
    title,
    statements: statementsOf(found),
    figures: figuresOfKinds(found),
    tables: tablesOf(found),
    notes: [
      'A cell is a row on a column, its verdict that of the median seed; in brackets behind a number of cells what noise leaves open: as many at the lower and at the upper ends of all intervals.',
      'Capability: skill above guessing over the three ranges of lengths, from 0 to 1; means count a family of tasks once and go over the columns that all ranked rows have. Intervals are of 95 %, by a bootstrap over seeds and test sequences.',
      'Kinds of rows are ours: by how the state of a row follows from the one before, the least real eigenvalue of that, and what the row has beside it.',
    ],
  };
}
