import { LinearEquations } from '../../tasks/linear-equations';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { modulo } from '../support/tasks/exact-expressions';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

/** Bareiss 1968: the exact determinant of whole numbers, without fractions. */
function determinant(matrix: readonly (readonly bigint[])[]): bigint {
  const rows = matrix.map((row) => [...row]);
  let previous = 1n;
  let sign = 1n;
  for (let k = 0; k < rows.length - 1; k++) {
    const pivot = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivot === -1) return 0n;
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
      sign = -sign;
    }
    for (let i = k + 1; i < rows.length; i++)
      for (let j = k + 1; j < rows.length; j++)
        rows[i]![j] = (rows[i]![j]! * rows[k]![k]! - rows[i]![k]! * rows[k]![j]!) / previous;
    previous = rows[k]![k]!;
  }
  return sign * rows.at(-1)!.at(-1)!;
}

describe('linear-equations', () => {
  const task = new LinearEquations();
  const text = (ids: readonly number[]) => ids.map((id) => task.alphabets.input[id]).join(' ');
  const system = (input: readonly number[]) =>
    text(input)
      .split(' ; ')
      .map((equation) => equation.replace(' =', '').split(' ').map(BigInt));

  it("agrees with Cramer's rule", () => {
    expectSameAnswers(
      task,
      (input) => {
        const rows = system(input);
        const whole = modulo(determinant(rows.map((row) => row.slice(0, -1))), 11n);
        return rows.map((_, unknown) => {
          const replaced = rows.map((row) => row.slice(0, -1).with(unknown, row.at(-1)!));
          const value = modulo(determinant(replaced), 11n);
          return Array.from({ length: 11 }, (_, x) => x).find((x) => (x * whole) % 11 === value)!;
        });
      },
      { perLength: 8, lengths: [...Array.from({ length: 64 }, (_, i) => i + 1), 100, 128, 256] },
    );
  });

  it('solves systems whose solutions fit, at any length', () => {
    for (const length of [255, 257, 500])
      for (const input of sampleInputs(task, length, 5)) {
        const solution = task.solve(input).map(BigInt);
        for (const row of system(input)) {
          const left = solution.reduce((sum, x, i) => sum + x * row[i]!, 0n);
          expect(modulo(left - row.at(-1)!, 11n)).toBe(0);
        }
      }
  });

  it('traces systems with the same solution, down to the unknowns', () => {
    for (const input of sampleInputs(task, 39, 30)) {
      const steps = task.trace(input);
      const solution = task.solve(input);
      expect(steps).toHaveLength(5 * 40);
      for (let step = 0; step < 5; step++) expect(task.solve(steps.slice(step * 40, step * 40 + 39))).toEqual(solution);
      expect(system(steps.slice(160, 199)).map((row) => Number(row.at(-1)))).toEqual(solution);
    }
  });

  it('draws solutions and invertible systems uniformly', () => {
    expectDistribution(
      tally(
        sampleInputs(task, 17, 4000).flatMap((input) => task.solve(input)),
        11,
      ),
      uniformShares(11),
    );
    const small = new LinearEquations({ modulus: 2 });
    const codes = sampleInputs(small, 9, 6000).map((x) => 8 * x[0]! + 4 * x[1]! + 2 * x[5]! + x[6]!);
    const invertible = Array.from({ length: 16 }, (_, code) => {
      const [a, b, c, d] = [8, 4, 2, 1].map((bit) => (code & bit ? 1 : 0)) as [number, number, number, number];
      return (a * d + b * c) % 2;
    });
    expectDistribution(tally(codes, 16), invertible);
  });

  it('takes the lengths of whole systems', () => {
    expect([1, 3, 8, 9, 16, 17, 27, 40].map((length) => task.inputLength(length))).toEqual([3, 3, 3, 9, 9, 17, 27, 39]);
  });

  it.each([[[1, 11]], [[1, 2, 3]], [[0, 11, 3]], [[1, 1, 11, 5, 11, 1, 2, 11, 1]]])('refuses %j', (input) => {
    expect(() => task.solve(input)).toThrow(/not an input of "linear-equations"/);
  });
});
