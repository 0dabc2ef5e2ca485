import type { Findings } from '../../findings/findings';
import type { Matrix } from '../summarise/matrix';
import { figuresOfKinds } from './figures';
import { statementsOf } from './statements';
import { surveyed } from './surveyed';
import { tablesOf } from './tables';

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
