import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import { markdownOf } from '../../../report/markdown';
import type { Findings } from '../findings';

@view({
  of: 'findings',
  format: 'markdown',
  title: 'Findings of a study in Markdown',
  summary: 'Statements, tables and notes.',
})
export class FindingsMarkdown implements View<Findings> {
  draw(findings: Findings): string {
    return markdownOf(findings);
  }
}
