/** Test sequences that are measured before the next look at what they say. */
export const sequencesPerLook = 16;

export interface SequentialTestSettings {
  /** Sequences of the whole test set, in a random order. */
  readonly sequences: number;
  /** Exact match that the whole test set has to reach. */
  readonly threshold: number;
  /** Probability, at most, that some look decides what the whole test set does not. */
  readonly error: number;
}

/**
 * Whether a test set reaches its threshold, from its first sequences. A test set of N sequences is fixed, so the first m of a
 * random order are a draw without replacement, and the number of wrong ones among them has the hypergeometric distribution. A
 * look decides where more are wrong (or right) than the whole test set may have for the contrary, or where as few (or as many)
 * have a probability of at most error / looks under the nearest test set that says the contrary: over all looks the probability
 * of a decision that the whole test set contradicts is at most the error (Bonferroni).
 */
export class SequentialTest {
  /** Wrong answers of a test set that just reaches the threshold. */
  private readonly mostWrong: number;
  private readonly errorOfLook: number;

  constructor(private readonly settings: SequentialTestSettings) {
    const { sequences, threshold, error } = settings;
    // Compared as verdicts compare it: a share of right answers with the threshold.
    const counts = Array.from({ length: sequences + 1 }, (_, wrong) => wrong);
    this.mostWrong = counts.findLast((wrong) => (sequences - wrong) / sequences >= threshold) ?? -1;
    this.errorOfLook = error / Math.max(1, Math.ceil(sequences / sequencesPerLook) - 1);
  }

  /** Whether the whole test set reaches the threshold, after so many sequences; undefined where that is open. */
  decide(measured: number, wrong: number): boolean | undefined {
    const { sequences } = this.settings;
    const { mostWrong, errorOfLook } = this;
    if (wrong > mostWrong) return false;
    if (sequences - measured + wrong <= mostWrong) return true;
    const atMost = (count: number, wrongOfAll: number) => hypergeometric(count, { sequences, wrongOfAll, measured });
    if (atMost(wrong, mostWrong + 1) <= errorOfLook) return true;
    return 1 - atMost(wrong - 1, mostWrong) <= errorOfLook ? false : undefined;
  }
}

interface Urn {
  readonly sequences: number;
  readonly wrongOfAll: number;
  readonly measured: number;
}

/** P(at most `count` wrong ones among the measured) = sum over i of C(K, i) C(N - K, m - i) / C(N, m) */
function hypergeometric(count: number, { sequences, wrongOfAll, measured }: Urn): number {
  const all = logChoose(sequences, measured);
  let sum = 0;
  for (let i = Math.max(0, measured - (sequences - wrongOfAll)); i <= Math.min(count, wrongOfAll, measured); i++)
    sum += Math.exp(logChoose(wrongOfAll, i) + logChoose(sequences - wrongOfAll, measured - i) - all);
  return Math.min(1, sum);
}

const logFactorials = [0];
function logFactorial(n: number): number {
  for (let k = logFactorials.length; k <= n; k++) logFactorials.push(logFactorials[k - 1]! + Math.log(k));
  return logFactorials[n]!;
}
const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);
