import fc from 'fast-check';
import { createRng } from '../../../src/core/random';
import { ridgeClassifier, type Matrix } from '../../../src/probes/parts/ridge';

/** W by gradient descent on the mean squared error and the penalty, with no system that is solved. */
function descended(rows: Matrix, labels: readonly number[], classes: number, ridge: number) {
  const count = rows.length;
  const columns = rows[0]!.map((_, j) => rows.map((row) => row[j]!));
  const moments = columns.map((column) => {
    const mean = column.reduce((sum, x) => sum + x) / count;
    return [mean, Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count)] as const;
  });
  const standard = (row: readonly number[]) => row.map((x, j) => (x - moments[j]![0]) / moments[j]![1]);
  const x = rows.map(standard);
  const shares = Array.from({ length: classes }, (_, c) => labels.filter((label) => label === c).length / count);
  const weights = columns.map(() => new Array<number>(classes).fill(0));
  const score = (row: readonly number[], c: number) => row.reduce((sum, each, j) => sum + each * weights[j]![c]!, 0);
  for (let step = 0; step < 4000; step++)
    for (let c = 0; c < classes; c++) {
      const errors = x.map((row, i) => score(row, c) + shares[c]! - (labels[i] === c ? 1 : 0));
      columns.forEach((_, j) => {
        const slope = x.reduce((sum, row, i) => sum + row[j]! * errors[i]!, 0) / count + ridge * weights[j]![c]!;
        weights[j]![c]! -= 0.1 * slope;
      });
    }
  return (row: readonly number[]) => {
    const scores = shares.map((share, c) => score(standard(row), c) + share);
    return { label: scores.indexOf(Math.max(...scores)), scores };
  };
}

const drawn = (seed: number, count: number, width: number, classes: number) => {
  const rng = createRng(seed);
  const labels = Array.from({ length: count }, () => rng.integer(classes));
  const rows = labels.map((label) =>
    Array.from({ length: width }, (_, j) => rng.normal() + (j % classes === label ? 1 : 0)),
  );
  return { rows, labels };
};

it.each([
  ['fewer features than rows', 30, 4],
  ['more features than rows', 6, 9],
])('%s: the same classes as gradient descent finds', (_, count, width) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
      const { rows, labels } = drawn(seed, count, width, 3);
      const classify = ridgeClassifier(rows, labels, { classes: 3, ridge: 0.1 });
      const other = descended(rows, labels, 3, 0.1);
      for (const row of [...rows, ...drawn(seed + 1, 20, width, 3).rows]) {
        const { label, scores } = other(row);
        const [best, second] = [...scores].sort((a, b) => b - a);
        if (best! - second! > 1e-3) expect(classify(row)).toBe(label);
      }
    }),
    { numRuns: 5 },
  );
});

it('leaves out a feature that never changes, and finds a class that one feature tells', () => {
  const rows = Array.from({ length: 20 }, (_, i) => [5, i % 2, 5]);
  const classify = ridgeClassifier(
    rows,
    rows.map(([, x]) => x!),
    { classes: 2, ridge: 0.01 },
  );
  expect([classify([5, 0, 5]), classify([5, 1, 5])]).toEqual([0, 1]);
});
