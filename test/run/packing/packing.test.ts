import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { CellRecord, RecordOf } from '../../../src/core/contracts/record';
import { packRecords, unpackRecords } from '../../../src/run/packing/packing';
import { Claims } from '../../../src/run/shared/claims';
import { FileStore } from '../../../src/run/store/file-store';
import { encodeRecord } from '../../../src/run/store/record-file';
import { asFile, asLine } from '../../../src/run/store/record-places';
import { builtInShapes } from '../../../src/run/store/record-shapes';
import type { GivenRecord } from '../../support/records';
import { keyedRecord } from '../../support/stored-records';

let base: string;
let folder: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'zoo-packing-'));
  folder = join(base, 'results');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const store = (at = folder) => new FileStore(at);
const made = (given: GivenRecord = {}) => keyedRecord({ inRange: 1, near: 0.5, far: 0, ...given });
async function save(...records: readonly CellRecord[]): Promise<void> {
  for (const record of records) await store().save(record);
}
/** Every file below a folder with what it holds. */
const contents = (at = folder): Record<string, string> =>
  Object.fromEntries(
    readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => [
        join(parentPath, name)
          .slice(at.length + 1)
          .replaceAll('\\', '/'),
        readFileSync(join(parentPath, name), 'latin1'),
      ]),
  );
const recordsThere = async (at = folder): Promise<RecordOf[]> =>
  (await store(at).scan(new Set())).map((found) => {
    if (found.status !== 'of another run') throw new Error(JSON.stringify(found));
    return found.record;
  });
const damagedNames = ({ damaged }: { damaged: readonly { file: string }[] }) =>
  damaged.map(({ file }) => file.slice(folder.length + 1).replaceAll('\\', '/'));

const given: fc.Arbitrary<GivenRecord> = fc.record({
  architecture: fc.constantFrom('lstm', 'acme/gru', 'uniform'),
  task: fc.constantFrom('parity', 'reversal', 'grammar:a b'),
  seed: fc.integer({ min: 1, max: 30 }),
  inRange: fc.constantFrom(0, 0.1, 1 / 3, 1),
  trainingSeconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
});
const grid = fc.uniqueArray(given, {
  selector: ({ architecture, task, seed }) => [architecture, task, seed].join(),
  maxLength: 25,
});

