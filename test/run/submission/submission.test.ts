import { fingerprint, jobOf } from '../../../src/core/cell';
import type { Manifest } from '../../../src/core/contracts/manifest';
import type { Cell, CellRecord } from '../../../src/core/contracts/record';
import { pack } from '../../../src/run/submission/pack';
import { decodeSubmission } from '../../../src/run/submission/submission';
import { shownAs } from '../../../src/run/submission/shown';
import type { Verified } from '../../../src/run/submission/verified';
import { builtInShapes } from '../../../src/run/store/record-shapes';
import { makeManifest, makeRecord } from '../../support/records';

const record = ({ seed = 1, task = 'parity', steps = 2000 } = {}): CellRecord => {
  const made = makeRecord({ seed, task, inRange: 1, near: 0.5, far: 0.5 });
  const protocol = { ...made.specification.protocol, steps };
  const { key, specification } = jobOf({ ...made.specification, protocol }, []);
  return { ...made, key, specification };
};
const written = (each: CellRecord): string => {
  const { provenance: _, ...results } = each;
  return JSON.stringify({ digest: fingerprint(results), ...each });
};
const cellOf = ({ key, specification }: CellRecord): Cell => ({ key, specification, plugins: [] });

const head = {
  submitter: { name: 'A', contact: 'a@example.org', licence: 'CC0-1.0' },
  plugins: [],
  made: { zoo: [], runtimes: [], engines: [], machines: [] },
  sources: 0,
};
const manifestOf = (records: readonly CellRecord[], changed: object = {}): Manifest => ({
  ...makeManifest({ architectures: ['lstm'], baselines: [], tasks: [['parity', 'regular']] }),
  cells: records.map(cellOf),
  ...changed,
});
const read = (records: readonly CellRecord[], changed: { head?: object; manifest?: object; lines?: string[] } = {}) => {
  const lines = changed.lines ?? records.map(written);
  const first = JSON.stringify({ ...head, records: lines.length, ...changed.head });
  const { content } = pack([first, JSON.stringify(manifestOf(records, changed.manifest)), ...lines]);
  return decodeSubmission(Buffer.from(content), 'x.zoo', builtInShapes);
};

it('reads cells with their records', () => {
  const all = [record(), record({ seed: 2 })];
  expect([...read(all).records.keys()]).toEqual(all.map(({ key }) => key));
});

const [one, two] = [record(), record({ seed: 2 })];
const row = { id: 'lstm', title: 'LSTM', kind: 'architecture', claims: [] };
it.each<[string, RegExp, () => unknown]>([
  [
    'a record that was changed',
    /does not match its digest/,
    () => read([one], { lines: [written(one).replace('0.5', '0.6')] }),
  ],
  [
    'a record of another cell',
    /no cell asks for the record|has no record/,
    () => read([one], { lines: [written(two)] }),
  ],
  ['a cell without its record', /has no record/, () => read([one, two], { lines: [written(one)] })],
  ['a record twice', /twice/, () => read([one], { lines: [written(one), written(one)] })],
  ['a cell twice', /twice/, () => read([one], { manifest: { cells: [cellOf(one), cellOf(one)] } })],
  [
    'a key that is not of its cell',
    /is not that of its cell/,
    () => read([one], { manifest: { cells: [{ ...cellOf(one), key: two.key }] }, lines: [written(two)] }),
  ],
  [
    'protocols that differ within a cell of the matrix',
    /differ in more than their seeds/,
    () => read([one, record({ seed: 2, steps: 3000 })]),
  ],
  ['no cell', /has no cell/, () => read([], { head: { records: 1 }, lines: [written(one)] })],
  ['other counts', /says that it has 5 records/, () => read([one], { head: { records: 5 } })],
  [
    'a row of no name',
    /no row and column/,
    () => read([one], { manifest: { architectures: [{ ...row, id: 'other' }] } }),
  ],
  [
    'a name that looks like our remark',
    /not one that a unit can have/,
    () => read([one], { manifest: { architectures: [{ ...row, id: 'lstm (submitted, 1 of 1 cells verified)' }] } }),
  ],
  [
    'names that turn letters around',
    /control characters/,
    () => read([one], { manifest: { architectures: [{ ...row, title: 'a\u202eb' }] } }),
  ],
  [
    'names that move a cursor',
    /control characters/,
    () => read([one], { head: { submitter: { ...head.submitter, name: '\x1b[2J' } } }),
  ],
  [
    'reasons that move a cursor',
    /control characters/,
    () => read([one], { lines: [written({ ...one, law: '\x07' })] }),
  ],
  [
    'a name without end',
    /characters/,
    () => read([one], { head: { submitter: { ...head.submitter, contact: 'x'.repeat(20_000) } } }),
  ],
  ['no licence', /licence/, () => read([one], { head: { submitter: { name: 'A', contact: 'a' } } })],
  ['no JSON', /a record is not JSON/, () => read([one], { lines: ['{'] })],
  [
    'what is nested without end',
    /nested too deeply|not JSON/,
    () => read([one], { lines: [written(one).replace('{', `{"x":${'['.repeat(1e5)}${']'.repeat(1e5)},`)] }),
  ],
])('refuses %s', (_, reason, attempt) => {
  expect(attempt).toThrow(reason);
  expect(attempt).toThrow(expect.objectContaining({ code: 'submission-damaged' }));
});

it('takes no plugin, file, claim or theorem from a stranger', () => {
  const manifest = {
    cells: [{ ...cellOf(one), plugins: ['./evil.js'], data: { d: '/etc/passwd' } }],
    architectures: [
      {
        ...row,
        claims: [{ task: 'parity', range: 'far', atLeast: 1, source: 'S' }],
        submission: { status: 'verified' },
      },
    ],
    theory: { propositions: [], predictions: [] },
  };
  const { manifest: read1 } = read([one], { manifest });
  expect(read1).not.toHaveProperty('theory');
  expect(read1.cells).toEqual([{ ...cellOf(one), plugins: [] }]);
  expect(read1.architectures).toEqual([{ ...row, claims: [] }]);
});

describe('beside others', () => {
  const submission = read([one, two]);
  const suffix = `@${submission.digest.slice(0, 8)}`;

  it('is marked by itself, and as verified only by cells of its own that agreed', () => {
    const shown = (verified: Verified) => shownAs(submission, verified, []).manifest.architectures.map(({ id }) => id);
    expect(shown({})).toEqual(['lstm (submitted, not verified)']);
    expect(shown({ other: 'identical' })).toEqual(['lstm (submitted, not verified)']);
    expect(shown({ [one.key]: 'identical' })).toEqual(['lstm (submitted, 1 of 2 cells verified)']);
    expect(shown({ [one.key]: 'same outcome', [two.key]: 'other bytes' })).toEqual([
      'lstm (submitted, 1 of 2 verified cells DIFFER)',
    ]);
  });

  it('has keys of its own where others have the same cells, and names of its own', async () => {
    const { manifest, store } = shownAs(submission, {}, [manifestOf([one])]);
    expect(manifest.architectures[0]!.id).toBe(`lstm${suffix} (submitted, not verified)`);
    const keys = manifest.cells.map(({ key }) => key);
    expect(keys).toEqual([expect.not.stringMatching(one.key), two.key]);
    const found = await store.scan(new Set(keys));
    expect(found.map((each) => each.status === 'finished' && each.record.key)).toEqual(keys);
    expect(await store.scan(new Set())).toEqual([]);
  });
});
