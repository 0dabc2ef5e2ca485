import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { latexOf } from '../../../report/latex';
import { leaderboardSheet } from '../drawing/leaderboard-sheet';
import { buildLeaderboard } from '../summarise/leaderboard';
import type { Matrix } from '../summarise/matrix';

@view({
  of: 'leaderboard',
  format: 'latex',
  title: 'Rankings in LaTeX',
  summary: 'The overall ranking and one for each task, for papers.',
})
export class LeaderboardLatex implements View<Matrix> {
  draw(matrix: Matrix, options: ViewOptions): string {
    const sheet = leaderboardSheet(buildLeaderboard(matrix, options.ranking), options);
    const tables = sheet.tables.map((table) => ({
      ...table,
      heading: `${options.title ?? matrix.experiment}: ${table.heading}`,
    }));
    return latexOf({ ...sheet, tables });
  }
}
