import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import { markdownOf } from '../../../report/markdown';
import { conceptsSheet } from '../sheet';
import type { ConceptsSummary } from '../summary';

@view({
  of: 'concepts',
  format: 'markdown',
  title: 'In-context concepts in Markdown',
  summary: 'Error, loss, attention and projections by epoch.',
})
export class ConceptsMarkdown implements View<ConceptsSummary> {
  draw(summary: ConceptsSummary): string {
    return markdownOf(conceptsSheet(summary));
  }
}
