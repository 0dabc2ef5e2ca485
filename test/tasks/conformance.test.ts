import { taskConformance } from '../../src/testing/task-conformance';
import type { UnitClass } from '../../registry/units';
import { taskFiles, taskUnits } from '../support/tasks/discover';

describe.each(taskFiles)('$source', ({ units }) => {
  it('declares at least one task', () => expect(units.length).toBeGreaterThan(0));
  describe.each(units.map((unit) => [unit.meta.id, unit.unitClass as UnitClass<'task'>] as const))(
    '%s',
    (_, taskClass) => {
      for (const { name, applies, run } of taskConformance(taskClass)) (applies ? it : it.skip)(name, run);
    },
  );
});

/** Settings under which a task has an automaton, or another one. */
describe.each([
  ['lis', { numbers: 3 }],
  ['lis', { numbers: 4 }],
  ['dyck', { kinds: 1, maximumDepth: 4 }],
  ['dyck', { kinds: 2, maximumDepth: 2 }],
  ['dyck', { kinds: 3, maximumDepth: 3 }],
  ['k-parity', { size: 1, window: 4 }],
  ['k-parity', { size: 5, secret: 7 }],
  ['memorization', { vocabulary: 8, queries: 3 }],
  ['induction-heads', { vocabulary: 3 }],
  ['modular-arithmetic', { modulus: 2 }],
  ['modular-arithmetic', { modulus: 7 }],
  ['cycle-navigation', { cycle: 12 }],
  ['z-m', { modulus: 12, generators: 'minimal' }],
  ['s5', { generators: 'minimal' }],
  ['bounded-dyck', { depth: 1 }],
  ['regex', { expression: 'a*b*', symbols: 'c' }],
  ['grammar', { rules: '<s> ::= "a" <s> | "b"' }],
])('%s with %j', (id, hyperparameters) => {
  const { unitClass } = taskUnits.find(({ meta }) => meta.id === id)!;
  const checks = taskConformance(unitClass as UnitClass<'task'>, { hyperparameters });
  for (const { name, applies, run } of checks.filter(({ name }) => /automaton/.test(name)))
    it(name, () => {
      expect(applies).toBe(true);
      run();
    });
});

/** Settings that change what a trace is, or an input. */
describe.each([
  ['counting-decimal', { tokens: 'pairs' }],
  ['counting-decimal', { tokens: 'separated' }],
  ['counting-decimal', { tokens: 'quoted' }],
  ['brackets', { trace: 'linear' }],
  ['multiplication', { trace: 'linear' }],
])('%s with %j', (id, hyperparameters) => {
  const { unitClass } = taskUnits.find(({ meta }) => meta.id === id)!;
  for (const { name, applies, run } of taskConformance(unitClass as UnitClass<'task'>, { hyperparameters }))
    (applies ? it : it.skip)(name, run);
});
