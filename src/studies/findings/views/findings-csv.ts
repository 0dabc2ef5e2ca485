import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import { figuresCsv } from '../../../report/figure/figure-csv';
import type { Findings } from '../findings';

@view({
  of: 'findings',
  format: 'csv',
  title: 'Figures of a study as a table of numbers',
  summary: 'A line for each seed of each point of each figure, or for the point where its seeds are not known.',
})
export class FindingsCsv implements View<Findings> {
  draw({ figures }: Findings): string {
    return figuresCsv(figures);
  }
}
