import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { latexOf } from '../../../report/latex';
import { bandsOf } from '../drawing/bands';
import { marksSentence, matrixSheet } from '../drawing/matrix-sheet';
import { spansSentence } from '../drawing/facts';
import { scoreSentence } from '../drawing/wording';
import type { Matrix } from '../summarise/matrix';

/** As many as a page of a paper is wide. */
const columnsPerTable = 4;

@view({
  of: 'matrix',
  format: 'latex',
  title: 'Matrix in LaTeX',
  summary: 'Tables for papers, each with a caption that says how to read it.',
})
export class MatrixLatex implements View<Matrix> {
  draw(matrix: Matrix, options: ViewOptions): string {
    const { score, title } = options;
    const groups = matrix.groups.flatMap((group) => bandsOf([group], columnsPerTable).flat());
    const sheet = matrixSheet(matrix, options, groups);
    const lengths = spansSentence(matrix.lengths);
    const reading = `${scoreSentence(matrix, score)}${lengths && `, ${lengths}`}; ${marksSentence(matrix, score)}`;
    const tables = sheet.tables.map((table) => ({
      ...table,
      heading: `${title ?? matrix.experiment}, ${table.heading}: ${reading}.`,
    }));
    return latexOf({ ...sheet, tables });
  }
}
