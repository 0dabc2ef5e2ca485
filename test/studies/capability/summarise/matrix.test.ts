import fc from 'fast-check';
import type { CellRecord } from '../../../../src/core/contracts/record';
import type { Stored } from '../../../../src/core/contracts/store';
import { buildLeaderboard } from '../../../../src/studies/capability/summarise/leaderboard';
import { buildMatrix, columnsOf, type Matrix } from '../../../../src/studies/capability/summarise/matrix';
import { MatrixSvg } from '../../../../src/studies/capability/views/matrix-svg';
import { makeCell, makeManifest, makeRecord, type GivenRecord } from '../../../support/records';

const stored = (...given: GivenRecord[]) =>
  new Map<string, Stored<CellRecord>>(
    given.map((each) => {
      const record = makeRecord(each);
      return [record.key, { status: 'finished', record }];
    }),
  );
const stale = (record: CellRecord): Stored<CellRecord> => ({
  status: 'stale',
  file: 'old.json',
  record,
  reason: 'made by lstm version 0',
});

test('columns are grouped by level, weakest first; baselines come last, the oracle after those that guess', () => {
  const manifest = makeManifest({
    tasks: [
      ['multiplication', 'context-sensitive'],
      ['parity', 'regular'],
      ['magic', 'unheard-of'],
      ['cycle', 'regular'],
    ],
  });
  const matrix = buildMatrix({
    manifest: { ...manifest, architectures: [...manifest.architectures].reverse() },
    stored: new Map(),
  });
  expect(matrix.groups.map(({ heading, columns }) => [heading, columns.map(({ id }) => id)])).toEqual([
    ['regular', ['parity', 'cycle']],
    ['context-sensitive', ['multiplication']],
    ['unheard-of', ['magic']],
  ]);
  expect(matrix.rows.map(({ id }) => id)).toEqual(['transformer', 'lstm', 'uniform', 'oracle']);
  expect(columnsOf(matrix)).toHaveLength(4);
  expect(matrix.cells).toHaveLength(16);
});

