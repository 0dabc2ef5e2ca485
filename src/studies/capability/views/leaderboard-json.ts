import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { buildLeaderboard } from '../summarise/leaderboard';
import type { Matrix } from '../summarise/matrix';

@view({
  of: 'leaderboard',
  format: 'json',
  title: 'Rankings for scripts',
  summary: 'The overall ranking and one for each task with all digits, on one line.',
})
export class LeaderboardJson implements View<Matrix> {
  draw(matrix: Matrix, { ranking }: ViewOptions): string {
    return `${JSON.stringify(buildLeaderboard(matrix, ranking))}\n`;
  }
}
