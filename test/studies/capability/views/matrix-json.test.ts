import { buildMatrix } from '../../../../src/studies/capability/summarise/matrix';
import { MatrixJson, matrixToJson } from '../../../../src/studies/capability/views/matrix-json';
import { makeManifest } from '../../../support/records';
import { smallMatrix, storedRecords } from '../../../support/matrix';

test('each measured cell has medians, per-seed values, baseline and verdict', () => {
  const manifest = makeManifest({
    architectures: ['lstm'],
    baselines: ['uniform'],
    tasks: [['parity', 'regular']],
    seeds: [1, 2],
  });
  const [cell] = matrixToJson(
    buildMatrix({
      manifest,
      stored: storedRecords([
        { seed: 1, inRange: { exact: 1, token: 1 }, near: { exact: 0.5, token: 0.75 } },
        { seed: 2, inRange: { exact: 0.9, token: 0.95 }, near: { exact: 0.7, token: 0.85 } },
        { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.4, far: 0.3 },
      ]),
    }),
  ).cells;
  expect(cell).toEqual({
    architecture: 'lstm',
    task: 'parity',
    level: 'regular',
    kind: 'architecture',
    seeds: 2,
    expectedSeeds: 2,
    inRange: {
      exact: 0.95,
      token: 0.975,
      perSeed: [
        { seed: 1, exact: 1, token: 1 },
        { seed: 2, exact: 0.9, token: 0.95 },
      ],
      baseline: { exact: 0.5, token: 0.5 },
      scaled: { exact: expect.closeTo(0.9), token: expect.closeTo(0.95) },
      evaluatedLengths: 2,
      notEvaluatedLengths: 0,
    },
    near: {
      exact: 0.6,
      token: 0.8,
      perSeed: [
        { seed: 1, exact: 0.5, token: 0.75 },
        { seed: 2, exact: 0.7, token: 0.85 },
      ],
      baseline: { exact: 0.4, token: 0.4 },
      scaled: { exact: expect.closeTo(1 / 3), token: expect.closeTo(2 / 3) },
      evaluatedLengths: 2,
      notEvaluatedLengths: 0,
    },
    far: {
      exact: null,
      token: null,
      perSeed: [
        { seed: 1, exact: null, token: null },
        { seed: 2, exact: null, token: null },
      ],
      baseline: null,
      scaled: { exact: null, token: null },
      evaluatedLengths: 0,
      notEvaluatedLengths: 2,
    },
    baseline: 0.4,
    baselineRange: 'near',
    baselines: [{ id: 'uniform', inRange: { exact: 0.5, token: 0.5 }, near: { exact: 0.4, token: 0.4 }, far: null }],
    verdict: 'learnt in range',
    perSeed: [
      { seed: 1, outcome: 'completed', verdict: 'learnt in range' },
      { seed: 2, outcome: 'completed', verdict: 'not learnt' },
    ],
    solved: { seeds: 0, share: 0, interval: { low: 0, high: expect.closeTo(0.6576, 4) } },
    claims: [],
    agreement: 'no claim',
  });
});

test('cells without scores are listed apart, and everything survives JSON', () => {
  const json = matrixToJson(smallMatrix());
  expect(json.absent).toEqual([
    { architecture: 'transformer', task: 'reversal', status: 'missing', seed: 1, reason: 'not run yet' },
  ]);
  expect(json.cells.map(({ architecture, task, verdict }) => `${architecture} ${task}: ${verdict}`)).toEqual([
    'lstm parity: solves',
    'lstm reversal: learnt in range',
    'transformer parity: not learnt',
    'uniform parity: not learnt',
    'uniform reversal: not learnt',
    'oracle parity: solves',
    'oracle reversal: solves',
  ]);
  const drawn = new MatrixJson().draw(smallMatrix());
  expect(drawn.trimEnd()).not.toContain('\n'); // several runs can be read line by line
  expect(JSON.parse(drawn)).toEqual(json);
});
