import { plot } from '../../../../registry/units';
import type { Figure } from '../../../core/contracts/figure';
import type { Plot, PlotOptions } from '../../../core/contracts/plot';
import type { Matrix } from '../summarise/matrix';
import { chosenCells } from './parts/chosen-cells';
import { scalingFigures } from './parts/scaling-figures';

@plot({
  id: 'scaling',
  study: 'capability',
  title: 'Capability by a setting',
  summary:
    'Capability, accuracy at far lengths and steps to learn against a setting in which rows or columns differ: a size, a training set.',
})
export class ScalingPlot implements Plot<Matrix> {
  figures(matrix: Matrix, { score, title, by }: PlotOptions): Figure[] {
    const { cells, told } = chosenCells(matrix, { rows: Infinity, columns: Infinity });
    return told(scalingFigures(cells, { score, title, by }));
  }
}
