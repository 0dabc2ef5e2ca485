import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import { figuresCsv } from '../../../report/figure/figure-csv';
import type { Figures } from '../figures';

@view({
  of: 'figures',
  format: 'csv',
  title: 'Figures as a table of numbers',
  summary: 'A line for each seed of each point of each figure, or for the point where its seeds are not known.',
})
export class FiguresCsv implements View<Figures> {
  draw({ figures }: Figures): string {
    return figuresCsv(figures);
  }
}
