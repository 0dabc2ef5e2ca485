import { withEnoughSeeds } from '../../../../src/studies/capability/summarise/enough-seeds';
import { makeMatrix } from '../../../support/matrix';

test('cells with fewer seeds count as not measured; baselines have one and stay', () => {
  const matrix = makeMatrix(
    { architectures: ['gru', 'lstm'], baselines: ['uniform'], tasks: [['parity', 'regular']] },
    [
      { architecture: 'gru', inRange: 1, near: 1, far: 1 },
      { architecture: 'lstm', seed: 1, inRange: 1, near: 1, far: 1 },
      { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
    ],
  );
  const asked = withEnoughSeeds(matrix, 2);
  expect(asked.cells.map(({ row, summary }) => [row.id, summary !== null])).toEqual([
    ['gru', false],
    ['lstm', false],
    ['uniform', true],
  ]);
  expect(asked.cell('gru', 'parity').problems.at(-1)).toEqual({
    absence: 'too few seeds',
    seed: null,
    reason: '1 of at least 2 seeds',
  });
  expect(withEnoughSeeds(matrix, 1).cells).toEqual(matrix.cells);
});
