import { measureTask } from '../../src/bench/tasks';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';

const registry = discover(new Registry(), 'tasks');

it.each(['parity', 'reversal', 'addition', 'counting', 'modular-arithmetic'])(
  'takes the longest inputs of %s that fit',
  (id) => {
    const task = registry.createTask(id);
    const { length, tokens, millisecondsPerBatch } = measureTask(task, 2, 40);
    expect(tokens).toBe(length + 1 + task.answerLength(length));
    expect(tokens).toBeLessThanOrEqual(40);
    expect(tokens).toBeGreaterThan(36);
    expect(millisecondsPerBatch).toBeGreaterThan(0);
  },
);

it('measures the shortest inputs where even they do not fit', () => {
  expect(measureTask(registry.createTask('reversal'), 2, 2)).toMatchObject({ length: 1, tokens: 3 });
});
