import type { Matrix, MatrixCell } from './matrix';

/** The same matrix in which cells of trained rows with fewer seeds count as not measured. */
export function withEnoughSeeds(matrix: Matrix, fewest: number): Matrix {
  const cells = matrix.cells.map((cell): MatrixCell => {
    const { row, summary, problems } = cell;
    if (row.kind === 'baseline' || !summary || summary.seeds.length >= fewest) return cell;
    const reason = `${summary.seeds.length} of at least ${fewest} seeds`;
    return { ...cell, summary: null, problems: [...problems, { absence: 'too few seeds', seed: null, reason }] };
  });
  const byPair = new Map(cells.map((cell) => [`${cell.row.id}\n${cell.column.id}`, cell]));
  return { ...matrix, cells, cell: (row, column) => byPair.get(`${row}\n${column}`)! };
}
