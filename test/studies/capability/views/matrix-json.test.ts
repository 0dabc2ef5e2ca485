import { buildMatrix } from '../../../../src/studies/capability/summarise/matrix';
import { MatrixJson, matrixToJson } from '../../../../src/studies/capability/views/matrix-json';
import { makeManifest } from '../../../support/records';
import { makeMatrix, smallMatrix, storedRecords } from '../../../support/matrix';

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
  const close = (value: number) => expect.closeTo(value, 3) as number;
  const run = {
    outcome: 'completed',
    steps: 1000,
    sequences: 64_000,
    parameterCount: 10,
    trainingSeconds: 20,
    curve: [],
  };
  expect(cell).toEqual({
    architecture: 'lstm',
    task: 'parity',
    level: 'regular',
    kind: 'architecture',
    seeds: 2,
    expectedSeeds: 2,
    inRange: {
      exact: 0.9,
      token: 0.95,
      intervals: {
        exact: { low: close(0.857), high: 1, confidence: 0.5 },
        token: { low: close(0.916), high: 1, confidence: 0.5 },
      },
      best: { exact: 1, token: 1 },
      longest: { length: 40, exact: 0.9 },
      decisive: { exact: 0.9, low: close(0.836), high: 1 },
      perSeed: [
        { seed: 1, exact: 1, token: 1, longest: 1 },
        { seed: 2, exact: 0.9, token: 0.95, longest: 0.9 },
      ],
      baseline: { exact: 0.5, token: 0.5 },
      ceiling: null,
      scaled: { exact: close(0.8), token: close(0.9) },
      standing: { exact: 'above', token: 'above' },
      hasScale: true,
      faults: null,
      evaluatedLengths: 2,
      notAveragedLengths: 0,
      notEvaluatedLengths: 0,
    },
    near: {
      exact: 0.5,
      token: 0.75,
      intervals: {
        exact: { low: close(0.439), high: close(0.753), confidence: 0.5 },
        token: { low: close(0.694), high: close(0.889), confidence: 0.5 },
      },
      best: { exact: 0.7, token: 0.85 },
      longest: { length: 100, exact: 0.5 },
      decisive: { exact: 0.5, low: close(0.415), high: close(0.753) },
      perSeed: [
        { seed: 1, exact: 0.5, token: 0.75, longest: 0.5 },
        { seed: 2, exact: 0.7, token: 0.85, longest: 0.7 },
      ],
      baseline: { exact: 0.4, token: 0.4 },
      ceiling: null,
      scaled: { exact: close(1 / 6), token: close(7 / 12) },
      standing: { exact: 'level', token: 'above' },
      hasScale: true,
      faults: null,
      evaluatedLengths: 2,
      notAveragedLengths: 0,
      notEvaluatedLengths: 0,
    },
    far: {
      exact: null,
      token: null,
      intervals: null,
      best: null,
      longest: null,
      decisive: null,
      perSeed: [
        { seed: 1, exact: null, token: null, longest: null },
        { seed: 2, exact: null, token: null, longest: null },
      ],
      baseline: null,
      ceiling: null,
      scaled: { exact: null, token: null },
      standing: { exact: null, token: null },
      hasScale: true,
      faults: null,
      evaluatedLengths: 0,
      notAveragedLengths: 0,
      notEvaluatedLengths: 2,
    },
    baseline: 0.4,
    baselineRange: 'near',
    baselines: [{ id: 'uniform', inRange: { exact: 0.5, token: 0.5 }, near: { exact: 0.4, token: 0.4 }, far: null }],
    verdict: 'not learnt',
    verdictBounds: ['not learnt', 'learnt in range'],
    isBorderline: true,
    // In range 0.8; near, which is not above guessing by more than noise, and far, which was not evaluated, add 0.
    capability: { value: close(0.267), interval: { low: close(0.225), high: close(0.541) } },
    cost: {
      parameters: 10,
      state: null,
      flops: null,
      tokensPerAnswer: null,
      steps: 1000,
      sequences: 64_000,
      trainingSeconds: 20,
    },
    perSeed: [
      { ...run, key: 'lstm-parity-1', seed: 1, verdict: 'learnt in range' },
      { ...run, key: 'lstm-parity-2', seed: 2, verdict: 'not learnt' },
    ],
    reached: { 'learnt in range': 1, extends: 0, solves: 0 },
    solved: { seeds: 0, share: 0, interval: { low: 0, high: expect.closeTo(0.6576, 4) } },
    prediction: null,
    statements: [],
    agreement: 'no result',
    theory: 'no result',
    testsTheory: false,
    lengths: [1, 40, 41, 100, 101, 256].map((length) => expect.objectContaining({ length, isAveraged: length < 101 })),
  });
});

test('columns tell their lengths and ceilings, and how rows were trained is told once', () => {
  const { columns, training } = matrixToJson(smallMatrix());
  expect(columns.map(({ task, ceiling }) => [task, ceiling.far])).toEqual([
    ['parity', 1],
    ['reversal', 1],
  ]);
  expect(columns[0]!.lengths).toEqual({ inRange: [1, 40], near: [41, 100], far: [101, 256] });
  expect(training).toMatchObject({ differs: [], steps: [1000, 1000], stopping: { patience: 3 } });
});

test('cells without scores are listed apart, and everything survives JSON', () => {
  const json = matrixToJson(smallMatrix());
  expect(json.absent).toEqual([
    {
      architecture: 'transformer',
      task: 'reversal',
      status: 'missing',
      seed: 1,
      reason: 'not run yet',
      prediction: null,
    },
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

test('predictions with their code, the propositions they use, and whether they are tested', () => {
  const json = matrixToJson(
    makeMatrix(
      { architectures: ['lstm'], baselines: [], seeds: [1], predictions: [predicted('parity'), predicted('reversal')] },
      [{ inRange: 1, near: 1, far: 1 }],
    ),
  );
  const prediction = {
    code: '+',
    expressible: 'can',
    evidence: 'theorem',
    extends: 'no result',
    extensionEvidence: 'none',
    propositions: ['R4'],
  };
  expect(json.cells[0]).toMatchObject({
    prediction,
    statements: [{ kind: 'prediction', about: 'expressibility', agreement: 'agrees' }],
    agreement: 'agrees',
    theory: 'agrees',
    testsTheory: true,
  });
  expect(json.absent).toMatchObject([{ task: 'reversal', status: 'missing', prediction }]);
  expect(json.propositions).toEqual([
    { id: 'R4', statement: 'What R4 says.', citation: 'Somebody 2024, theorem R4', evidence: 'theorem' },
  ]);
});

const predicted = (task: string) =>
  ({ architecture: 'lstm', task, expressible: 'can', evidence: 'theorem', propositions: ['R4'] }) as const;
