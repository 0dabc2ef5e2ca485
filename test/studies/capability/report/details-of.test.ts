import { lengthRanges } from '../../../../src/core/contracts/reference';
import { detailsOf } from '../../../../src/studies/capability/report/details-of';
import { verdictsInOrder } from '../../../../src/studies/capability/report/grid-data';
import { gridOf } from '../../../../src/studies/capability/report/grid-of';
import { columnsOf } from '../../../../src/studies/capability/summarise/matrix';
import { smallMatrix, theoryMatrix } from '../../../support/matrix';

describe.each([
  ['of several rows and columns', smallMatrix()],
  ['with theory and three seeds', theoryMatrix()],
])('a matrix %s', (_, matrix) => {
  const { rows, protocols } = detailsOf(matrix, matrix.sources);
  const grid = gridOf(matrix, { protocols });
  const columns = columnsOf(matrix);

  it('is the same in the data of a page, to the thousandth', () => {
    matrix.rows.forEach((row, y) =>
      columns.forEach((column, x) => {
        const { summary, problems } = matrix.cell(row.id, column.id);
        const at = y * columns.length + x;
        expect(verdictsInOrder[grid.cells.verdict[at]!]).toBe(summary?.verdict ?? undefined);
        expect(grid.cells.absence[at]! >= 0).toBe(summary === null);
        lengthRanges.forEach((range, place) => {
          const score = summary?.ranges[range].score;
          for (const kind of ['exact', 'token'] as const) {
            const shown = grid.cells.scores[kind][place]![at];
            if (!score) expect(shown).toBeNull();
            else expect(shown! / 1000).toBeCloseTo(score[kind], 3);
          }
        });
        const cell = rows[y]!.cells[x]!;
        expect(cell?.problems ?? []).toEqual(problems.filter(({ absence }) => absence !== 'left out'));
        expect(cell?.measured?.seeds.map(({ seed, key }) => [seed, key]) ?? []).toEqual(
          (summary?.seeds ?? []).map(({ seed, key }) => [seed, key.slice(0, 12)]),
        );
        expect(cell?.measured?.lengths.map(({ length, exact }) => [length, exact]) ?? []).toEqual(
          (summary?.lengths ?? []).map(({ length, seeds }) => [
            length,
            seeds.map(({ score }) => (score ? Math.round(1000 * score.exact) : null)),
          ]),
        );
        expect(cell?.statements.map(({ says }) => says) ?? []).toEqual(
          (summary?.statements ?? []).map(({ says }) => says),
        );
      }),
    );
  });

  it('has the specification of every cell, its protocol once', () => {
    expect(protocols).toHaveLength(1);
    const first = rows[0]!.cells[0]!;
    expect(first.specification).toMatchObject({ architecture: { id: matrix.rows[0]!.id }, protocol: 0 });
    expect(first.measured!.seeds[0]!.provenance).toBe(0);
    expect(rows[0]!.provenances[0]).not.toHaveProperty('trainingSeconds');
  });

  it('is data that JSON keeps', () => expect(JSON.parse(JSON.stringify({ rows, grid }))).toEqual({ rows, grid }));
});
