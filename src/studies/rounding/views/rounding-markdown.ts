import { view } from '../../../../registry/units';
import { scoreKindOf, type View, type ViewOptions } from '../../../core/contracts/view';
import { markdownOf } from '../../../report/markdown';
import { roundingSheet } from '../sheet';
import type { Rounding } from '../spreads';

@view({
  of: 'rounding',
  format: 'markdown',
  title: 'Spread by rounding in Markdown',
  summary: 'Least and most score of each seed over its repeats.',
})
export class RoundingMarkdown implements View<Rounding> {
  draw(rounding: Rounding, { score }: ViewOptions): string {
    return markdownOf(roundingSheet(rounding, scoreKindOf(score)));
  }
}
