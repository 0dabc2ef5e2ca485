import { lowerMedian } from '../statistics/summaries';
import { shiftTitles, type EpochResult } from './body';
import { declineOf, highLoss } from './decline';
import type { Run } from './over-epochs';
import { shifts } from './prompts';

/** Below this an error under a shift is small. */
const smallError = 0.05;

/** What the runs found, and whether it is what the paper proves of such models. */
export function statementsOf(runs: readonly Run[]): string[] {
  if (runs.length === 0) return [];
  const ends = runs.map(({ epochs }) => epochs.at(-1)!);
  return [declineStatement(runs), shiftStatement(ends), attentionStatement(runs, ends)];
}

function declineStatement(runs: readonly Run[]): string {
  const factors = runs.flatMap(({ epochs }) => declineOf(epochs) ?? []);
  const falling = factors.filter((factor) => factor > 1);
  const of = `${falling.length} of ${runs.length} seeds`;
  if (falling.length === 0)
    return `While cross-entropy is above ${highLoss} the error does not fall (${of}): the paper proves that it falls exponentially.`;
  const [least, most] = [Math.min(...falling), Math.max(...falling)].map((factor) => factor.toFixed(1));
  const by = least === most ? least : `${least} to ${most}`;
  const verdict = falling.length === runs.length ? 'as the paper proves' : 'the paper proves it of all';
  return `While cross-entropy is above ${highLoss} the error falls by a factor of ${by} an epoch (${of}): geometrically, ${verdict}.`;
}

function shiftStatement(ends: readonly EpochResult[]): string {
  const errors = shifts.map((shift) => ({ shift, error: lowerMedian(ends.map(({ errors: of }) => of[shift])) }));
  const worst = errors.reduce((most, each) => (each.error > most.error ? each : most));
  const small = errors.filter(({ error }) => error < smallError);
  const said = `${small.length} of ${shifts.length} kinds of prompts end with an error below ${100 * smallError} %`;
  const verdict = small.length === shifts.length ? 'as the paper proves' : 'the paper proves it of all';
  return `${said}, ${verdict}; the largest is ${percent(worst.error)} %, ${shiftTitles[worst.shift]}.`;
}

function attentionStatement(runs: readonly Run[], ends: readonly EpochResult[]): string {
  const over = (value: (result: EpochResult) => number, results: readonly EpochResult[]) =>
    lowerMedian(results.map(value));
  const right = ({ correctAttention }: EpochResult) => correctAttention;
  const from = percent(
    over(
      right,
      runs.map(({ epochs }) => epochs[0]!),
    ),
  );
  const { telling, shared, noise } = {
    telling: over(({ attention }) => attention.telling, ends),
    shared: over(({ attention }) => attention.shared, ends),
    noise: over(({ attention }) => attention.noise, ends),
  };
  const grows = telling > Math.max(shared, noise) ? 'grows most along' : 'does not grow most along';
  return `Attention on demonstrations with the sign of the query goes from ${from} to ${percent(over(right, ends))} %; it ${grows} what tells signs apart (${telling.toFixed(2)}; ${shared.toFixed(2)} along what they share, ${noise.toFixed(2)} along noise).`;
}

const percent = (share: number): string => (100 * share).toFixed(1);
