import type { GridEntry, LeaderboardData } from '../studies/report/report-data';
import { block } from './blocks';
import { h } from './dom';
import { sheetOf } from './sheet';

/** Rows ranked overall and on every task. */
export async function leaderboardPage(entry: GridEntry): Promise<HTMLElement> {
  const sheet = await block<LeaderboardData>(entry.leaderboard);
  return h(
    'section',
    { 'aria-labelledby': 'view-title' },
    h('h1', { id: 'view-title', tabindex: -1 }, sheet.title),
    sheetOf(sheet),
  );
}
