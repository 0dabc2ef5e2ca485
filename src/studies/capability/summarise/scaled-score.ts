/**
 * Accuracy on a scale where the best answer without knowledge is 0 and a perfect one is 1; below 0 is worse than
 * guessing. Null where guessing is already perfect: such a measurement says nothing.
 */
export function scaledScore(accuracy: number, baseline: number): number | null {
  if (baseline >= 1) return null;
  // scaled = (accuracy - baseline) / (1 - baseline)
  return (accuracy - baseline) / (1 - baseline);
}
