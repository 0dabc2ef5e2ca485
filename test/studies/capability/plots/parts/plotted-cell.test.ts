import { plottedCells } from '../../../../../src/studies/capability/plots/parts/plotted-cell';
import { makeMatrix, smallMatrix } from '../../../../support/matrix';

describe('what plots draw of a matrix', () => {
  it('has every measured cell with its scores, lengths and seeds', () => {
    const matrix = smallMatrix();
    const cells = plottedCells(matrix.cells);
    expect(cells).toHaveLength(matrix.cells.filter(({ summary }) => summary).length);
    const { summary } = matrix.cell('lstm', 'parity');
    const cell = cells.find(({ row, column }) => row === 'lstm' && column === 'parity')!;
    expect(cell).toMatchObject({ isBaseline: false, lengths: summary!.lengths, cost: summary!.cost });
    expect(cell.scores.far!.exact).toBe(0.999);
    expect(cell.seeds).toEqual([{ seed: 1, outcome: 'completed', curve: summary!.seeds[0]!.curve }]);
  });

  it('guesses as well as the best baseline that does not know the answer, at each length and for each kind by itself', () => {
    const guess = (architecture: string, exact: number, token: number) => ({
      architecture,
      task: 'parity',
      baseline: true,
      inRange: { exact, token },
    });
    const { cells } = makeMatrix(
      { architectures: ['lstm'], baselines: ['uniform', 'majority', 'oracle'], tasks: [['parity', 'regular']] },
      [
        { architecture: 'lstm', task: 'parity', inRange: 1 },
        guess('uniform', 0.5, 0.5),
        guess('majority', 0.25, 0.75),
        guess('oracle', 1, 1),
      ],
    );
    const [cell] = plottedCells(cells);
    expect(cell!.guesses.find(({ length }) => length === 1)).toEqual({ length: 1, exact: 0.5, token: 0.75 });
  });

  it('has no guesses where no baseline was measured', () => {
    const { cells } = makeMatrix({ architectures: ['lstm'], tasks: [['parity', 'regular']] }, [
      { architecture: 'lstm', task: 'parity', inRange: 1 },
    ]);
    expect(plottedCells(cells)[0]!.guesses).toEqual([]);
  });
});
