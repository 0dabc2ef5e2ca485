import * as tf from '@tensorflow/tfjs-core';
import type { Program, Accumulation } from '../core/contracts/engine';

/** The program that an accumulation declares, its batch in one piece. */
export const wholeProgram =
  ({ part, finish }: Accumulation): Program =>
  (...inputs) =>
    finish(...inputs, ...part(...inputs));

/** The same program, its batch cut into micro-batches of nearly equal size that are computed one after the other. */
export function inMicroBatches({ batched, part, finish }: Accumulation, count: number): Program {
  if (count === 1) return wholeProgram({ batched, part, finish });
  return (...inputs) => {
    const rows = inputs[batched[0]!]!.shape[0]!;
    const sizes = Array.from(
      { length: count },
      (_, k) => Math.floor(((k + 1) * rows) / count) - Math.floor((k * rows) / count),
    );
    const pieces = inputs.map((input, i) => (batched.includes(i) ? tf.split(input, sizes, 0) : undefined));
    const sums = sizes
      .map((_, k) => part(...inputs.map((input, i) => pieces[i]?.[k] ?? input)))
      .reduce((sum, one) => sum.map((value, i) => tf.add(value, one[i]!)));
    return finish(...inputs, ...sums);
  };
}
