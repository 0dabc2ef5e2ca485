import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package';
import { dataCardTables, fieldsOf } from '../../src/docs/data-card';

it('reads fields of a class with what is said of them', () => {
  const source = `/** What it is. */
export class Both extends Other<{ a: 1 }> {
  /** How many. */
  @IsInt() @Min(1) readonly count!: number;
  /**
   * A list of them,
   * in order.
   */
  @IsOptional() @EachNested(() => Part) readonly parts?: readonly Part[];
  @Nested(() => Part) readonly one: Readonly<Part> = new Part();
}
class Next {
  readonly not!: string;
}
`;
  expect(fieldsOf(source, 'Both')).toEqual([
    { name: 'count', type: 'number', isOptional: false, meaning: 'How many.' },
    { name: 'parts', type: 'Part[]', isOptional: true, meaning: 'A list of them, in order.' },
    { name: 'one', type: 'Part', isOptional: false, meaning: '' },
  ]);
  expect(() => fieldsOf(source, 'Neither')).toThrow('there is no class Neither');
});

it('counts what is shipped', () => {
  const row = (name: string) =>
    dataCardTables()
      .match(new RegExp(`^.*results/${name}\\).*$`, 'm'))![0]
      .split(' | ')
      .slice(1);
  expect(row('quick')).toEqual(['capability', '6', '5', '120', '90', '3', '120 |']);
  expect(row('matching')).toEqual(['matching', '', '', '32', '32', '3', '32 |']);
});

it('has the parts that cards and datasheets have', () => {
  const headings = [...readFileSync(join(packageRoot, 'docs', 'data-card.md'), 'utf8').matchAll(/^## (.*)$/gm)];
  expect(headings.map(([, heading]) => heading)).toEqual([
    ...['Summary', 'Motivation', 'Collection', 'Uses', 'Limits and known biases', 'Verification'],
    ...['Distribution, licence, maintenance', 'Composition'],
  ]);
});
