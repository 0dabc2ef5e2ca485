import { createRng } from 'chomsky-zoo';
import { taskConformance } from 'chomsky-zoo/testing';
import { MyTask, MyTaskHyperparameters } from './my-task';

describe('what every column of the zoo keeps', () => {
  for (const { name, applies, run } of taskConformance(MyTask)) (applies ? test : test.skip)(name, run);
});

test.each([
  ['0 1 1 0', '2'],
  ['1 1 1 1', '1'],
])('%s has the answer %s, as its page says', (input, answer) => {
  const task = new MyTask();
  expect(task.solve(input.split(' ').map(Number)).map((id) => task.alphabets.output[id])).toEqual([answer]);
});

test('a second way to the answer: an automaton that is turned by every one', () => {
  const hyperparameters = Object.assign(new MyTaskHyperparameters(), { modulus: 5 });
  const task = new MyTask(hyperparameters);
  for (let length = 1; length < 100; length++) {
    const input = task.sample(createRng(length), length);
    let state = [0, 1, 2, 3, 4];
    for (const bit of input) if (bit) state = [...state.slice(1), state[0]!];
    expect(task.solve(input)).toEqual([state[0]]);
  }
});