test('scores are scaled by the baselines that guess, not by the oracle', () => {
  const matrix = buildMatrix({
    manifest: makeManifest(),
    stored: stored(
      { inRange: 1, near: 0.75, far: 0.5 },
      { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
      { architecture: 'oracle', baseline: true, inRange: 1, near: 1, far: 1 },
    ),
  });
  const { summary } = matrix.cell('lstm', 'parity');
  expect(summary!.ranges.near.scaled.exact).toBe(0.5);
  expect(summary!.baselines.map(({ id }) => id)).toEqual(['uniform']);
  expect(matrix.lengths).toEqual({ inRange: [1, 40], near: [41, 100], far: [101, 256] });
  expect(matrix.seeds).toEqual([1, 1]);
});

test('rows that use the solver say what can be reached at most, each column tells its lengths', () => {
  const record = makeRecord({ architecture: 'oracle', baseline: true, inRange: 1, near: 0.55, far: 0 });
  const short = makeRecord({ task: 'reversal', inRange: 0.5 });
  const reversal = { ...short, lengths: short.lengths.slice(0, 1) };
  const matrix = buildMatrix({
    manifest: makeManifest(),
    stored: new Map([record, reversal].map((each) => [each.key, { status: 'finished', record: each }])),
  });
  expect(matrix.facts.get('parity')).toMatchObject({
    ceiling: { inRange: 1, near: 0.55, far: 0 },
    lengths: { inRange: [1, 40], far: [101, 256] },
  });
  expect(matrix.facts.get('reversal')).toMatchObject({
    ceiling: { inRange: null, near: null, far: null },
    lengths: { inRange: [1, 1], near: null, far: null },
  });
  expect(matrix.cell('oracle', 'parity').summary!.ranges.near.ceiling!.exact).toBe(0.55);
});

test('ranges that a task lacks are told once for the column', () => {
  const record = makeRecord({ inRange: 1 });
  const lacking = { ...record.ranges.far, notEvaluated: 'no words\x07 of 41 or more' };
  const matrix = buildMatrix({
    manifest: makeManifest(),
    stored: new Map([
      [record.key, { status: 'finished', record: { ...record, ranges: { ...record.ranges, far: lacking } } }],
    ]),
  });
  expect(matrix.facts.get('parity')!.notEvaluated).toEqual({
    inRange: null,
    near: null,
    far: 'no words of 41 or more',
  });
});

test('each absence is told apart and none has scores', () => {
  const manifest = makeManifest({
    architectures: ['finished', 'missing', 'failed', 'corrupt', 'stale', 'outdated', 'unevaluated', 'wordless'],
    baselines: [],
    tasks: [['parity', 'regular']],
    inapplicable: [{ architecture: 'wordless', task: 'parity', reason: 'parity has no trace' }],
  });
  const at = (architecture: string) => makeCell({ architecture }).key;
  const matrix = buildMatrix({
    manifest,
    stored: new Map<string, Stored<CellRecord>>([
      ...stored({ architecture: 'finished', inRange: 1 }, { architecture: 'unevaluated' }),
      [at('corrupt'), { status: 'corrupt', file: 'torn.json', reason: 'ends early' }],
      [at('stale'), stale(makeRecord({ architecture: 'stale', inRange: 1 }))],
    ]),
    failures: new Map([[at('failed'), { code: 'test', message: 'out of memory' }]]),
    scanned: [
      { ...stale(makeRecord({ architecture: 'outdated', inRange: 1 })), cell: at('outdated') } as Stored<CellRecord>,
      stale(makeRecord({ architecture: 'finished', seed: 7 })),
      { ...stale(makeRecord({ seed: 9 })), status: 'of another run', reason: 'not asked for' } as Stored<CellRecord>,
    ],
  });
  expect(
    matrix.cells.map(({ row, summary, problems }) => [
      row.id,
      summary?.verdict ?? null,
      ...problems.flatMap(({ absence, reason }) => [absence, reason]),
    ]),
  ).toEqual([
    ['finished', 'learnt in range'],
    ['missing', null, 'missing', 'not run yet'],
    ['failed', null, 'failed', 'out of memory'],
    ['corrupt', null, 'corrupt', 'ends early'],
    ['stale', null, 'stale', 'made by lstm version 0'],
    ['outdated', null, 'stale', 'there is a record of it: made by lstm version 0'],
    ['unevaluated', null, 'not evaluated', 'token budget'],
    ['wordless', null, 'inapplicable', 'parity has no trace'],
  ]);
  const reason = 'made by lstm version 0';
  expect(matrix.leftovers).toEqual([
    { file: 'old.json', absence: 'stale', reason, cell: at('outdated') },
    { file: 'old.json', absence: 'stale', reason, cell: null },
    { file: 'old.json', absence: 'of another run', reason: 'not asked for', cell: null },
  ]);
});

test('a cell with some of its seeds has scores of those and says which lack', () => {
  const manifest = makeManifest({
    architectures: ['lstm'],
    baselines: [],
    tasks: [['parity', 'regular']],
    seeds: [1, 2, 3],
  });
  const matrix = buildMatrix({ manifest, stored: stored({ seed: 1, inRange: 1 }, { seed: 3, inRange: 0.5 }) });
  const cell = matrix.cell('lstm', 'parity');
  expect([cell.summary!.seeds.map(({ seed }) => seed), cell.expectedSeeds, cell.problems]).toEqual([
    [1, 3],
    3,
    [{ absence: 'missing', seed: 2, reason: 'not run yet' }],
  ]);
  expect(cell.summary!.ranges.inRange.score!.exact).toBe(0.5); // the lower of two in the middle
});

test('a pair that the experiment leaves out is no gap', () => {
  const manifest = makeManifest({
    architectures: ['lstm', 'rwkv'],
    baselines: [],
    tasks: [
      ['parity', 'regular'],
      ['reversal', 'regular'],
    ],
  });
  const cells = manifest.cells.filter(
    ({ specification: { architecture, task } }) => architecture.id === 'lstm' || task.id === 'parity',
  );
  const matrix = buildMatrix({ manifest: { ...manifest, cells }, stored: new Map() });
  expect(matrix.cell('rwkv', 'reversal').problems).toEqual([
    { absence: 'left out', seed: null, reason: 'not part of the experiment' },
  ]);
  expect(new MatrixSvg().draw(matrix, { score: 'exact', palette: 'none' }).match(/class="empty"/g)).toHaveLength(3);
  expect(buildLeaderboard(matrix).tasks.map(({ entries }) => entries.map(({ architecture }) => architecture))).toEqual([
    ['lstm', 'rwkv'],
    ['lstm'],
  ]);
});

test('rows and columns may have names of their own', () => {
  const manifest = makeManifest({ architectures: ['lstm'], baselines: [], tasks: [['parity', 'regular']] });
  const renamed = {
    ...manifest,
    architectures: [
      {
        ...manifest.architectures[0]!,
        id: 'lstm-wide',
        claims: [{ task: 'parity', range: 'inRange' as const, atLeast: 0.9, source: 'Somebody' }],
      },
    ],
    cells: manifest.cells.map((cell) => ({ ...cell, row: 'lstm-wide' })),
  };
  const cell = buildMatrix({ manifest: renamed, stored: stored({ inRange: 1 }) }).cell('lstm-wide', 'parity');
  expect([cell.summary!.verdict, cell.summary!.agreement]).toEqual(['learnt in range', 'agrees']);
});

test('any order of cells and records gives the same matrix', () => {
  const seeds = [1, 2, 3];
  const manifest = makeManifest({ seeds, inapplicable: [{ architecture: 'rwkv', task: 'parity', reason: 'no' }] });
  const records = [
    ...seeds.map((seed) => ({ seed, inRange: 1, near: seed / 3, far: 0.1 * seed })),
    { task: 'reversal', seed: 3, inRange: 0.5 },
    { architecture: 'transformer', seed: 2 },
    { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.4 },
    { architecture: 'uniform', task: 'reversal', baseline: true, inRange: 0.1 },
    { architecture: 'oracle', baseline: true, inRange: 1, near: 1, far: 1 },
  ];
  const scanned = [stale(makeRecord({ architecture: 'transformer', task: 'reversal', seed: 1, inRange: 1 }))];
  const data = ({ cell: _, sources: __, ...matrix }: Matrix) => matrix;
  const expected = data(buildMatrix({ manifest, stored: stored(...records), scanned }));
  expect(expected.cells.filter(({ summary }) => summary)).toHaveLength(5);
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...manifest.cells], { minLength: manifest.cells.length }),
      fc.shuffledSubarray(records, { minLength: records.length }),
      (cells, given) => {
        const shuffled = buildMatrix({ manifest: { ...manifest, cells }, stored: stored(...given), scanned });
        expect(data(shuffled)).toEqual(expected);
      },
    ),
    { seed: 21 },
  );
});

test('names and reasons are printable, and are looked up by what is shown', () => {
  const manifest = makeManifest({
    architectures: ['\x07ls\x1b[31mtm'],
    baselines: [],
    tasks: [['pa\trity', 'regu\u202elar']],
  });
  const matrix = buildMatrix({
    manifest: { ...manifest, experiment: 'te\x07st' },
    stored: new Map(),
    failures: new Map([[manifest.cells[0]!.key, { code: 'test', message: 'no\x08\r\nat line 3' }]]),
  });
  const cell = matrix.cell('lstm', 'pa rity');
  expect([matrix.experiment, cell.row.id, cell.column.level]).toEqual(['test', 'lstm', 'regular']);
  expect(cell.problems).toEqual([{ absence: 'failed', seed: 1, reason: 'no\nat line 3' }]);
});
