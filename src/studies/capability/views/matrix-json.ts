import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import type { Matrix } from '../summarise/matrix';
import { matrixToJson } from './json';

@view({ of: 'matrix', format: 'json', title: 'JSON', summary: 'Everything, for scripts.' })
export class MatrixJson implements View<Matrix> {
  draw(matrix: Matrix): string {
    return JSON.stringify(matrixToJson(matrix));
  }
}
