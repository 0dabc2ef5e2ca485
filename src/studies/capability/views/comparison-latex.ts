import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { latexOf } from '../../../report/latex';
import { comparisonSheet } from '../drawing/comparison-sheet';
import type { Comparison } from '../summarise/comparison';

@view({
  of: 'comparison',
  format: 'latex',
  title: 'Comparison of two in LaTeX',
  summary: 'Differences with intervals, overall, by level and cell by cell.',
})
export class ComparisonLatex implements View<Comparison> {
  draw(comparison: Comparison, options: ViewOptions): string {
    return latexOf(comparisonSheet(comparison, options.title));
  }
}
