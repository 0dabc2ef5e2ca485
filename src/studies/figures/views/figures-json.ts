import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import type { Figures } from '../figures';

@view({
  of: 'figures',
  format: 'json',
  title: 'Figures, for scripts',
  summary: 'Panels, axes, series and points with their intervals and seeds, on one line.',
})
export class FiguresJson implements View<Figures> {
  draw(figures: Figures): string {
    return `${JSON.stringify(figures)}\n`;
  }
}
