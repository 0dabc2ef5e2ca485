import type { Task } from '../../src/core/contracts/task';
import { unitOf, type UnitClass } from '../../registry/units';
import * as groups from '../../tasks/group-words';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

/** Order of each group, and the product of two names by their spelling alone. */
const permute = (a: string, b: string) => [...a].map((image) => b[Number(image) - 1]).join('');
const add = (modulus: number) => (a: string, b: string) => String((Number(a) + Number(b)) % modulus);
const expected: Record<string, { order: number; product: (a: string, b: string) => string }> = {
  'z-m': { order: 7, product: add(7) },
  z2: { order: 2, product: add(2) },
  z5: { order: 5, product: add(5) },
  z60: { order: 60, product: add(60) },
  s3: { order: 6, product: permute },
  a4xz5: {
    order: 60,
    product: (a, b) => {
      const [[p, m], [q, n]] = [a.split('.'), b.split('.')];
      return `${permute(p!, q!)}.${add(5)(m!, n!)}`;
    },
  },
  a5: { order: 60, product: permute },
  s5: { order: 120, product: permute },
  's5-swaps': { order: 120, product: permute },
};

const classes = Object.values(groups)
  .filter((value) => unitOf(value))
  .map((taskClass) => [unitOf(taskClass)!.meta.id, taskClass as UnitClass<'task'>] as const);

describe.each(classes)('%s', (id, taskClass) => {
  const { order, product } = expected[id]!;
  const task = new taskClass();
  const { input: symbols, output: elements } = task.alphabets;

  it('agrees with a balanced tree of products of names', () => {
    const productOf = (names: string[]): string => {
      if (names.length === 1) return names[0]!;
      const half = names.length >> 1;
      return product(productOf(names.slice(0, half)), productOf(names.slice(half)));
    };
    expectSameAnswers(task, (input) => [elements.indexOf(productOf(input.map((symbol) => symbols[symbol]!)))]);
  });

  it('has all elements and symbols that reach them', () => {
    expect(elements).toHaveLength(order);
    expect(reached(task).size).toBe(order);
    if (id !== 'z-m' && id !== 's5-swaps') expect(reached(new taskClass({ generators: 'minimal' })).size).toBe(order);
  });

  it('labels every prefix with its own answer', () => {
    for (const input of sampleInputs(task, 30, 20))
      expect(task.aligned!(input)).toEqual(input.map((_, i) => task.solve(input.slice(0, i + 1))[0]));
  });

  it('draws symbols uniformly', () => {
    const drawn = sampleInputs(task, 20, 20 * symbols.length).flat();
    expectDistribution(tally(drawn, symbols.length), uniformShares(symbols.length));
  });
});

/** Elements that some word reaches. */
function reached(task: Task): Set<number> {
  const seen = new Set<number>([0]);
  const words: number[][] = [[]];
  for (let word = words.shift(); word; word = words.shift())
    for (let symbol = 0; symbol < task.alphabets.input.length; symbol++) {
      const element = task.solve([...word, symbol])[0]!;
      if (!seen.has(element)) words.push([...word, symbol]);
      seen.add(element);
    }
  return seen;
}
