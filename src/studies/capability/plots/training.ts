import { plot } from '../../../../registry/units';
import type { Figure } from '../../../core/contracts/figure';
import type { Plot, PlotOptions } from '../../../core/contracts/plot';
import type { Matrix } from '../summarise/matrix';
import { chosenCells } from './parts/chosen-cells';
import { trainingFigures } from './parts/training-figures';

@plot({
  id: 'training',
  study: 'capability',
  title: 'Curves of training',
  summary: 'Loss and held-out accuracy by step over the seeds, and what probes read.',
})
export class TrainingPlot implements Plot<Matrix> {
  figures(matrix: Matrix, { score, title }: PlotOptions): Figure[] {
    const { cells, told } = chosenCells(matrix);
    return told(trainingFigures(cells, { score, title }));
  }
}
