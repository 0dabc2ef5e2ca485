import type { Shown } from '../../src/core/contracts/baseline';
import { createRng } from '../../src/core/random';
import { Split } from '../../src/data/split';
import { BaselinePredictor } from '../../src/evaluation/baseline-predictor';
import { toyTask } from '../support/architectures/toy-task';

it('draws samples for a baseline that looks at them, and for no other', async () => {
  const split = new Split(toyTask, 1);
  const draw = jest.spyOn(split, 'draw');
  const trained = { lengths: [1], canDraw: () => false };
  const answers = (look: (shown: Shown) => number) => {
    const baseline = { fit: (_: unknown, shown: Shown) => () => [look(shown)] };
    return new BaselinePredictor(baseline, split, trained, createRng('test'), 3).predict([[0, 1, 0]]);
  };
  expect(await answers(({ rng }) => rng.integer(1))).toEqual([{ answer: [0] }]);
  expect(draw).not.toHaveBeenCalled();
  // Twice looked at, they are the same.
  expect(await answers((shown) => Number(shown.samples === shown.samples))).toEqual([{ answer: [1] }]);
  expect(await answers(({ samples }) => samples[0]!.length)).toEqual([{ answer: [3] }]);
  expect(draw).toHaveBeenCalledTimes(2 * 1024);
});
