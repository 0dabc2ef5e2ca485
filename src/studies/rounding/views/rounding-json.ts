import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import type { Rounding } from '../spreads';

@view({
  of: 'rounding',
  format: 'json',
  title: 'Spread by rounding, for scripts',
  summary: 'Least and most score of each seed over its repeats, on one line.',
})
export class RoundingJson implements View<Rounding> {
  draw(rounding: Rounding): string {
    return `${JSON.stringify(rounding)}\n`;
  }
}
