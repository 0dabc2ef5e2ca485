import { MatrixProduct } from '../../tasks/matrix-product';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

const determinant = ([a, b, c, d, e, f, g, h, i]: readonly number[]) =>
  a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!);

describe('matrix-product', () => {
  const task = new MatrixProduct();

  it('agrees with exact whole numbers, from the last matrix to the first', () => {
    expectSameAnswers(task, (input) => {
      // First entry = (1 0 0) M1 M2 ... (1 0 0)^T, multiplied from the right and reduced at the end.
      let column = [1n, 0n, 0n];
      for (let start = input.length - 9; start >= 0; start -= 9)
        column = [0, 3, 6].map((row) =>
          [0, 1, 2].reduce((sum, k) => sum + BigInt(input[start + row + k]!) * column[k]!, 0n),
        );
      return [Number(column[0]! % 5n)];
    });
  });

  it('draws invertible matrices with uniform first rows', () => {
    const matrices = sampleInputs(task, 18, 12_500).flatMap((input) => [input.slice(0, 9), input.slice(9)]);
    expect(matrices.every((matrix) => determinant(matrix) % 5 !== 0)).toBe(true);
    // The first row of a uniform invertible matrix is uniform among the 124 rows that are not zero.
    const rows = matrices.map(([a, b, c]) => 25 * a! + 5 * b! + c! - 1);
    expectDistribution(tally(rows, 124), uniformShares(124));
  });

  it('takes whole matrices', () => {
    expect([1, 9, 17, 18, 40].map((length) => task.inputLength(length))).toEqual([9, 9, 9, 18, 36]);
    expect(() => task.solve([1, 2, 3])).toThrow(/3 symbols are not a whole number of matrices/);
  });
});
