import * as fc from 'fast-check';
import type { RungScore } from '../../../src/core/contracts/search';
import { Protocol } from '../../../src/core/protocol';
import { compareStandings, mostStepsOf, rungsOf, type Standing } from '../../../src/studies/search/halving';

const protocol = (steps: number, every = 1): Protocol =>
  Object.assign(new Protocol(), { steps, heldOut: { ...new Protocol().heldOut, every } });

it('compares eight trials at an eighth, a quarter and half of the steps', () => {
  expect(rungsOf('successive-halving', 8, protocol(800))).toEqual([
    { step: 100, trials: 8 },
    { step: 200, trials: 4 },
    { step: 400, trials: 2 },
  ]);
  expect(mostStepsOf(rungsOf('successive-halving', 8, protocol(800)))).toBe(2 * 800);
});

it('compares where held-out inputs are looked at, and never later than at the end', () => {
  expect(rungsOf('successive-halving', 8, protocol(1000, 100)).map(({ step }) => step)).toEqual([100, 300, 500]);
  expect(rungsOf('successive-halving', 4, protocol(10, 100)).map(({ step }) => step)).toEqual([10, 10]);
});

it('has nothing to compare with one trial, and one place where all are trained whole', () => {
  expect(rungsOf('successive-halving', 1, protocol(800))).toEqual([]);
  expect(rungsOf('all', 5, protocol(800))).toEqual([{ step: 800, trials: 5 }]);
});

it('leaves half at each rung, two at the last, and costs less than half of whole trainings from five trials on', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 1000, max: 100_000 }), (trials, steps) => {
      const rungs = rungsOf('successive-halving', trials, protocol(steps));
      expect(rungs[0]!.trials).toBe(trials);
      expect(rungs.at(-1)).toMatchObject({ trials: 2 });
      rungs.slice(1).forEach((rung, at) => expect(rung.trials).toBe(Math.ceil(rungs[at]!.trials / 2)));
      rungs.slice(1).forEach((rung, at) => expect(rung.step).toBeGreaterThanOrEqual(rungs[at]!.step));
      if (trials >= 5) expect(mostStepsOf(rungs)).toBeLessThan(0.5 * trials * steps);
    }),
  );
});

const reached = (exact: number, loss: number | null, step = 100): RungScore => ({ step, exact, token: exact, loss });

it('puts first what has learnt, sooner before later; then accuracy, then loss; what diverged is last', () => {
  const ordered: Standing[] = [
    { reached: reached(0.99, 0.9, 60), outcome: 'stopped-early' },
    { reached: reached(1, 0.1, 80), outcome: 'stopped-early' },
    { reached: reached(1, 0.5) },
    { reached: reached(0.7, 0.2), outcome: 'completed' },
    { reached: reached(0.7, 0.3) },
    { reached: reached(0.7, null) },
    { reached: reached(0.2, 0.1), outcome: 'stopped-futile' },
    { reached: reached(0.9, 0.1), outcome: 'diverged' },
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(ordered, { minLength: ordered.length }), (shuffled) =>
      expect([...shuffled].sort(compareStandings)).toEqual(ordered),
    ),
  );
});
