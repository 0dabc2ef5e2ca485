import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import type { ConceptsSummary } from '../summary';

@view({
  of: 'concepts',
  format: 'json',
  title: 'In-context concepts, for scripts',
  summary: 'Every epoch with median, least and most over seeds, on one line.',
})
export class ConceptsJson implements View<ConceptsSummary> {
  draw(summary: ConceptsSummary): string {
    return `${JSON.stringify(summary)}\n`;
  }
}
