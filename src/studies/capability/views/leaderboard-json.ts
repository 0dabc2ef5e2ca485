import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { buildLeaderboard } from '../summarise/leaderboard';
import type { Matrix } from '../summarise/matrix';
import { renderLeaderboard } from './leaderboard-formats';

@view({ of: 'leaderboard', format: 'json', title: 'Json', summary: 'The ranking of rows.' })
export class LeaderboardJson implements View<Matrix> {
  draw(matrix: Matrix, { palette }: ViewOptions): string {
    return renderLeaderboard(buildLeaderboard(matrix), 'json', palette);
  }
}
