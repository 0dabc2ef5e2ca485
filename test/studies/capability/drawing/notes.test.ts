import { cellNotes, faultsSentence, firstNotes, notesOf } from '../../../../src/studies/capability/drawing/notes';
import type { CellRecord } from '../../../../src/core/contracts/record';
import type { Stored } from '../../../../src/core/contracts/store';
import { buildMatrix } from '../../../../src/studies/capability/summarise/matrix';
import { makeMatrix, storedRecords } from '../../../support/matrix';
import { makeCell, makeManifest, makeRecord, type GivenPrediction, type GivenRecord } from '../../../support/records';

test('notes tell the gravest first, and nothing of cells that merely wait', () => {
  const manifest = makeManifest({
    architectures: ['lstm', 'broken', 'wordless'],
    baselines: [],
    tasks: [['parity', 'regular']],
    seeds: [1, 2, 3, 4],
    inapplicable: [{ architecture: 'wordless', task: 'parity', reason: 'parity has no trace' }],
  });
  const claims = [{ task: 'parity', range: 'near' as const, atMost: 0.6, source: 'Somebody 2024, table 2' }];
  const matrix = buildMatrix({
    manifest: {
      ...manifest,
      architectures: manifest.architectures.map((row) => (row.id === 'lstm' ? { ...row, claims } : row)),
    },
    stored: storedRecords([1, 2, 3].map((seed) => ({ seed, inRange: 1, near: 0.9 }))),
    failures: new Map(
      [1, 2, 3, 4].map((seed) => [
        makeCell({ architecture: 'broken', seed }).key,
        { code: 'test', message: 'out of memory\nat line 3' },
      ]),
    ),
    scanned: [{ status: 'corrupt', file: 'torn.json', reason: 'ends early' }],
  });
  expect(notesOf(matrix)).toEqual([
    'lstm x parity: 0.90 near, published at most 0.6 (Somebody 2024, table 2)',
    'broken x parity: failed, out of memory',
    'torn.json: corrupt, ends early',
    'lstm x parity: 3 of 4 seeds',
    'wordless does not apply to parity: parity has no trace',
  ]);
  expect(firstNotes(matrix, 3)).toEqual([...notesOf(matrix).slice(0, 2), 'and 3 more']);
  expect(notesOf(makeMatrix({}, []))).toEqual([]);
  expect(cellNotes(matrix.cell('lstm', 'parity'))).toEqual([
    '0.90 near, published at most 0.6 (Somebody 2024, table 2)',
    '3 of 4 seeds',
  ]);
  expect(cellNotes(matrix.cell('wordless', 'parity'))).toEqual(['parity has no trace']);
});

test('what lies in the folder besides is told once for each class, with counts', () => {
  const manifest = makeManifest({
    architectures: ['lstm', 'gru', 'rnn', 'rwkv', 'mamba'],
    baselines: [],
    tasks: [['parity', 'regular']],
  });
  const stale = (given: GivenRecord, reason: string, cell?: string): Stored<CellRecord> => ({
    ...{ status: 'stale', record: makeRecord(given), file: `${given.architecture} ${given.seed}.json`, reason },
    ...(cell !== undefined && { cell }),
  });
  const lacking = ['gru', 'rnn', 'rwkv', 'mamba'];
  const byOnnx = 'it was trained by the engine onnx, not by native';
  const others = [5, 6, 7].map((seed): Stored<CellRecord> => ({
    ...{ status: 'of another run', file: `${seed}.json`, record: makeRecord({ seed }) },
    reason: `this experiment does not ask for lstm x parity, seed ${seed}`,
  }));
  const matrix = (scanned: readonly Stored<CellRecord>[]) =>
    buildMatrix({ manifest, stored: storedRecords([{ inRange: 1, near: 1, far: 1 }]), scanned });
  const replaced = [2, 3].map((seed) => stale({ architecture: 'lstm', seed }, 'lstm went from version 1 to 2'));
  const scanned = [
    ...lacking.map((architecture) => stale({ architecture }, byOnnx, makeCell({ architecture }).key)),
    ...others,
    ...replaced,
    stale({ architecture: 'lstm', seed: 1 }, byOnnx, makeCell({}).key),
  ];
  expect(notesOf(matrix(scanned))).toEqual([
    `gru x parity, rnn x parity, rwkv x parity and 1 more: stale, there is a record of it: ${byOnnx}`,
    'each of 2 records: stale, lstm went from version 1 to 2',
    `lstm 1.json: stale, ${byOnnx}`,
    '3 records of another run, not shown: this experiment does not ask for lstm x parity, seed 5, and so on',
  ]);
  expect(notesOf(matrix(others.slice(2))).at(-1)).toBe(
    '1 record of another run, not shown: this experiment does not ask for lstm x parity, seed 7',
  );
});

