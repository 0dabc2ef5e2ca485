import fc from 'fast-check';
import { eigenvalues, type Matrix, realProduct } from '../../src/testing/eigenvalues';

const matrix = (...rows: readonly (readonly number[])[]): Matrix => rows.map((row) => Float64Array.from(row));
const sorted = (of: Matrix) =>
  eigenvalues(of)
    .map(({ re, im }) => [re, im])
    .sort(([a, b], [c, d]) => a! - c! || b! - d!);

it.each<[string, Matrix, number[][]]>([
  [
    'of a diagonal',
    matrix([2, 0], [0, -3]),
    [
      [-3, 0],
      [2, 0],
    ],
  ],
  [
    'of a triangle',
    matrix([1, 5, 2], [0, 4, 7], [0, 0, -1]),
    [
      [-1, 0],
      [1, 0],
      [4, 0],
    ],
  ],
  [
    'of a reflection',
    matrix([0, 1], [1, 0]),
    [
      [-1, 0],
      [1, 0],
    ],
  ],
  [
    'of a quarter turn',
    matrix([0, -1], [1, 0]),
    [
      [0, -1],
      [0, 1],
    ],
  ],
  [
    'of a cycle of three',
    matrix([0, 0, 1], [1, 0, 0], [0, 1, 0]),
    [
      [-0.5, -Math.sqrt(3) / 2],
      [-0.5, Math.sqrt(3) / 2],
      [1, 0],
    ],
  ],
  [
    'of a cycle of four',
    matrix([0, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]),
    [
      [-1, 0],
      [0, -1],
      [0, 1],
      [1, 0],
    ],
  ],
  [
    'of ones',
    matrix([1, 1, 1], [1, 1, 1], [1, 1, 1]),
    [
      [0, 0],
      [0, 0],
      [3, 0],
    ],
  ],
  [
    'of nothing',
    matrix([0, 0], [0, 0]),
    [
      [0, 0],
      [0, 0],
    ],
  ],
])('finds those %s', (_, of, expected) => {
  const found = sorted(of);
  expect(found).toHaveLength(expected.length);
  const near = [...found];
  for (const [re, im] of expected) {
    const at = near.findIndex(([a, b]) => Math.hypot(a! - re!, b! - im!) < 1e-6);
    expect({ re, im, found, at }).not.toMatchObject({ at: -1 });
    near.splice(at, 1);
  }
});

it('finds those that a matrix was made of, in any basis', () => {
  const value = fc.double({ min: -2, max: 2, noNaN: true });
  const angle = fc.double({ min: 0.3, max: 2.8, noNaN: true });
  const real = fc.array(value, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      real,
      angle,
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 36, maxLength: 36 }),
      (own, turn, noise) => {
        const n = own.length + 2;
        const middle = Array.from({ length: n }, (_, i) =>
          Array.from({ length: n }, (_, j) => (i === j && i < own.length ? own[i]! : 0)),
        );
        middle[n - 2]![n - 2] = middle[n - 1]![n - 1] = Math.cos(turn);
        middle[n - 2]![n - 1] = -(middle[n - 1]![n - 2] = Math.sin(turn));
        // L M L^-1 with L = I + strictly lower triangle, whose inverse is had by forward substitution.
        const lower = Array.from({ length: n }, (_, i) =>
          Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : j < i ? noise[i * 6 + j]! : 0)),
        );
        const inverse = lower.map((_, i) => Float64Array.from({ length: n }, (_, j) => Number(i === j)));
        for (let i = 0; i < n; i++)
          for (let k = 0; k < i; k++) for (let j = 0; j < n; j++) inverse[i]![j]! -= lower[i]![k]! * inverse[k]![j]!;
        const of = realProduct(realProduct(lower, matrix(...middle)), inverse);
        const found = eigenvalues(of);
        for (const [re, im] of [
          ...own.map((x) => [x, 0]),
          [Math.cos(turn), Math.sin(turn)],
          [Math.cos(turn), -Math.sin(turn)],
        ])
          expect(Math.min(...found.map((one) => Math.hypot(one.re - re!, one.im - im!)))).toBeLessThan(2e-3);
        expect(found.reduce((sum, one) => sum + one.re, 0)).toBeCloseTo(
          of.reduce((sum, row, i) => sum + row[i]!, 0),
          6,
        );
      },
    ),
    { numRuns: 60 },
  );
});
