/** Numbers by name; null or absent where not known. */
export type Numbers = Readonly<Record<string, unknown>>;

type Sum = readonly (readonly (string | number)[])[];

/** A comparison of two sums of products, such as `units >= states * letters`. */
export interface Comparison {
  readonly text: string;
  readonly left: Sum;
  readonly relation: '>=' | '<=';
  readonly right: Sum;
}

/** @returns null for what is none */
export function parseComparison(text: string): Comparison | null {
  const [, left, relation, right] = /^(.+?)\s*(>=|<=)\s*(.+)$/.exec(text) ?? [];
  const [first, second] = [parseSum(left ?? ''), parseSum(right ?? '')];
  return first && second ? { text, left: first, relation: relation as Comparison['relation'], right: second } : null;
}

/** A sum of products of names and whole numbers: `32 * stateNumbers + 1`. @returns null for what is none */
export function parseSum(text: string): Sum | null {
  const sum = text
    .split('+')
    .map((product) => product.split('*').map((factor) => factor.trim()))
    .map((product) => product.map((factor) => (/^\d+$/.test(factor) ? Number(factor) : factor)));
  return sum.flat().every((factor) => typeof factor === 'number' || /^[a-zA-Z]+$/.test(factor)) ? sum : null;
}

export const namesIn = (sum: Sum): string[] => sum.flat().filter((factor) => typeof factor === 'string');

/** @returns null where a number is not known */
export function valueOf(sum: Sum, numbers: Numbers): number | null {
  const known = (factor: string | number) => (typeof factor === 'number' ? factor : numbers[factor]);
  if (!sum.flat().every((factor) => typeof known(factor) === 'number')) return null;
  return sum.reduce((total, product) => total + product.reduce<number>((a, b) => a * (known(b) as number), 1), 0);
}

/** @returns null where a number is not known */
export function compare({ left, relation, right }: Comparison, numbers: Numbers): boolean | null {
  const [first, second] = [valueOf(left, numbers), valueOf(right, numbers)];
  if (first === null || second === null) return null;
  return relation === '>=' ? first >= second : first <= second;
}

/** The formula with numbers in place of names: `64 >= 2 * 2`; a name stays where its number is not known. */
export const filledIn = (text: string, numbers: Numbers): string =>
  text.replace(/[a-zA-Z]+/g, (name) => (typeof numbers[name] === 'number' ? String(numbers[name]) : name));