test('seeds that diverged are counted', () => {
  const matrix = makeMatrix({ architectures: ['lstm'], tasks: [['parity', 'regular']], seeds: [1, 2] }, [
    { seed: 1, inRange: 1 },
    { seed: 2, outcome: 'diverged' },
  ]);
  expect(notesOf(matrix)).toContain('lstm x parity: 1 of 2 seeds diverged');
});

test('a score below guessing is explained by what was wrong with the answers', () => {
  const manifest = makeManifest({ architectures: ['cot'], baselines: ['uniform'], tasks: [['parity', 'regular']] });
  const record = makeRecord({ architecture: 'cot', inRange: 0.9, near: 0.5, far: 0.2 });
  const faults = { unfinished: 0.6, malformed: 0, wrong: 0.2 };
  const told = { ...record, lengths: record.lengths.map((result) => ({ ...result, faults })) };
  const guessing = storedRecords([{ architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 }]);
  const matrix = buildMatrix({
    manifest,
    stored: new Map([...guessing, [told.key, { status: 'finished' as const, record: told }]]),
  });
  const note = '0.20 far, below guessing (0.50): of 256 answers 60 % unfinished, 20 % wrong';
  expect(notesOf(matrix)).toEqual([`cot x parity: ${note}`]);
  expect(cellNotes(matrix.cell('cot', 'parity'))).toEqual([note]);
  expect(faultsSentence({ answers: 4608, unfinished: 0.78, malformed: 0.014, wrong: 0.006 })).toBe(
    'of 4,608 answers 78 % unfinished, 1 % malformed, 1 % wrong',
  );
});

test('what an average hides at the longest length is told, and what noise leaves open', () => {
  const record = makeRecord({ inRange: 1, near: 1, far: 0.96 });
  const lengths = record.lengths.map((result) =>
    result.length === 256 ? { ...result, score: { exact: 0.77, token: 0.77 } } : result,
  );
  const manifest = makeManifest({ architectures: ['lstm'], baselines: [] });
  const borderline = makeRecord({ task: 'reversal', inRange: 1, near: 0.96 });
  const matrix = buildMatrix({
    manifest,
    stored: new Map(
      [{ ...record, lengths }, borderline].map((each) => [each.key, { status: 'finished' as const, record: each }]),
    ),
  });
  expect(notesOf(matrix)).toEqual([
    'lstm x parity: 0.96 far on average, but 0.77 at length 256',
    'borderline: lstm x reversal (learnt in range to extends)',
  ]);
  expect(cellNotes(matrix.cell('lstm', 'reversal'))).toEqual(['borderline: learnt in range to extends']);
});

test('a published maximum is told beside the best seed', () => {
  const manifest = makeManifest({
    architectures: ['lstm'],
    baselines: [],
    tasks: [['parity', 'regular']],
    seeds: [1, 2, 3],
  });
  const claims = [
    { task: 'parity', range: 'far' as const, atLeast: 0.99, overSeeds: 'maximum' as const, source: 'A 2024' },
  ];
  const matrix = buildMatrix({
    manifest: { ...manifest, architectures: manifest.architectures.map((row) => ({ ...row, claims })) },
    stored: storedRecords([
      { seed: 1, inRange: 1, near: 1, far: 0.4 },
      { seed: 2, inRange: 1, near: 1, far: 0.5 },
      { seed: 3, inRange: 1, near: 1, far: 0.3 },
    ]),
  });
  expect(notesOf(matrix)).toContain('lstm x parity: 0.50 far in the best seed, published at least 0.99 (A 2024)');
});

