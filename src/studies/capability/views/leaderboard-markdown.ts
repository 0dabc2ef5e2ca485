import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { markdownOf } from '../../../report/markdown';
import { leaderboardSheet } from '../drawing/leaderboard-sheet';
import { buildLeaderboard } from '../summarise/leaderboard';
import type { Matrix } from '../summarise/matrix';

@view({
  of: 'leaderboard',
  format: 'markdown',
  title: 'Rankings in Markdown',
  summary: 'The overall ranking and one for each task, for pages and issues on GitHub.',
})
export class LeaderboardMarkdown implements View<Matrix> {
  draw(matrix: Matrix, options: ViewOptions): string {
    return markdownOf(leaderboardSheet(buildLeaderboard(matrix, options.ranking), options));
  }
}
