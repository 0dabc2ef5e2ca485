import type { UnitClass } from '../../registry/units';
import { architectureFiles } from '../support/architectures/discover';
import { describeGolden, goldenFiles } from '../support/architectures/golden';

const rows = new Map(architectureFiles.flatMap(({ units }) => units).map((unit) => [unit.meta.id, unit]));

/** Parallel forms are in chunks of 64 tokens and fewer: 75 cross one border and end within a chunk, 130 two. */
it('compares every row beyond one chunk but the nondeterministic stack, whose second implementation lists all stacks', () => {
  const without = goldenFiles('test/architectures/golden').filter(({ golden: { longer = [] } }) =>
    [75, 130].some((time) => !longer.some((each) => each.time === time)),
  );
  expect(without.map(({ file }) => file)).toEqual(['ndstack-rnn']);
});

for (const { file, golden } of goldenFiles('test/architectures/golden')) {
  const unit = rows.get(golden.architecture);
  if (unit) describeGolden(file, golden, unit.unitClass as UnitClass<'architecture'>);
  else it(`${file} belongs to a row`, () => expect([...rows.keys()]).toContain(golden.architecture));
}
