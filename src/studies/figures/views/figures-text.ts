import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { figureLines } from '../../../report/figure/figure-text';
import { printableColoured } from '../../../report/printable';
import type { Figures } from '../figures';

@view({
  of: 'figures',
  format: 'text',
  title: 'Figures as text',
  summary: 'Figures drawn with characters.',
})
export class FiguresText implements View<Figures> {
  draw({ figures }: Figures, options: ViewOptions): string {
    const drawn = figures.map((figure) => figureLines(figure, options).join('\n'));
    return printableColoured(`${drawn.join('\n\n')}\n`);
  }
}
