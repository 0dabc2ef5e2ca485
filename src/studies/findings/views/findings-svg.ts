import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import { figuresSvg } from '../../../report/figure/figure-svg';
import type { Findings } from '../findings';

@view({
  of: 'findings',
  format: 'svg',
  title: 'Figures of a study as a picture',
  summary: 'All figures under each other, in a picture that follows the preference of its reader for light or dark.',
})
export class FindingsSvg implements View<Findings> {
  draw({ figures, title }: Findings): string {
    return figuresSvg(figures, title);
  }
}