it('packing and unpacking leave every file as it was, in whatever steps it was packed', async () => {
  await fc.assert(
    fc.asyncProperty(grid, fc.nat(25), async (all, first) => {
      rmSync(base, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const records = all.map(keyedRecord);
      await save(...records.slice(0, first));
      packRecords(store());
      await save(...records.slice(first));
      const { packed, files, moved, damaged } = packRecords(store());
      expect([packed, files, moved, damaged]).toEqual([all.length, 0, records.slice(first).length, []]);
      const inSteps = contents();
      expect(packRecords(store()).moved).toBe(0);
      expect(contents()).toEqual(inSteps);
      expect(unpackRecords(store())).toMatchObject({ moved: all.length, packs: 0, files: all.length });
      expect(Object.values(contents()).sort()).toEqual(records.map((each) => encodeRecord(each, builtInShapes)).sort());
      packRecords(store());
      expect(contents()).toEqual(inSteps);
    }),
    { numRuns: 12 },
  );
});

it('a line and a file say the same to the byte', () => {
  const text = encodeRecord(made({ trainingSeconds: 1e-7 }), builtInShapes);
  expect(asLine(text)).not.toContain('\n');
  expect(asFile(asLine(text))).toBe(text);
});

it('leaves damaged records where they are, and tells of them', async () => {
  await save(made(), made({ seed: 2 }));
  const file = `records/lstm/parity/${made({ seed: 2 }).key}.json`;
  writeFileSync(join(folder, file), '{');
  writeFileSync(join(folder, 'records', 'notes.json'), '{}');
  const packing = packRecords(store());
  expect(packing).toMatchObject({ moved: 1, packed: 1, packs: 1, files: 2 });
  expect(damagedNames(packing).sort()).toEqual([file, 'records/notes.json'].sort());
  expect(Object.keys(contents()).sort()).toEqual([file, 'packs/lstm.jsonl.gz', 'records/notes.json'].sort());
});

describe('a pack of which a part is damaged', () => {
  const pack = () => join(folder, 'packs', 'lstm.jsonl.gz');
  let kept: CellRecord[];
  let lost: CellRecord;
  beforeEach(async () => {
    [lost, ...kept] = [made({ task: 'a' }), made({ task: 'b' }), made({ task: 'c', seed: 2 })] as [
      CellRecord,
      ...CellRecord[],
    ];
    await save(lost, ...kept);
    packRecords(store());
    const bytes = readFileSync(pack());
    bytes[200]! ^= 1;
    writeFileSync(pack(), bytes);
  });

  it('is not written anew, so that nothing of it is lost', async () => {
    const before = readFileSync(pack());
    await save(made({ task: 'd' }), made({ architecture: 'gru' }));
    const packing = packRecords(store());
    expect(packing.moved).toBe(1);
    expect(damagedNames(packing)).toEqual([`packs/lstm.jsonl.gz/a/${lost.key}.json`]);
    expect(readFileSync(pack())).toEqual(before);
    expect(Object.keys(contents()).sort()).toEqual([
      'packs/gru.jsonl.gz',
      'packs/lstm.jsonl.gz',
      `records/lstm/d/${made({ task: 'd' }).key}.json`,
    ]);
  });

  it('gives what can be read, and the rest goes on without it', async () => {
    const packing = unpackRecords(store());
    expect(packing).toMatchObject({ moved: 2, packs: 1, files: 2 });
    expect(damagedNames(packing)).toEqual([`packs/lstm.jsonl.gz/a/${lost.key}.json`]);
    rmSync(pack());
    expect(new Set((await recordsThere()).map(({ key }) => key))).toEqual(new Set(kept.map(({ key }) => key)));
  });
});

it('a newer record in a file takes the place of the packed one, and is not overwritten by unpacking', async () => {
  await save(made());
  packRecords(store());
  const newer = { ...made(), provenance: { ...made().provenance, startedAt: '2027-01-01T00:00:00.000Z' } };
  await save(newer);
  unpackRecords(store());
  expect(await recordsThere()).toEqual([newer]);
  packRecords(store());
  expect(await recordsThere()).toEqual([newer]);
  await save(newer);
  expect(packRecords(store())).toMatchObject({ moved: 1, packed: 1, files: 0 });
});

it('no name in a pack leads out of the folder', async () => {
  const other = made();
  const specification = { ...other.specification, architecture: { ...other.specification.architecture, id: '..' } };
  await save({ ...other, specification });
  expect(Object.keys(contents(base))).toEqual([`results/records/~/parity/${other.key}.json`]);
  packRecords(store());
  expect(Object.keys(contents(base))).toEqual(['results/packs/~.jsonl.gz']);
  unpackRecords(store());
  expect(Object.keys(contents(base))).toEqual([`results/records/~/parity/${other.key}.json`]);
});

it('is done by one process at a time', async () => {
  await save(made());
  const claim = new Claims(folder).take('packs');
  try {
    expect(() => packRecords(store())).toThrow(/packs or unpacks the records of .*: process \d+ on /);
    expect(() => unpackRecords(store())).toThrow(/packs or unpacks/);
  } finally {
    claim.release();
  }
  expect(packRecords(store()).moved).toBe(1);
});

it('leaves folders that somebody who measures may be about to write into', async () => {
  await save(made());
  const claim = new Claims(folder).take(made().key);
  try {
    packRecords(store());
    expect(existsSync(join(folder, 'records', 'lstm', 'parity'))).toBe(true);
  } finally {
    claim.release();
  }
  packRecords(store());
  expect(existsSync(join(folder, 'records'))).toBe(false);
});

describe.each(['pack', 'unpack'])('killed at any change of a file, zoo %s', (way) => {
  const preloaded = ['support/typescript.cjs', 'attack/support/fault.cjs'].flatMap((script) => [
    '--require',
    join(__dirname, '../..', script),
  ]);
  const killedAt = (at: number, place: string) =>
    spawnSync(process.execPath, [...preloaded, join(__dirname, '../../support/packing.ts'), place, way], {
      env: { ...process.env, FAULT_AT: String(at), FAULT_KIND: 'middle', FAULT_FOLDER: place },
      encoding: 'utf8',
    });

  it('loses no record, and the next one finishes', async () => {
    await save(made(), made({ task: 'reversal' }));
    packRecords(store());
    if (way === 'pack') await save(made({ seed: 2 }), made({ architecture: 'gru' }));
    const whole = await recordsThere();
    const undisturbed = join(base, 'undisturbed');
    cpSync(folder, undisturbed, { recursive: true });
    const move = way === 'pack' ? packRecords : unpackRecords;
    move(store(undisturbed));
    let isKilled = true;
    let kills = 0;
    for (let at = 1; isKilled; at += 2) {
      const place = join(base, `killed-${at}`);
      cpSync(folder, place, { recursive: true });
      const { signal, stderr } = killedAt(at, place);
      isKilled = signal === 'SIGKILL';
      if (isKilled) kills++;
      else expect(stderr).toBe('');
      expect(await recordsThere(place)).toEqual(whole);
      await store(place).prepare();
      move(store(place));
      expect(contents(place)).toEqual(contents(undisturbed));
      rmSync(place, { recursive: true });
    }
    expect(kills).toBeGreaterThan(10);
  }, 120_000);
});
