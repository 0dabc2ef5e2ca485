import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { buildLeaderboard } from '../summarise/leaderboard';
import type { Matrix } from '../summarise/matrix';
import { renderLeaderboard } from './leaderboard-formats';

@view({ of: 'leaderboard', format: 'latex', title: 'Latex', summary: 'The ranking of rows.' })
export class LeaderboardLatex implements View<Matrix> {
  draw(matrix: Matrix, { palette }: ViewOptions): string {
    return renderLeaderboard(buildLeaderboard(matrix), 'latex', palette);
  }
}
