import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import { latexOf } from '../../../report/latex';
import type { Findings } from '../findings';

@view({
  of: 'findings',
  format: 'latex',
  title: 'Findings of a study for a paper',
  summary: 'Tables for the package booktabs; statements and notes are comments.',
})
export class FindingsLatex implements View<Findings> {
  draw(findings: Findings): string {
    return latexOf(findings);
  }
}
