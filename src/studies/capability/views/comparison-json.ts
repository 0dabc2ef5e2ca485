import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import type { Comparison } from '../summarise/comparison';

@view({
  of: 'comparison',
  format: 'json',
  title: 'Comparison of two for scripts',
  summary: 'Differences with intervals and all digits, on one line.',
})
export class ComparisonJson implements View<Comparison> {
  draw(comparison: Comparison): string {
    return `${JSON.stringify(comparison)}\n`;
  }
}
