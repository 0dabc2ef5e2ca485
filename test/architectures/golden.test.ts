import type { UnitClass } from '../../registry/units';
import { architectureFiles } from '../support/architectures/discover';
import { describeGolden, goldenFiles } from '../support/architectures/golden';

const rows = new Map(architectureFiles.flatMap(({ units }) => units).map((unit) => [unit.meta.id, unit]));

for (const { file, golden } of goldenFiles('test/architectures/golden')) {
  const unit = rows.get(golden.architecture);
  if (unit) describeGolden(file, golden, unit.unitClass as UnitClass<'architecture'>);
  else it(`${file} belongs to a row`, () => expect([...rows.keys()]).toContain(golden.architecture));
}
