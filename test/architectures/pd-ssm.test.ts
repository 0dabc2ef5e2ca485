import { PdSsm, PdSsmHyperparameters } from '../../architectures/pd-ssm';
import { createRng } from '../../src/core/random';

it('starts with permutations: the largest scores of the columns are in different rows', () => {
  const { stateSize: n, dictionarySize } = new PdSsmHyperparameters();
  const dictionary = new PdSsm()
    .build(new PdSsmHyperparameters(), 5)
    .parameters.find(({ name }) => name.endsWith('dictionary'))!;
  const scores = dictionary.initializer(createRng(1), dictionary.shape);
  let moved = 0;
  for (let k = 0; k < dictionarySize; k++) {
    const indices = Array.from({ length: n }, (_, i) => i);
    const scoreOf = (row: number, column: number) => scores[(k * n + row) * n + column]!;
    const rows = indices.map((column) =>
      indices.reduce((best, row) => (scoreOf(row, column) > scoreOf(best, column) ? row : best)),
    );
    moved += rows.filter((row, column) => row !== column).length;
    expect(new Set(rows).size).toBeGreaterThan(0.8 * n);
  }
  expect(moved).toBeGreaterThan(0.5 * n * dictionarySize);
});
