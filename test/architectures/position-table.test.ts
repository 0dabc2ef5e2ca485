import { PositionTable } from '../../architectures/position-table';
import { toyShown, toyTask } from '../support/architectures/toy-task';

it('says the most frequent symbol of every scored position, and fills the rest', () => {
  expect(new PositionTable().fit(toyTask, toyShown())([0, 0])).toEqual([2, 1, 0]);
});
