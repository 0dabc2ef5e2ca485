import type { RungScore, SearchRule } from '../../core/contracts/search';
import type { Protocol } from '../../core/protocol';

/** Of the trials that come to a rung one in so many goes on (eta of Jamieson and Talwalkar 2016). */
const eta = 2;

/** A place to compare trials. */
export interface Rung {
  /** Steps of the schedule. */
  readonly step: number;
  /** Trials that come there, at most. */
  readonly trials: number;
}

/**
 * Where trials are compared, and how many come there. Halving: S/8, S/4 and S/2 of S steps for 8 trials; the two that are
 * compared at S/2 decide, so that nobody is trained to the end. Steps are those at which held-out inputs are looked at anyway,
 * the nearest: another look would move early stopping. `all`: everybody at the end.
 */
export function rungsOf(rule: SearchRule, trials: number, { steps, heldOut: { every } }: Protocol): Rung[] {
  if (trials === 1) return [];
  if (rule === 'all') return [{ step: steps, trials }];
  const rungs: Rung[] = [];
  const halvings = Math.ceil(Math.log2(trials));
  for (let at = 0, left = trials; at < halvings; at++, left = Math.ceil(left / eta)) {
    const exact = steps / eta ** (halvings - at);
    const step = Math.min(steps, Math.max(1, Math.round(exact / every)) * every);
    rungs.push({ step, trials: left });
  }
  return rungs;
}

/** The most steps that all trials take together. */
export const mostStepsOf = (rungs: readonly Rung[]): number =>
  rungs.reduce((sum, { step, trials }, at) => sum + trials * (step - (rungs[at - 1]?.step ?? 0)), 0);

/** A trial where it is compared. */
export interface Standing {
  readonly reached: RungScore;
  /** Undefined while it only pauses: see `TrainingResult`. */
  readonly outcome?: string;
}

/**
 * Whether a trial has learnt what training asks for, before its last step: it is left as it is, and so does every other that has
 * taken as many steps without learning it lose against it.
 */
export const hasStopped = ({ outcome }: Standing): boolean => outcome === 'stopped-early';

/**
 * Best first: what stopped early, after fewer steps; then the higher exact-match accuracy on held-out sequences; then the lower
 * held-out loss; then the order of the trials. What diverged is last.
 */
export function compareStandings(a: Standing, b: Standing): number {
  const classOf = (each: Standing) => (hasStopped(each) ? 0 : each.outcome === 'diverged' ? 2 : 1);
  const stoppedSteps = (each: Standing) => (hasStopped(each) ? each.reached.step : 0);
  return (
    classOf(a) - classOf(b) ||
    stoppedSteps(a) - stoppedSteps(b) ||
    b.reached.exact - a.reached.exact ||
    lossOf(a) - lossOf(b)
  );
}

/** Losses that are no number are the largest. */
const lossOf = ({ reached: { loss } }: Standing): number => (loss === null ? Number.MAX_VALUE : loss);
