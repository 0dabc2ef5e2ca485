import { parse } from 'csv-parse/sync';
import { MatrixCsv } from '../../../../src/studies/capability/views/matrix-csv';
import { makeMatrix, smallMatrix } from '../../../support/matrix';

const read = (matrix = smallMatrix()) =>
  parse(new MatrixCsv().draw(matrix), { columns: true, record_delimiter: '\r\n' }) as unknown as Record<
    string,
    string
  >[];

test('a line for each row and column', () => {
  const lines = read();
  expect(lines.map(({ architecture, task, verdict, absence }) => [architecture, task, verdict || absence])).toEqual([
    ['lstm', 'parity', 'solves'],
    ['lstm', 'reversal', 'learnt in range'],
    ['transformer', 'parity', 'not learnt'],
    ['transformer', 'reversal', 'missing'],
    ['uniform', 'parity', 'not learnt'],
    ['uniform', 'reversal', 'not learnt'],
    ['oracle', 'parity', 'solves'],
    ['oracle', 'reversal', 'solves'],
  ]);
  expect(Object.keys(lines[0]!)).toHaveLength(12 + 3 * (2 * 10 + 9) + 39);
});

test('all numbers, each seed and all notes', () => {
  const matrix = makeMatrix(
    { architectures: ['lstm'], baselines: ['uniform'], tasks: [['parity', 'regular']], seeds: [1, 2, 5] },
    [
      { seed: 1, inRange: { exact: 1, token: 1 }, near: { exact: 0.25, token: 0.75 } },
      { seed: 5, inRange: { exact: 0.5, token: 0.75 } },
      { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
    ],
  );
  expect(read(matrix)[0]).toMatchObject({
    kind: 'architecture',
    level: 'regular',
    in_range_exact: '0.5',
    in_range_exact_of_seeds: '1;0.5',
    in_range_exact_best: '1',
    in_range_exact_confidence: '0.5',
    in_range_exact_baseline: '0.5',
    in_range_exact_beside_baseline: 'level',
    in_range_exact_scaled: '0',
    in_range_token: '0.75',
    in_range_longest_length: '40',
    in_range_longest_exact: '0.5',
    in_range_not_averaged_lengths: '0',
    near_exact_of_seeds: '0.25;',
    near_exact_scaled: '-0.5',
    far_exact: '',
    far_not_evaluated_lengths: '2',
    seeds: '2',
    expected_seeds: '3',
    seed_numbers: '1;5',
    steps_of_seeds: '1000;1000',
    sequences_of_seeds: '64000;64000',
    verdict_of_seeds: 'learnt in range;not learnt',
    seeds_that_learn: '1',
    seeds_that_solve: '0',
    verdict_lowest: 'not learnt',
    verdict_highest: 'learnt in range',
    agreement: 'no result',
    notes: '0.25 near, below guessing (0.50); 2 of 3 seeds; borderline: not learnt to learnt in range',
  });
});

test('what theory predicts, and what became of it; nothing where it was not asked', () => {
  const lines = read(
    makeMatrix(
      {
        architectures: ['lstm'],
        baselines: ['uniform'],
        seeds: [1],
        predictions: [
          {
            architecture: 'lstm',
            task: 'parity',
            expressible: 'cannot beyond a length',
            evidence: 'theorem',
            binds: 2049,
            extends: 'not expected',
            extensionEvidence: 'empirical law',
            propositions: ['R1', 'T11'],
          },
          { architecture: 'lstm', task: 'reversal', reason: 'nobody asked' },
        ],
      },
      [{ inRange: 1, near: 0.5, far: 0.5 }],
    ),
  );
  expect(lines[0]).toMatchObject({
    predicted: 'Xa',
    expressible: 'cannot beyond a length',
    expressible_evidence: 'theorem',
    binds_from: '2049',
    extends: 'not expected',
    extends_evidence: 'empirical law',
    propositions: 'R1;T11',
    no_result_because: '',
    theory: 'agrees',
    tests_theory: 'yes',
    agreement: 'agrees',
  });
  expect(lines[1]).toMatchObject({
    predicted: '?',
    no_result_because: 'nobody asked',
    theory: 'not measured',
    tests_theory: 'no',
  });
  expect(lines[2]).toMatchObject({
    architecture: 'uniform',
    predicted: '',
    expressible: '',
    theory: '',
    tests_theory: '',
  });
});
