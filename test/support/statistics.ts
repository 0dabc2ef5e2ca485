/**
 * Chi-square goodness of fit. Throws unless the counts fit the expected shares at the 0.1 % level; with a fixed seed
 * a test that passes once always passes.
 */
export function expectDistribution(counts: readonly number[], shares: readonly number[]): void {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shareSum = shares.reduce((sum, share) => sum + share, 0);
  const statistic = counts.reduce((sum, count, i) => {
    const expected = (total * shares[i]!) / shareSum;
    return sum + (expected === 0 ? (count === 0 ? 0 : Infinity) : (count - expected) ** 2 / expected);
  }, 0);
  const critical = criticalChiSquare(shares.filter((share) => share > 0).length - 1);
  if (!(statistic <= critical))
    throw new Error(`chi-square ${statistic.toFixed(1)} > ${critical.toFixed(1)}: counts ${counts.join(' ')}`);
}

/** Counts of whole values 0..bound-1 among draws. */
export function tally(draws: Iterable<number>, bound: number): number[] {
  const counts = new Array<number>(bound).fill(0);
  for (const draw of draws) counts[draw]!++;
  return counts;
}

export const uniformShares = (count: number): number[] => new Array<number>(count).fill(1 / count);

/** Upper 0.1 % point by Wilson and Hilferty 1931. */
function criticalChiSquare(degrees: number): number {
  if (degrees === 0) return 1e-9;
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 3.0902 * Math.sqrt(spread)) ** 3;
}
