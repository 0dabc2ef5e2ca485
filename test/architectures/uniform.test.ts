import { Uniform } from '../../architectures/uniform';
import { createRng } from '../../src/core/random';
import { toyShown, toyTask } from '../support/architectures/toy-task';

const guess = () => new Uniform().fit(toyTask, toyShown({ rng: createRng('uniform') }));

it('fills every slot, the same in every run, and guesses afresh each time it is asked', () => {
  const [one, two] = [guess(), guess()];
  const inputs = [
    [0, 1],
    [1, 1],
    [0, 0],
  ];
  const answers = inputs.map(one);
  for (const answer of answers) expect(answer).toHaveLength(3);
  expect(inputs.map(two)).toEqual(answers);
  expect(new Set(Array.from({ length: 50 }, () => String(one([0, 1])))).size).toBeGreaterThan(10);
});

it('says every symbol about equally often', () => {
  const counts = [0, 0, 0, 0];
  const answer = guess();
  for (let i = 0; i < 1000; i++) for (const symbol of answer([i])) counts[symbol]!++;
  // 3000 draws over 4 symbols: mean 750, standard deviation 24.
  for (const count of counts) expect(Math.abs(count - 750)).toBeLessThan(110);
});
