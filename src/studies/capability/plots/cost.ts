import { plot } from '../../../../registry/units';
import type { Figure } from '../../../core/contracts/figure';
import type { Plot, PlotOptions } from '../../../core/contracts/plot';
import type { Matrix } from '../summarise/matrix';
import { chosenCells } from './parts/chosen-cells';
import { costFigures, costQuantities, type CostQuantity } from './parts/cost-figures';

@plot({
  id: 'cost',
  study: 'capability',
  title: 'Capability and what it costs',
  summary:
    'Capability and accuracy at far lengths of each row against what it takes: parameters, state, operations, sequences.',
  by: costQuantities,
})
export class CostPlot implements Plot<Matrix> {
  figures(matrix: Matrix, { score, title, by }: PlotOptions): Figure[] {
    const { cells, told } = chosenCells(matrix, { rows: Infinity, columns: Infinity });
    return told(costFigures(cells, { score, title, by: by as CostQuantity | undefined }));
  }
}
