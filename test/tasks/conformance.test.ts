import { taskConformance } from '../../src/testing/task-conformance';
import type { UnitClass } from '../../registry/units';
import { taskFiles } from '../support/tasks/discover';

describe.each(taskFiles)('$source', ({ units }) => {
  it('declares at least one task', () => expect(units.length).toBeGreaterThan(0));
  describe.each(units.map((unit) => [unit.meta.id, unit.unitClass as UnitClass<'task'>] as const))(
    '%s',
    (_, taskClass) => {
      for (const { name, applies, run } of taskConformance(taskClass)) (applies ? it : it.skip)(name, run);
    },
  );
});
