import { LookUp } from '../../architectures/look-up';
import { toyShown, toyTask } from '../support/architectures/toy-task';

it('knows what training can draw, and says the most frequent whole answer to anything else', () => {
  const trained = { lengths: [2], canDraw: (input: readonly number[]) => input[1] === 0 };
  const guess = new LookUp().fit(toyTask, toyShown({ trained }));
  expect(guess([0, 0])).toEqual(toyTask.solve([0, 0]));
  // a and y are the scored symbols of three of the four samples.
  expect(guess([0, 1])).toEqual([2, 1]);
});
