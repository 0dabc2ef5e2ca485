import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { textOf } from '../../../report/text';
import { conceptsSheet } from '../sheet';
import type { ConceptsSummary } from '../summary';

@view({
  of: 'concepts',
  format: 'text',
  title: 'In-context concepts as text',
  summary: 'Error, loss, attention and projections by epoch.',
})
export class ConceptsText implements View<ConceptsSummary> {
  draw(summary: ConceptsSummary, options: ViewOptions): string {
    return textOf(conceptsSheet(summary), options);
  }
}