test('a memory that is too small for some lengths is told', () => {
  const record = makeRecord({ inRange: 1, near: 0.5, far: 0 });
  const exceedsMemory = 'an external memory of 26 cells, and an input of 51 takes 52';
  const lengths = record.lengths.map((result) => (result.range === 'far' ? { ...result, exceedsMemory } : result));
  const far = lengths.filter(({ range }) => range === 'far').map(({ length }) => length);
  const stored = new Map([[record.key, { status: 'finished' as const, record: { ...record, lengths } }]]);
  const matrix = buildMatrix({ manifest: makeManifest(), stored });
  expect(cellNotes(matrix.cell('lstm', 'parity'))).toContain(
    `lengths ${Math.min(...far)} to ${Math.max(...far)}: ${exceedsMemory}`,
  );
});

describe('what theory is told of:', () => {
  const solved = [1, 2, 3].map((seed) => ({ seed, inRange: 1, near: 1, far: 1 }));
  const short = [1, 2, 3].map((seed) => ({ seed, inRange: 1, near: 0.5, far: 0.5 }));
  const notes = (records: typeof solved, prediction: Partial<GivenPrediction>) =>
    notesOf(
      makeMatrix(
        {
          architectures: ['lstm'],
          baselines: [],
          tasks: [['parity', 'regular']],
          seeds: [1, 2, 3],
          predictions: [{ architecture: 'lstm', task: 'parity', propositions: ['1'], ...prediction }],
        },
        records,
      ),
    );

  it('a disagreement with a theorem, loudly', () => {
    expect(notes(solved, { expressible: 'cannot beyond a length', evidence: 'theorem', binds: 65 })).toEqual([
      'lstm x parity: DISAGREES WITH A THEOREM, a bug until proven otherwise: solves, and theory says: cannot from length 65 on (Somebody 2024, theorem 1)',
    ]);
    expect(notes(short, { extends: 'expected', extensionEvidence: 'theorem' })).toEqual([
      'lstm x parity: DISAGREES WITH A THEOREM about an idealised training, a bug until proven otherwise: learnt in range, and theory says: expected to extend (Somebody 2024, theorem 1)',
    ]);
  });

  it('a disagreement with a law, quietly', () => {
    expect(notes(solved, { extends: 'not expected', extensionEvidence: 'empirical law' })).toEqual([
      'lstm x parity: solves, and theory says: not expected to extend (Somebody 2024, theorem 1)',
    ]);
  });

  it('what is solved at every evaluated length though it cannot be at all lengths', () => {
    expect(notes(solved, { expressible: 'cannot', evidence: 'theorem' })).toEqual([
      'lstm x parity: solves up to 256, and all lengths are meant; theory says: cannot at all lengths (Somebody 2024, theorem 1)',
    ]);
  });

  it('nothing else', () => {
    expect(notes(solved, { expressible: 'can', evidence: 'theorem' })).toEqual([]);
    expect(notes(short, { expressible: 'can', evidence: 'theorem' })).toEqual([]);
  });
});

test('runs that stopped as futile are told in one line, with how many seeds and after how many steps', () => {
  const matrix = makeMatrix({ architectures: ['lstm'], baselines: [], seeds: [1, 2] }, [
    { seed: 1, outcome: 'stopped-futile', inRange: 0.5 },
    { seed: 2, inRange: 0.5 },
    { task: 'reversal', outcome: 'stopped-futile', inRange: 0.1 },
    { task: 'reversal', seed: 2, outcome: 'stopped-futile', inRange: 0.1 },
  ]);
  expect(notesOf(matrix)).toEqual([
    'stopped as futile: lstm x parity (1 of 2 seeds, after 1,000 steps), lstm x reversal (2 of 2 seeds, after 1,000 steps)',
  ]);
  expect(cellNotes(matrix.cell('lstm', 'parity'))).toEqual(['stopped as futile: 1 of 2 seeds, after 1,000 steps']);
});
