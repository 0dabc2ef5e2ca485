import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import { figuresVega } from '../../../report/figure/figure-vega';
import type { Figures } from '../figures';

@view({
  of: 'figures',
  format: 'vega',
  title: 'Figures as a specification of Vega-Lite',
  summary: 'Vega-Lite 6 with the data inline, for editors and notebooks.',
})
export class FiguresVega implements View<Figures> {
  draw({ figures, title }: Figures): string {
    return `${JSON.stringify(figuresVega(figures, title), null, 1)}\n`;
  }
}
