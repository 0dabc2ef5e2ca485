import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { figureLines } from '../../../report/figure/figure-text';
import { textOf } from '../../../report/text';
import type { Findings } from '../findings';

@view({
  of: 'findings',
  format: 'text',
  title: 'Findings of a study as text',
  summary: 'Statements, tables, and figures drawn with characters.',
})
export class FindingsText implements View<Findings> {
  draw(findings: Findings, options: ViewOptions): string {
    return textOf(
      findings,
      options,
      findings.figures.map((figure) => figureLines(figure, options)),
    );
  }
}
