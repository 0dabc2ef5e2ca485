import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import type { Matrix } from '../summarise/matrix';
import { surveyOf } from '../survey/survey';

@view({
  of: 'survey',
  format: 'json',
  title: 'What a matrix shows, for scripts',
  summary: 'Statements, figures, tables and notes, on one line.',
})
export class SurveyJson implements View<Matrix> {
  draw(matrix: Matrix, { title }: ViewOptions): string {
    return `${JSON.stringify(surveyOf(matrix, title))}\n`;
  }
}
