/**
 * Gauss-Jordan elimination modulo a prime, in place: the first `columns` columns become the identity. `visit` sees the
 * matrix after each column. Returns false, with the matrix half done, where those columns are linearly dependent.
 */
export function eliminate(matrix: number[][], columns: number, modulus: number, visit?: () => void): boolean {
  for (let column = 0; column < columns; column++) {
    let pivot = column;
    while (pivot < columns && matrix[pivot]![column] === 0) pivot++;
    if (pivot === columns) return false;
    const row = matrix[pivot]!;
    matrix[pivot] = matrix[column]!;
    matrix[column] = row;
    const scale = inverse(row[column]!, modulus);
    for (let i = column; i < row.length; i++) row[i] = (row[i]! * scale) % modulus;
    for (let i = 0; i < columns; i++) if (i !== column) subtractMultiple(matrix[i]!, row, column, modulus);
    visit?.();
  }
  return true;
}

/** Takes as much of `row`, whose entry at `column` is 1, from `other` as makes its entry there 0. */
function subtractMultiple(other: number[], row: readonly number[], column: number, modulus: number): void {
  const factor = modulus - other[column]!;
  if (factor === modulus) return;
  for (let i = column; i < row.length; i++) other[i] = (other[i]! + factor * row[i]!) % modulus;
}

/** The number that multiplies with `value` to 1 modulo a prime: value^(p - 2) (Fermat). */
function inverse(value: number, prime: number): number {
  let result = 1;
  let square = value;
  for (let exponent = prime - 2; exponent > 0; exponent >>= 1) {
    if (exponent % 2 === 1) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}
