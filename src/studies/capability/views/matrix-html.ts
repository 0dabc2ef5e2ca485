import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import type { Matrix } from '../summarise/matrix';

@view({
  of: 'matrix',
  format: 'html',
  title: 'Report as a web page',
  summary:
    'One file to open and to share: heat map, leaderboard and a page for every cell; zoo report takes several folders.',
})
export class MatrixHtml implements View<Matrix> {
  draw(matrix: Matrix, { title }: ViewOptions): string {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- other formats need not wait for it
    const { Report } = require('../../report/page-of-results') as typeof import('../../report/page-of-results');
    return new Report().addMatrix(matrix).page(title);
  }
}
