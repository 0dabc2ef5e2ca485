import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { figuresSvg } from '../../../report/figure/figure-svg';
import type { Matrix } from '../summarise/matrix';
import { surveyOf } from '../survey/survey';

@view({
  of: 'survey',
  format: 'svg',
  title: 'Kinds of rows as a picture',
  summary: 'Capability of each kind of row at each level of the hierarchy, with intervals.',
})
export class SurveySvg implements View<Matrix> {
  draw(matrix: Matrix, { title }: ViewOptions): string {
    const survey = surveyOf(matrix, title);
    return figuresSvg(survey.figures, survey.title);
  }
}
