import fc from 'fast-check';
import { taskWeights } from '../../../../src/core/contracts/view';
import { weightsOf } from '../../../../src/studies/capability/summarise/task-weights';

const column = (id: string, level: string, family?: string) => ({ id, title: id, level, ...(family && { family }) });
const columns = [
  column('tomita-1', 'regular', 'tomita'),
  column('tomita-2', 'regular', 'tomita'),
  column('parity', 'regular'),
  column('dyck', 'counter'),
  column('dyck{kinds=2}', 'counter'),
];
const weights = (by: (typeof taskWeights)[number]) => [...weightsOf(columns, by).values()];

test('languages of one origin and sizes of one task count as one', () => {
  expect(weights('task')).toEqual([0.2, 0.2, 0.2, 0.2, 0.2]);
  expect(weights('family')).toEqual([1 / 6, 1 / 6, 1 / 3, 1 / 6, 1 / 6]);
  expect(weights('level')).toEqual([1 / 8, 1 / 8, 1 / 4, 1 / 4, 1 / 4]);
});

test('together they are 1', () => {
  fc.assert(
    fc.property(fc.subarray(columns, { minLength: 1 }), fc.constantFrom(...taskWeights), (some, by) => {
      expect([...weightsOf(some, by).values()].reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    }),
  );
});
