import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { markdownOf } from '../../../report/markdown';
import { comparisonSheet } from '../drawing/comparison-sheet';
import type { Comparison } from '../summarise/comparison';

@view({
  of: 'comparison',
  format: 'markdown',
  title: 'Comparison of two in Markdown',
  summary: 'Differences with intervals, overall, by level and cell by cell.',
})
export class ComparisonMarkdown implements View<Comparison> {
  draw(comparison: Comparison, options: ViewOptions): string {
    return markdownOf(comparisonSheet(comparison, options.title));
  }
}
