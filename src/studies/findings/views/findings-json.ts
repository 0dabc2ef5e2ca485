import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import type { Findings } from '../findings';

@view({
  of: 'findings',
  format: 'json',
  title: 'Findings of a study, for scripts',
  summary: 'Statements, figures, tables and notes, on one line.',
})
export class FindingsJson implements View<Findings> {
  draw(findings: Findings): string {
    return `${JSON.stringify(findings)}\n`;
  }
}
