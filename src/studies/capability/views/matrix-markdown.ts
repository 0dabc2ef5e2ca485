import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { markdownOf } from '../../../report/markdown';
import { matrixSheet } from '../drawing/matrix-sheet';
import type { Matrix } from '../summarise/matrix';

@view({
  of: 'matrix',
  format: 'markdown',
  title: 'Matrix in Markdown',
  summary: 'A table for each level, for pages and issues on GitHub.',
})
export class MatrixMarkdown implements View<Matrix> {
  draw(matrix: Matrix, options: ViewOptions): string {
    return markdownOf(matrixSheet(matrix, options));
  }
}
