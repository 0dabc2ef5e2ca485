import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { textOf } from '../../../report/text';
import { comparisonSheet } from '../drawing/comparison-sheet';
import type { Comparison } from '../summarise/comparison';

@view({
  of: 'comparison',
  format: 'text',
  title: 'Comparison of two as text',
  summary: 'Differences with intervals, overall, by level and cell by cell.',
})
export class ComparisonText implements View<Comparison> {
  draw(comparison: Comparison, options: ViewOptions): string {
    return textOf(comparisonSheet(comparison, options.title), options);
  }
}
