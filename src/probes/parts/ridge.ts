/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[];

/** Which class a row belongs to, by a linear map. */
export type Classifier = (row: readonly number[]) => number;

/**
 * Ridge regression on the indicators of classes 0 .. classes - 1, features standardised over the rows (a feature that never
 * changes is left out). With X the features [n, d] and Y the indicators less their means [n, classes]
 *   W = (X^T X + ridge n I)^-1 X^T Y = X^T (X X^T + ridge n I)^-1 Y
 * of which the smaller system is solved. A row belongs to the class with the largest x W + mean.
 */
export function ridgeClassifier(
  rows: Matrix,
  labels: readonly number[],
  { classes, ridge }: { readonly classes: number; readonly ridge: number },
): Classifier {
  const count = rows.length;
  const standardise = standardiser(rows);
  const x = rows.map(standardise);
  const width = x[0]!.length;
  const frequencies = Array.from({ length: classes }, (_, c) => labels.filter((label) => label === c).length / count);
  const y = labels.map((label) => frequencies.map((frequency, c) => (label === c ? 1 : 0) - frequency));
  const columns = transposed(x, width);
  const isNarrow = width <= count;
  const system = (isNarrow ? columns : x).map((a, i, all) =>
    all.map((b, j) => dot(a, b) + (i === j ? ridge * count : 0)),
  );
  const right = isNarrow ? columns.map((column) => combined(column, y, classes)) : y;
  const solution = solved(system, right);
  const weights = isNarrow ? solution : columns.map((column) => combined(column, solution, classes)); // [d, classes]
  return (row) => {
    const scores = combined(standardise(row), weights, classes).map((score, c) => score + frequencies[c]!);
    return scores.indexOf(Math.max(...scores));
  };
}

const dot = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};
const transposed = (matrix: Matrix, width: number): Matrix =>
  Array.from({ length: width }, (_, j) => matrix.map((row) => row[j]!));

/** sum_i factors_i rows_i, of `width` numbers */
function combined(factors: readonly number[], rows: Matrix, width: number): number[] {
  const sum = new Array<number>(width).fill(0);
  factors.forEach((factor, i) => {
    for (let c = 0; c < width; c++) sum[c]! += factor * rows[i]![c]!;
  });
  return sum;
}

function standardiser(rows: Matrix): (row: readonly number[]) => number[] {
  const moments = transposed(rows, rows[0]!.length).map((column, at) => {
    const mean = column.reduce((sum, each) => sum + each, 0) / column.length;
    const variance = column.reduce((sum, each) => sum + (each - mean) ** 2, 0) / column.length;
    return { at, mean, deviation: Math.sqrt(variance) };
  });
  const varying = moments.filter(({ mean, deviation }) => deviation > 1e-7 * Math.abs(mean));
  return (row) => varying.map(({ at, mean, deviation }) => (row[at]! - mean) / deviation);
}

/** The solution of A X = B for a symmetric, positive definite A, by its Cholesky factor L: A = L L^T. */
function solved(system: Matrix, right: Matrix): Matrix {
  const factor: number[][] = [];
  system.forEach((row, i) => {
    factor.push([]);
    for (let j = 0; j <= i; j++) {
      const rest = row[j]! - dot(factor[i]!, factor[j]!.slice(0, j));
      factor[i]!.push(i === j ? Math.sqrt(rest) : rest / factor[j]![j]!);
    }
  });
  const columns = right[0]?.length ?? 0;
  const forward: number[][] = []; // L Z = B
  right.forEach((row, i) => {
    const before = combined(factor[i]!.slice(0, i), forward, columns);
    forward.push(row.map((each, c) => (each - before[c]!) / factor[i]![i]!));
  });
  const solution: number[][] = []; // L^T X = Z
  for (let i = right.length - 1; i >= 0; i--) {
    const behind = new Array<number>(columns).fill(0);
    for (let k = i + 1; k < right.length; k++)
      for (let c = 0; c < columns; c++) behind[c]! += factor[k]![i]! * solution[k]![c]!;
    solution[i] = forward[i]!.map((each, c) => (each - behind[c]!) / factor[i]![i]!);
  }
  return solution;
}
