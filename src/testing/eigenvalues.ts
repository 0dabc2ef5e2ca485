import { components } from '../model/state-update/components';

/** A square matrix by its rows. */
export type Matrix = readonly Float64Array[];
export interface Complex {
  readonly re: number;
  readonly im: number;
}

const complex = (re: number, im = 0): Complex => ({ re, im });
const add = (a: Complex, b: Complex) => complex(a.re + b.re, a.im + b.im);
const subtract = (a: Complex, b: Complex) => complex(a.re - b.re, a.im - b.im);
const multiply = (a: Complex, b: Complex) => complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
const conjugate = ({ re, im }: Complex) => complex(re, -im);
const scale = ({ re, im }: Complex, by: number) => complex(re * by, im * by);
const modulus = ({ re, im }: Complex) => Math.hypot(re, im);
function squareRoot({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im);
  return complex(Math.sqrt((size + re) / 2), Math.sign(im || 1) * Math.sqrt(Math.max(0, (size - re) / 2)));
}

/** Eigenvalues of a real matrix, each as often as it occurs. Numbers that depend on each other are taken block by block. */
export function eigenvalues(matrix: Matrix): Complex[] {
  const edges = matrix.map((row) => [...row.keys()].filter((column) => row[column] !== 0));
  return components(edges).flatMap((block) => ofBlock(block.map((i) => block.map((j) => complex(matrix[i]![j]!)))));
}

/** For one eigenvalue; a few are enough. */
const mostRounds = 200;

/** QR iteration with Wilkinson's shift (Golub and Van Loan, Matrix Computations, section 7.5), on the whole matrix. */
function ofBlock(matrix: Complex[][]): Complex[] {
  const found: Complex[] = [];
  let a = matrix;
  const size = Math.max(...a.flat().map(modulus));
  for (let round = 0; a.length > 1; round++) {
    const last = a.length - 1;
    const rest = Math.max(...a[last]!.slice(0, last).map(modulus));
    if (rest <= 1e-12 * size || round === mostRounds) {
      found.push(a[last]![last]!);
      a = a.slice(0, last).map((row) => row.slice(0, last));
      round = -1;
      continue;
    }
    // An exceptional shift now and then, for matrices such as rotations that the usual one leaves where they are.
    const shift = round % 11 === 10 ? complex(rest, rest / 2) : shiftOf(a);
    const { q, r } = decomposed(a.map((row, i) => row.map((x, j) => (i === j ? subtract(x, shift) : x))));
    a = product(r, q).map((row, i) => row.map((x, j) => (i === j ? add(x, shift) : x)));
  }
  return [...found, ...a.flat()];
}

/** The eigenvalue of the last two rows and columns that is nearer to the last element. */
function shiftOf(a: Complex[][]): Complex {
  const [[p, q], [r, s]] = a.slice(-2).map((row) => row.slice(-2)) as [[Complex, Complex], [Complex, Complex]];
  const half = scale(subtract(p, s), 0.5);
  const root = squareRoot(add(multiply(half, half), multiply(q, r)));
  const [one, other] = [add(half, root), subtract(half, root)];
  return add(s, modulus(one) < modulus(other) ? one : other);
}

/** By Gram and Schmidt, columns one after the other; a column that depends on those before it gives 0. */
function decomposed(a: Complex[][]): { q: Complex[][]; r: Complex[][] } {
  const n = a.length;
  const q = a.map((row) => [...row]);
  const r = a.map((row) => row.map(() => complex(0)));
  for (let j = 0; j < n; j++) {
    // Twice is enough (Kahan and Parlett).
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < j; i++) {
        let inner = complex(0);
        for (let k = 0; k < n; k++) inner = add(inner, multiply(conjugate(q[k]![i]!), q[k]![j]!));
        r[i]![j] = add(r[i]![j]!, inner);
        for (let k = 0; k < n; k++) q[k]![j] = subtract(q[k]![j]!, multiply(inner, q[k]![i]!));
      }
    }
    const length = Math.hypot(...q.map((row) => modulus(row[j]!)));
    r[j]![j] = complex(length);
    for (let k = 0; k < n; k++) q[k]![j] = length > 1e-300 ? scale(q[k]![j]!, 1 / length) : complex(0);
  }
  return { q, r };
}

const product = (a: Complex[][], b: Complex[][]): Complex[][] =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, k) => add(sum, multiply(x, b[k]![j]!)), complex(0))));

/** Of real matrices. */
export const realProduct = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => Float64Array.from(row, (_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));
