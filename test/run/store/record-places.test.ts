import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { CellRecord, RecordOf } from '../../../src/core/contracts/record';
import type { Stored } from '../../../src/core/contracts/store';
import { packRecords } from '../../../src/run/packing/packing';
import { FileStore } from '../../../src/run/store/file-store';
import { indexName } from '../../../src/run/store/indexed-reading';
import { encodePack } from '../../../src/run/store/pack-file';
import { encodeRecord } from '../../../src/run/store/record-file';
import { asLine, nameOfRecord, packOf } from '../../../src/run/store/record-places';
import { builtInShapes } from '../../../src/run/store/record-shapes';
import type { GivenRecord } from '../../support/records';
import { keyedRecord } from '../../support/stored-records';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-places-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const store = () => new FileStore(folder);
const packFile = (row = 'lstm') => join(folder, 'packs', `${row}.jsonl.gz`);
const made = (given: GivenRecord = {}) => keyedRecord({ inRange: 1, near: 0.5, far: 0, ...given });
async function packed(...records: readonly CellRecord[]): Promise<readonly CellRecord[]> {
  for (const record of records) await store().save(record);
  packRecords(store());
  return records;
}
const scan = (keys: Iterable<string> = []) => store().scan(new Set(keys));
const finishedIn = (found: readonly Stored[]) => found.flatMap((each) => ('record' in each ? each.record : []));
const sorted = (records: readonly RecordOf[]) => [...records].sort((a, b) => (a.key < b.key ? -1 : 1));

describe('a record in a pack', () => {
  it('is found as one in a file is: by key, by job, among all, and by name', async () => {
    const [a, b, c] = await packed(made(), made({ seed: 2 }), made({ architecture: 'acme/gru', task: 'acme/parity' }));
    await store().save(made({ seed: 3 }));
    expect(readdirSync(join(folder, 'records', 'lstm', 'parity'))).toEqual([`${made({ seed: 3 }).key}.json`]);
    expect(readdirSync(join(folder, 'packs'))).toEqual(['acme~gru.jsonl.gz', 'lstm.jsonl.gz']);
    for (const record of [a!, b!, c!, made({ seed: 3 })]) {
      expect(await store().load(record.key)).toEqual({ status: 'finished', record });
      expect(await store().find(record)).toEqual({ status: 'finished', record });
    }
    expect(await store().find(made({ seed: 4 }))).toEqual({ status: 'missing' });
    expect(await store().load(made({ seed: 4 }).key)).toEqual({ status: 'missing' });
    const all = [a!, b!, c!, made({ seed: 3 })];
    expect(store().recordKeys().sort()).toEqual(all.map(({ key }) => key).sort());
    const found = await scan([a!.key]);
    expect(sorted(finishedIn(found))).toEqual(sorted(all));
    const others = found.filter(({ status }) => status === 'of another run');
    const files = others.map((each) => 'file' in each && each.file);
    expect(files.sort()).toEqual(
      [
        join(folder, 'packs', 'acme~gru.jsonl.gz', 'acme~parity', `${c!.key}.json`),
        join(folder, 'packs', 'lstm.jsonl.gz', 'parity', `${b!.key}.json`),
        join(folder, 'records', 'lstm', 'parity', `${made({ seed: 3 }).key}.json`),
      ].sort(),
    );
  });

  it('comes in the order in which its file would', async () => {
    const tasks = ['parity', 'a', 'z5'];
    const records = tasks.flatMap((task) => [1, 2].map((seed) => made({ task, seed, architecture: `r${seed}` })));
    for (const record of records) await store().save(record);
    const before = finishedIn(await scan()).map(({ key }) => key);
    packRecords(store());
    expect(finishedIn(await scan()).map(({ key }) => key)).toEqual(before);
  });

  it('gives way to a newer one in a file, and comes back when that is gone', async () => {
    const [old] = await packed(made());
    const reader = store();
    expect(await reader.load(old!.key)).toEqual({ status: 'finished', record: old });
    const newer = { ...old!, provenance: { ...old!.provenance, weights: 'f'.repeat(64) } };
    await store().save(newer);
    for (const read of [() => reader.load(old!.key), () => reader.find(old!), () => store().find(old!)])
      expect(await read()).toEqual({ status: 'finished', record: newer });
    expect(finishedIn(await scan())).toEqual([newer]);
    rmSync(join(folder, 'records'), { recursive: true });
    expect(finishedIn(await scan())).toEqual([old]);
  });

  it('is found by who knew its file, after that has gone into the pack', async () => {
    const record = made();
    await store().save(record);
    const reader = store();
    const place = reader.records.all()[0]!;
    packRecords(store());
    expect(JSON.parse(await place.read())).toMatchObject({ key: record.key });
    expect(JSON.parse(place.readNow())).toMatchObject({ key: record.key });
    expect(await reader.load(record.key)).toEqual({ status: 'finished', record });
  });

  it('is read anew where its pack has changed', async () => {
    await packed(made());
    const reader = store();
    expect(await reader.scan(new Set())).toHaveLength(1);
    await packed(made({ seed: 2 }));
    expect(await reader.scan(new Set())).toHaveLength(2);
    rmSync(packFile());
    expect(await reader.scan(new Set())).toHaveLength(0);
  });

  it('of another schema version is stale', async () => {
    const record = made();
    await store().save({ ...record, schemaVersion: 0 });
    packRecords(store());
    expect(await scan([record.key])).toMatchObject([{ status: 'stale', record: { key: record.key } }]);
  });
});

