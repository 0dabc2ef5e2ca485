/** A finite group whose elements have readable names; element 0 is the identity. */
export interface FiniteGroup {
  readonly names: readonly string[];
  /** products[a][b]: a, then b. */
  readonly products: readonly (readonly number[])[];
  /** Names of a small set that generates the group. */
  readonly minimal: readonly string[];
}

/** The whole numbers modulo m under addition. */
export function cyclic(modulus: number): FiniteGroup {
  const values = Array.from({ length: modulus }, (_, value) => value);
  return {
    names: values.map(String),
    products: values.map((a) => values.map((b) => (a + b) % modulus)),
    minimal: ['0', '1'],
  };
}

/** Permutations of 1..degree, named by the images of 1, 2, ..., in lexicographic order. `a, then b` maps i to b(a(i)). */
function permutations(
  degree: number,
  isMember: (permutation: readonly number[]) => boolean,
  minimal: string[],
): FiniteGroup {
  const elements = arrangements(Array.from({ length: degree }, (_, i) => i)).filter(isMember);
  const nameOf = (permutation: readonly number[]) => permutation.map((image) => image + 1).join('');
  const names = elements.map(nameOf);
  const place = new Map(names.map((name, index) => [name, index]));
  const products = elements.map((a) => elements.map((b) => place.get(nameOf(a.map((image) => b[image]!)))!));
  return { names, products, minimal };
}

/** Every order of the values, lexicographically. */
const arrangements = (values: readonly number[]): number[][] =>
  values.length === 0
    ? [[]]
    : values.flatMap((first) =>
        arrangements(values.filter((value) => value !== first)).map((rest) => [first, ...rest]),
      );

/** Whether the number of pairs out of order is even. */
const isEven = (permutation: readonly number[]): boolean =>
  permutation.flatMap((image, i) => permutation.slice(i + 1).filter((later) => later < image)).length % 2 === 0;

export const symmetric = (degree: number, minimal: string[]): FiniteGroup => permutations(degree, () => true, minimal);
export const alternating = (degree: number, minimal: string[]): FiniteGroup => permutations(degree, isEven, minimal);

/** Pairs of elements, multiplied side by side; named like `2143.0`. */
export function direct(left: FiniteGroup, right: FiniteGroup, minimal: string[]): FiniteGroup {
  const pairs = left.names.flatMap((_, a) => right.names.map((_, b) => [a, b] as const));
  const place = (a: number, b: number) => a * right.names.length + b;
  return {
    names: pairs.map(([a, b]) => `${left.names[a]}.${right.names[b]}`),
    products: pairs.map(([a, b]) => pairs.map(([c, d]) => place(left.products[a]![c]!, right.products[b]![d]!))),
    minimal,
  };
}

/** Names of the exchanges of two of 1..degree. */
export function exchanges(degree: number): string[] {
  const identity = Array.from({ length: degree }, (_, i) => i + 1);
  return identity.flatMap((a) =>
    identity.slice(a).map((b) => identity.map((i) => (i === a ? b : i === b ? a : i)).join('')),
  );
}
