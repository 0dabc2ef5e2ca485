import { Majority, mostFrequent } from '../../architectures/majority';
import { toyShown, toyTask } from '../support/architectures/toy-task';

it('says the most frequent scored symbol everywhere', () => {
  // Scored symbols of the four samples: a four times, y three times, x once; the unscored one does not count.
  expect(new Majority().fit(toyTask, toyShown())([0, 0])).toEqual([2, 2, 2]);
});

it('takes the first of equals', () => expect(mostFrequent([1, 3, 3])).toBe(1));
