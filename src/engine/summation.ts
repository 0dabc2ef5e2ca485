import * as tf from '@tensorflow/tfjs-core';
import type { Program, Summation } from '../core/contracts/engine';

/** The program that a summation declares, its batch in one piece. */
export const wholeProgram =
  ({ part, finish }: Summation): Program =>
  (...inputs) =>
    finish(...inputs, ...part(...inputs));

/** The same program, its batch cut into slices of nearly equal size that are computed one after the other. */
export function inSlices({ batched, part, finish }: Summation, slices: number): Program {
  if (slices === 1) return wholeProgram({ batched, part, finish });
  return (...inputs) => {
    const rows = inputs[batched[0]!]!.shape[0]!;
    const sizes = Array.from(
      { length: slices },
      (_, k) => Math.floor(((k + 1) * rows) / slices) - Math.floor((k * rows) / slices),
    );
    const pieces = inputs.map((input, i) => (batched.includes(i) ? tf.split(input, sizes, 0) : undefined));
    const sums = sizes
      .map((_, k) => part(...inputs.map((input, i) => pieces[i]?.[k] ?? input)))
      .reduce((sum, one) => sum.map((value, i) => tf.add(value, one[i]!)));
    return finish(...inputs, ...sums);
  };
}
