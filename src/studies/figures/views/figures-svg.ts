import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import { figuresSvg } from '../../../report/figure/figure-svg';
import type { Figures } from '../figures';

@view({
  of: 'figures',
  format: 'svg',
  title: 'Figures as a picture',
  summary: 'All figures under each other, in a picture that follows the preference of its reader for light or dark.',
})
export class FiguresSvg implements View<Figures> {
  draw({ figures, title }: Figures): string {
    return figuresSvg(figures, title);
  }
}
