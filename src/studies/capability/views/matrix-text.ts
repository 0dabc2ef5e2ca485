import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import type { Matrix } from '../summarise/matrix';
import { renderText } from './text';

@view({ of: 'matrix', format: 'text', title: 'Text', summary: 'The heat map for terminals and pipes.' })
export class MatrixText implements View<Matrix> {
  draw(matrix: Matrix, options: ViewOptions): string {
    return renderText(matrix, options);
  }
}
