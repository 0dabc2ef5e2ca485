import { plot } from '../../../../registry/units';
import type { Figure } from '../../../core/contracts/figure';
import type { Plot, PlotOptions } from '../../../core/contracts/plot';
import type { Matrix } from '../summarise/matrix';
import { chosenCells } from './parts/chosen-cells';
import { lengthFigures } from './parts/length-figures';

@plot({
  id: 'length',
  study: 'capability',
  title: 'Accuracy by length',
  summary:
    'Accuracy at every evaluated length with intervals, guessing and the trained lengths; chains of thought and unfinished answers where there are such.',
})
export class LengthPlot implements Plot<Matrix> {
  figures(matrix: Matrix, { score, title }: PlotOptions): Figure[] {
    const { cells, told } = chosenCells(matrix);
    return told(lengthFigures(cells, { score, title }));
  }
}
