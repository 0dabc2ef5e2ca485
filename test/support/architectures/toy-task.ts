import type { Shown } from '../../../src/core/contracts/baseline';
import type { Task } from '../../../src/core/contracts/task';
import { createRng } from '../../../src/core/random';

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

/** What a baseline is shown of it. */
export const toyShown = (parts: Partial<Shown> = {}): Shown => ({
  ...{ samples: toySamples, rng: createRng(1), trained: { lengths: [2], canDraw: () => false } },
  ...parts,
});

/** Three quarters of the samples begin with y. */
export const toySamples = [
  [1, 0],
  [1, 1],
  [0, 1],
  [1, 0],
];
