import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { textOf } from '../../../report/text';
import { leaderboardSheet } from '../drawing/leaderboard-sheet';
import { buildLeaderboard } from '../summarise/leaderboard';
import type { Matrix } from '../summarise/matrix';

@view({
  of: 'leaderboard',
  format: 'text',
  title: 'Rankings as text',
  summary: 'The overall ranking and one for each task, for terminals and pipes.',
})
export class LeaderboardText implements View<Matrix> {
  draw(matrix: Matrix, options: ViewOptions): string {
    return textOf(leaderboardSheet(buildLeaderboard(matrix, options.ranking), options), options);
  }
}
