import { scoredAnswer } from '../../src/core/scored-answer';
import { toyTask } from '../support/architectures/toy-task';

it('holds scored positions only', () => {
  expect(scoredAnswer(toyTask, [1, 0])).toEqual([2, 1]);
  expect(scoredAnswer({ ...toyTask, scored: undefined }, [1, 0])).toEqual([2, 1, 3]);
});
