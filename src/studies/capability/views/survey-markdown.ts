import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { markdownOf } from '../../../report/markdown';
import type { Matrix } from '../summarise/matrix';
import { surveyOf } from '../survey/survey';

@view({
  of: 'survey',
  format: 'markdown',
  title: 'What a matrix shows, in Markdown',
  summary: 'Sentences with numbers and intervals, and tables of ranks, theory and variants.',
})
export class SurveyMarkdown implements View<Matrix> {
  draw(matrix: Matrix, { title }: ViewOptions): string {
    return markdownOf(surveyOf(matrix, title));
  }
}
