import type { Task } from '../../../src/core/contracts/task';

/**
 * Answers a, then the input's first symbol, then a symbol that is never scored. Small enough to know what every
 * baseline should say.
 */
export const toyTask: Task = {
  alphabets: { input: ['x', 'y'], output: ['x', 'y', 'a', 'never'] },
  sample: (rng, length) => Array.from({ length }, () => rng.integer(2)),
  solve: (input) => [2, input[0]!, 3],
  scored: () => 2,
  answerLength: () => 3,
};

/** Three quarters of the samples begin with y. */
export const toySamples = [
  [1, 0],
  [1, 1],
  [0, 1],
  [1, 0],
];