it('finds 600 records of packs in the index, and reads them from their packs where those have changed', async () => {
  const count = 600;
  const lines = Array.from({ length: count }, (_, at) => made({ seed: at + 1 })).map((record) => ({
    ...{ key: record.key, folder: 'parity', line: asLine(encodeRecord(record, builtInShapes)) },
  }));
  mkdirSync(dirname(packFile()), { recursive: true });
  writeFileSync(packFile(), encodePack(lines));
  const old = new Date('2026-01-01T00:00:00.000Z');
  utimesSync(packFile(), old, old);
  const index = join(folder, indexName);
  const whole = (found: readonly Stored[]) => JSON.stringify(found);
  const first = whole(await scan());
  const written = readFileSync(index);
  const text = gunzipSync(readFileSync(packFile())).toString();
  // The index is believed while size and time are the same.
  const reads = jest.spyOn(JSON, 'parse');
  const again = whole(await scan());
  const parsed = reads.mock.calls.length;
  reads.mockRestore();
  expect(again).toBe(first);
  expect(parsed).toBeLessThan(count);
  writeFileSync(packFile(), gzipSync(text.replaceAll('"exact":0.5', '"exact":0.4')));
  expect((await scan()).map(({ status }) => status)).toEqual(Array(count).fill('corrupt'));
  expect(readFileSync(index).equals(written)).toBe(true);
});

