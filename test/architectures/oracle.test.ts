import { Oracle } from '../../architectures/oracle';
import { toyTask } from '../support/architectures/toy-task';

it('is always right', () => {
  const answer = new Oracle().fit(toyTask);
  for (const input of [
    [0, 1],
    [1, 1],
  ])
    expect(answer(input)).toEqual(toyTask.solve(input));
});
