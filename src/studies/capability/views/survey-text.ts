import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { figureLines } from '../../../report/figure/figure-text';
import { textOf } from '../../../report/text';
import type { Matrix } from '../summarise/matrix';
import { surveyOf } from '../survey/survey';

@view({
  of: 'survey',
  format: 'text',
  title: 'What a matrix shows, as text',
  summary: 'Sentences with numbers and intervals, tables of ranks, theory and variants, and a figure of kinds of rows.',
})
export class SurveyText implements View<Matrix> {
  draw(matrix: Matrix, options: ViewOptions): string {
    const survey = surveyOf(matrix, options.title);
    return textOf(
      survey,
      options,
      survey.figures.map((figure) => figureLines(figure, options)),
    );
  }
}
