import type { Score } from '../core/contracts/record';

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Scores one sequence: exact is 1 where everything `right` was given, token is the share of it that was. */
export function scoreSequence(right: readonly number[], given: ArrayLike<number>): Score {
  const hits = right.filter((id, i) => id === given[i]).length;
  return { exact: hits === right.length ? 1 : 0, token: hits / right.length };
}

export const meanScore = (scores: readonly Score[]): Score => ({
  exact: mean(scores.map(({ exact }) => exact)),
  token: mean(scores.map(({ token }) => token)),
});
