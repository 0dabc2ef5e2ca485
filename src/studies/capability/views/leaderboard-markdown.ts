import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { buildLeaderboard } from '../summarise/leaderboard';
import type { Matrix } from '../summarise/matrix';
import { renderLeaderboard } from './leaderboard-formats';

@view({ of: 'leaderboard', format: 'markdown', title: 'Markdown', summary: 'The ranking of rows.' })
export class LeaderboardMarkdown implements View<Matrix> {
  draw(matrix: Matrix, { palette }: ViewOptions): string {
    return renderLeaderboard(buildLeaderboard(matrix), 'markdown', palette);
  }
}
