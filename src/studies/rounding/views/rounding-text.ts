import { view } from '../../../../registry/units';
import { scoreKindOf, type View, type ViewOptions } from '../../../core/contracts/view';
import { textOf } from '../../../report/text';
import { roundingSheet } from '../sheet';
import type { Rounding } from '../spreads';

@view({
  of: 'rounding',
  format: 'text',
  title: 'Spread by rounding as text',
  summary: 'Least and most score of each seed over its repeats.',
})
export class RoundingText implements View<Rounding> {
  draw(rounding: Rounding, options: ViewOptions): string {
    return textOf(roundingSheet(rounding, scoreKindOf(options.score)), options);
  }
}
