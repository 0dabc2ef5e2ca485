import { createRng, Registry } from 'chomsky-zoo';
import { taskConformance } from 'chomsky-zoo/testing';
// What tsc made of it, as the zoo takes it.
import plugin, { ResetCount } from './dist/reset-count';

describe('what every column of the zoo keeps', () => {
  for (const { name, applies, run } of taskConformance(ResetCount)) (applies ? test : test.skip)(name, run);
});

const registry = new Registry();
registry.register(plugin.tasks!, { origin: 'this test' });

test('a second way to the answer: an automaton as a table', () => {
  // Rows are counts, columns tick, reset, pause.
  const table = [0, 1, 2, 3, 4].map((count) => [(count + 1) % 5, 0, count]);
  const task = registry.createTask('reset-count', { modulus: 5 });
  for (let length = 1; length <= 200; length++) {
    const input = task.sample(createRng(length), length);
    expect(task.solve(input)).toEqual([input.reduce((count, symbol) => table[count]![symbol]!, 0)]);
  }
});

test('the last reset is anywhere, or nowhere', () => {
  const task = registry.createTask('reset-count');
  const [length, draws] = [19, 8000];
  const counts = new Array<number>(length + 1).fill(0);
  const rng = createRng('places');
  for (let i = 0; i < draws; i++) counts[task.sample(rng, length).lastIndexOf(1) + 1]! += 1;
  // 20 places, 400 draws of each expected: the statistic has 19 degrees of freedom, and passes 43.8 once in a thousand.
  const expected = draws / counts.length;
  expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(43.8);
});

test.each([
  ['tick tick reset tick pause tick', '2'],
  ['tick tick tick tick tick', '1'],
  ['tick reset', '0'],
])('%s has the answer %s, as its page says', (input, answer) => {
  const { alphabets, solve } = registry.createTask('reset-count');
  const ids = input.split(' ').map((symbol) => alphabets.input.indexOf(symbol));
  expect(alphabets.output[solve.call(registry.createTask('reset-count'), ids)[0]!]).toBe(answer);
});
