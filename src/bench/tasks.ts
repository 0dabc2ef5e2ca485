import { createRng } from '../core/random';
import type { Task } from '../core/contracts/task';
import { systemClock } from '../core/clock';
import { createFormat } from '../data/format';
import { nearestLength } from '../data/lengths';
import { Split } from '../data/split';
import { sampleBatch } from '../data/batch';
import { median } from '../studies/statistics/summaries';

export interface TaskMeasurement {
  /** Length of the inputs: the longest whose sequences stay within the tokens asked for. */
  readonly length: number;
  readonly tokens: number;
  /** Median of sampling and encoding one batch. */
  readonly millisecondsPerBatch: number;
}

const warmUpMilliseconds = 40;
const batches = 41;

/** Times what training does before every step: draws inputs, solves them, and lays them out as one batch. */
export function measureTask(task: Task, rows: number, tokens: number): TaskMeasurement {
  const format = createFormat(task, 'direct');
  const tokensAt = (asked: number) => format.maximumTokens(nearestLength(task, asked));
  const length = nearestLength(task, longestWithin(tokens, tokensAt));
  const bucket = { lengths: [length], tokens: format.maximumTokens(length) };
  const split = new Split(task, length);
  const rng = createRng('bench');
  const time = () => {
    const started = systemClock.milliseconds();
    sampleBatch(format, split, bucket, rows, rng);
    return systemClock.milliseconds() - started;
  };
  for (let spent = 0; spent < warmUpMilliseconds; spent += time());
  const times = Array.from({ length: batches }, time);
  return { length, tokens: bucket.tokens, millisecondsPerBatch: median(times) };
}

/** The greatest length of at most `tokens` tokens, at least 1: sequences never get shorter as inputs get longer. */
function longestWithin(tokens: number, tokensAtLength: (length: number) => number): number {
  let length = 1;
  while (length < tokens && tokensAtLength(length + 1) <= tokens) length++;
  return length;
}