describe('a damaged pack', () => {
  it('says which records cannot be read, and keeps those of other columns', async () => {
    const lost = [made({ task: 'parity' }), made({ task: 'parity', seed: 2 })];
    const kept = [made({ task: 'a' }), made({ task: 'z5' })];
    await packed(...lost, ...kept);
    const bytes = readFileSync(packFile());
    const at = bytes.indexOf('parity') + 100;
    bytes[at]! ^= 0xff;
    writeFileSync(packFile(), bytes);
    const found = await scan();
    expect(sorted(finishedIn(found))).toEqual(sorted(kept));
    const corrupt = found.filter((each) => each.status === 'corrupt');
    expect(corrupt.map(({ file }) => file).sort()).toEqual(
      lost.map(({ key }) => join(packFile(), 'parity', `${key}.json`)).sort(),
    );
    for (const { reason } of corrupt) expect(reason).toMatch(/^bytes \d+ to \d+ of the pack are damaged: /);
    expect(await store().load(lost[0]!.key)).toMatchObject({ status: 'corrupt' });
    expect(await store().load(kept[0]!.key)).toMatchObject({ status: 'finished' });
  });

  it('with a changed line has one damaged record', async () => {
    const records = await packed(made(), made({ seed: 2 }), made({ seed: 3 }));
    const text = gunzipSync(readFileSync(packFile())).toString();
    const lines = text.trimEnd().split('\n');
    for (const [change, reason] of [
      [lines[1]!.replace('"exact":0.5', '"exact":0.6'), /does not match its digest/],
      [lines[1]!.slice(0, 500), /it is not JSON/],
      ['', /it is empty/],
    ] as const) {
      writeFileSync(packFile(), gzipSync([lines[0], change, lines[2], ''].join('\n')));
      const found = await scan();
      expect(finishedIn(found)).toHaveLength(2);
      expect(found.filter(({ status }) => status === 'corrupt')).toMatchObject([
        { file: expect.stringContaining(packFile()) as string, reason: expect.stringMatching(reason) as string },
      ]);
    }
    expect(records).toHaveLength(3);
  });

  it('wherever a byte is changed or the rest is cut off, loses one column at most, and tells of it', async () => {
    const records = ['parity', 'a', 'z5'].flatMap((task) => [1, 2, 3].map((seed) => made({ task, seed })));
    await packed(...records);
    const whole = new Map(records.map((record) => [record.key, record]));
    const bytes = readFileSync(packFile());
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = Buffer.from(bytes);
        changed[at]! ^= by;
        writeFileSync(packFile(), changed);
        const found = await scan(whole.keys());
        const finished = finishedIn(found);
        for (const record of finished) expect(record).toEqual(whole.get(record.key));
        expect(finished.length).toBeGreaterThanOrEqual(6);
        if (finished.length < 9) expect(found.map(({ status }) => status)).toContain('corrupt');

        writeFileSync(packFile(), bytes.subarray(0, at));
        const left = await scan(whole.keys());
        for (const record of finishedIn(left)) expect(record).toEqual(whole.get(record.key));
        const isBetween = [0, ...endsOf(bytes)].includes(at);
        expect(left.some(({ status }) => status === 'corrupt')).toBe(!isBetween);
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  it('is left out where others stand for it, as a pipe or nothing does', async () => {
    mkdirSync(dirname(packFile()), { recursive: true });
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [packFile()]);
      const file = join(packFile(), 'all.json');
      expect(await scan()).toEqual([{ status: 'corrupt', file, reason: 'it is a pipe or a device' }]);
      rmSync(packFile());
    }
    writeFileSync(packFile(), '');
    expect(await scan()).toEqual([]);
    writeFileSync(packFile(), 'no pack');
    expect(await scan()).toMatchObject([{ status: 'corrupt' }]);
  });
});

/** Where members of a pack end. */
function endsOf(bytes: Buffer): number[] {
  const ends: number[] = [];
  const start = bytes.subarray(0, 10);
  for (let at = 0; at >= 0; at = bytes.indexOf(start, at + 1)) ends.push(at);
  return [...ends, bytes.length];
}

test('names lead nowhere else, whatever a specification says', () => {
  const key = 'a'.repeat(64);
  const name = (architecture: unknown, task: unknown) =>
    nameOfRecord({ key, specification: { architecture: { id: architecture }, task: { id: task } } } as never);
  expect(name('acme/lstm', 'parity')).toBe(`acme~lstm/parity/${key}.json`);
  expect(name('..', '.')).toBe(`~/~/${key}.json`);
  expect(name('../..', '..\\x')).toBe(`..~../..~x/${key}.json`);
  expect(name(7, null)).toBe(`7/null/${key}.json`);
});

test('a pack is that of the row, whatever kind of measurement it is', () => {
  expect(packOf('lstm/parity/k.json')).toEqual({ pack: 'lstm', folder: 'parity' });
  expect(packOf('search/lstm/parity/k.json')).toEqual({ pack: 'search/lstm', folder: 'parity' });
  expect(packOf('sampling/k.json')).toEqual({ pack: 'sampling', folder: '' });
  expect(packOf('k.json')).toEqual({ pack: 'others', folder: '' });
});
