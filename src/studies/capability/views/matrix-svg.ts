import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import type { Matrix } from '../summarise/matrix';
import { renderSvg } from './svg';

@view({ of: 'matrix', format: 'svg', title: 'SVG', summary: 'The heat map as a picture.' })
export class MatrixSvg implements View<Matrix> {
  draw(matrix: Matrix, options: ViewOptions): string {
    return renderSvg(matrix, options);
  }
}
