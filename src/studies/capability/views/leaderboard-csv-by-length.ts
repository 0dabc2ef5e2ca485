import { view } from '../../../../registry/units';
import { MatrixCsvByLength } from './matrix-csv-by-length';

@view({
  of: 'leaderboard',
  format: 'csv-by-length',
  title: 'Every seed and length for spreadsheets',
  summary: 'What is ranked: a line for each architecture, task, length and seed, as of the matrix.',
})
export class LeaderboardCsvByLength extends MatrixCsvByLength {}
