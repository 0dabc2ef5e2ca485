import fc from 'fast-check';
import { compare, filledIn, namesIn, parseComparison, parseSum, valueOf } from '../../src/theory/formula';

const names = ['units', 'states', 'letters', 'factors'] as const;
const factor = fc.oneof(fc.constantFrom(...names), fc.nat(40).map(String));
const product = fc.array(factor, { minLength: 1, maxLength: 3 }).map((factors) => factors.join(' * '));
const sum = fc.array(product, { minLength: 1, maxLength: 3 }).map((products) => products.join(' + '));
const numbers = fc.record({ units: fc.nat(99), states: fc.nat(99), letters: fc.nat(99), factors: fc.nat(99) });

/** JavaScript itself, with numbers in place of names. */
const evaluated = (text: string, known: Readonly<Record<string, number>>): unknown =>
  new Function(...Object.keys(known), `return ${text};`)(...Object.values(known));

it('computes what JavaScript computes', () => {
  fc.assert(fc.property(sum, numbers, (text, known) => valueOf(parseSum(text)!, known) === evaluated(text, known)));
});

it('compares as JavaScript does', () => {
  const relation = fc.constantFrom('>=', '<=');
  fc.assert(
    fc.property(sum, relation, sum, numbers, (left, sign, right, known) => {
      const text = `${left} ${sign} ${right}`;
      return compare(parseComparison(text)!, known) === evaluated(text, known);
    }),
  );
});

it('knows nothing where a number is not known', () => {
  fc.assert(
    fc.property(sum, numbers, (text, known) => {
      const used = namesIn(parseSum(text)!);
      for (const name of new Set(used)) expect(valueOf(parseSum(text)!, { ...known, [name]: null })).toBeNull();
    }),
  );
  expect(compare(parseComparison('units >= states * letters')!, { units: 64, letters: 2 })).toBeNull();
});

it('is written with numbers in place of the names that are known', () => {
  expect(filledIn('units >= states * letters', { units: 64, letters: 2, states: null })).toBe('64 >= states * 2');
});

it.each(['', 'units', 'units > 3', 'units >=', '>= 3', 'units >= 3.5', 'units >= states - 1', 'units >= a b'])(
  'takes "%s" for no comparison',
  (text) => expect(parseComparison(text)).toBeNull(),
);
