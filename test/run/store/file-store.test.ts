import { execFileSync } from 'node:child_process';
import {
  utimesSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { Stored } from '../../../src/core/contracts/store';
import { FileStore } from '../../../src/run/store/file-store';
import { builtInShapes } from '../../../src/run/store/record-shapes';
import { encodeRecord } from '../../../src/run/store/record-file';
import { makeManifest } from '../../support/records';
import { keyedRecord } from '../../support/stored-records';

let folder: string;
let store: FileStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zoo-store-'));
  store = new FileStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const record = keyedRecord({ inRange: 1, near: 0.9, far: 0.5 });
const fileOf = ({ specification, key } = record) =>
  join(folder, 'records', specification.architecture.id, specification.task.id, `${key}.json`);

describe('records', () => {
  it('come back as they were saved, also in another process', async () => {
    await store.save(record);
    expect(await store.load(record.key)).toEqual({ status: 'finished', record });
    expect(await new FileStore(folder).load(record.key)).toEqual({ status: 'finished', record });
    expect(await store.load('0'.repeat(64))).toEqual({ status: 'missing' });
  });

  it('keep a loss that is not a number', async () => {
    const curve = [
      { step: 1, loss: NaN },
      { step: 2, loss: 0.5 },
    ];
    const diverged = { ...record, training: { ...record.training!, curve } };
    await store.save(diverged);
    expect(await store.load(record.key)).toEqual({ status: 'finished', record: diverged });
  });

  it('of a namespaced unit stay inside the folder', async () => {
    const namespaced = keyedRecord({ architecture: 'acme/lstm', task: 'acme/parity' });
    await store.save(namespaced);
    expect(readdirSync(join(folder, 'records'))).toEqual(['acme~lstm']);
    expect(await new FileStore(folder).load(namespaced.key)).toEqual({
      status: 'finished',
      record: namespaced,
    });
  });

  it('of two runs are the same file but for what may differ', () => {
    const later = {
      ...record,
      provenance: { ...record.provenance, trainingSeconds: 99, startedAt: '2027-01-01T00:00:00.000Z' },
    };
    const lines = (text: string) => text.split('\n').filter((line) => !/startedAt|Seconds/.test(line));
    expect(lines(encodeRecord(later, builtInShapes))).toEqual(lines(encodeRecord(record, builtInShapes)));
  });
});

describe('a damaged record is corrupt, and says why', () => {
  const damage: [string, (text: string) => string, RegExp][] = [
    ['empty', () => '', /it is empty/],
    ['cut off', (text) => text.slice(0, text.length / 2), /it is not JSON/],
    ['not a record', () => '[]', /it is not a record/],
    ['without a field', (text) => text.replace('"lengths"', '"lenghts"'), /lengths is undefined/],
    [
      'with a score above 1',
      (text) => text.replace('"exact": 0.9', '"exact": 1.9'),
      /exact is 1.9: must not be greater than 1/,
    ],
    ['with a changed score', (text) => text.replace('"exact": 0.9', '"exact": 0.8'), /does not match its digest/],
    [
      'with a changed specification',
      (text) => text.replace('"steps": 1000', '"steps": 1001'),
      /its key is not that of its specification/,
    ],
  ];
  it.each(damage)('%s', async (_, change, reason) => {
    await store.save(record);
    const before = readFileSync(fileOf(), 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(fileOf(), after);
    const loaded = await new FileStore(folder).load(record.key);
    expect(loaded).toMatchObject({
      status: 'corrupt',
      file: fileOf(),
      reason: expect.stringMatching(reason) as string,
    });
  });

  it('wherever a byte of its results is changed', async () => {
    await store.save(record);
    const text = readFileSync(fileOf(), 'utf8').split('"provenance"')[0]!;
    const rest = readFileSync(fileOf(), 'utf8').slice(text.length);
    const digits = [...text].flatMap((mark, at) => (/[1-9]/.test(mark) ? [at] : []));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...digits), async (at) => {
        writeFileSync(
          fileOf(),
          `${text.slice(0, at)}${10 - Number(text[at]) - (text[at] === '5' ? 1 : 0)}${text.slice(at + 1)}${rest}`,
        );
        expect((await new FileStore(folder).load(record.key)).status).toBe('corrupt');
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it('under the name of another', async () => {
    await store.save(record);
    const other = keyedRecord({ seed: 2 });
    renameSync(fileOf(), fileOf(other));
    expect(await new FileStore(folder).load(other.key)).toMatchObject({
      status: 'corrupt',
      reason: expect.stringContaining('is named') as string,
    });
  });
});

(process.platform === 'win32' ? describe.skip : describe).each<[string, (file: string) => unknown]>([
  ['a pipe', (file) => execFileSync('mkfifo', [file])],
  ['a device', (file) => symlinkSync('/dev/null', file)],
  [
    'a link to a pipe',
    (file) => (execFileSync('mkfifo', [join(folder, 'pipe')]), symlinkSync(join(folder, 'pipe'), file)),
  ],
])('%s', (_, put) => {
  const putAt = (file: string) => {
    mkdirSync(dirname(file), { recursive: true });
    put(file);
  };
  const refusal = (file: string) => ({
    code: 'unreadable-file',
    what: expect.stringMatching(`${file}.*it is a pipe or a device`) as string,
  });

  it("in a record's place is a damaged record, and makes room for the record", async () => {
    putAt(fileOf());
    const found = { status: 'corrupt', file: fileOf(), reason: 'it is a pipe or a device' };
    expect(await store.load(record.key)).toEqual(found);
    expect(await store.scan(new Set([record.key]))).toEqual([found]);
    await store.save(record);
    expect(await store.load(record.key)).toEqual({ status: 'finished', record });
  });

  it("in a checkpoint's place is refused", async () => {
    const file = join(folder, 'checkpoints', 'k.bin');
    putAt(file);
    await expect(store.loadCheckpoint('k')).rejects.toMatchObject(refusal(file));
  });

  it("in the manifest's place is refused", async () => {
    const file = join(folder, 'manifest.json');
    putAt(file);
    await expect(store.loadManifest()).rejects.toMatchObject(refusal(file));
  });
});

describe('scan', () => {
  it('tells what is asked for, what is not, and what is damaged apart', async () => {
    const [other, corrupt] = [keyedRecord({ seed: 2 }), keyedRecord({ seed: 3 })];
    for (const each of [record, other, corrupt]) await store.save(each);
    writeFileSync(fileOf(corrupt), '{');
    const found = await new FileStore(folder).scan(new Set([record.key, corrupt.key]));
    const byStatus = Object.fromEntries(found.map((each): [Stored['status'], Stored] => [each.status, each]));
    expect(found).toHaveLength(3);
    expect(byStatus.finished).toMatchObject({ record: { key: record.key } });
    expect(byStatus['of another run']).toMatchObject({ record: { key: other.key }, file: fileOf(other) });
    expect(byStatus.corrupt).toMatchObject({ file: fileOf(corrupt) });
  });

  it('calls a record of another schema version stale', async () => {
    const old = { ...record, schemaVersion: 0 };
    await store.save(old);
    expect(await new FileStore(folder).load(record.key)).toMatchObject({
      status: 'stale',
      reason: expect.stringContaining('schema 0') as string,
    });
  });

  it('passes over what a crash left half-written', async () => {
    await store.save(record);
    writeFileSync(`${fileOf()}.123456`, '{');
    expect(await store.scan(new Set([record.key]))).toHaveLength(1);
  });

  it('finds nothing in an empty folder', async () => {
    expect(await store.scan(new Set())).toEqual([]);
  });
});

describe('checkpoints', () => {
  it('come back to the byte, and are gone when removed', async () => {
    const content = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
    expect(await store.loadCheckpoint('k')).toBeNull();
    await store.saveCheckpoint('k', content);
    expect(await store.loadCheckpoint('k')).toEqual(content);
    await store.removeCheckpoint('k');
    await store.removeCheckpoint('k');
    expect(await store.loadCheckpoint('k')).toBeNull();
  });

  it('that a record has made useless are removed when the folder is used again', async () => {
    await store.saveCheckpoint(record.key, Uint8Array.of(1));
    await store.saveCheckpoint('unfinished', Uint8Array.of(2));
    await store.save(record);
    const opened = new FileStore(folder);
    await opened.prepare();
    expect(await opened.loadCheckpoint(record.key)).toBeNull();
    expect(await opened.loadCheckpoint('unfinished')).toEqual(Uint8Array.of(2));
  });

  it('that are newer than a record stay: other code measures the cell again', async () => {
    await store.save(record);
    const file = join(folder, 'checkpoints', `${record.key}.bin`);
    await store.saveCheckpoint(record.key, Uint8Array.of(1));
    const later = Date.now() / 1000 + 10;
    utimesSync(file, later, later);
    const opened = new FileStore(folder);
    await opened.prepare();
    expect(await opened.loadCheckpoint(record.key)).toEqual(Uint8Array.of(1));
  });

  it('are not believed when damaged: the cell starts again', async () => {
    await store.saveCheckpoint('k', Uint8Array.of(1, 2, 3));
    const file = join(folder, 'checkpoints', 'k.bin');
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    expect(await store.loadCheckpoint('k')).toBeNull();
    writeFileSync(file, '');
    expect(await store.loadCheckpoint('k')).toBeNull();
  });
});

describe('the manifest', () => {
  it('comes back as it was saved', async () => {
    expect(await store.loadManifest()).toBeNull();
    const manifest = { ...makeManifest(), cells: [] };
    await store.saveManifest(manifest);
    expect(await store.loadManifest()).toEqual(manifest);
  });

  it.each(['{', '{}', '{"schemaVersion": 1, "experiment": 5}'])('that reads %s is damaged', async (text) => {
    writeFileSync(join(folder, 'manifest.json'), text);
    await expect(store.loadManifest()).rejects.toMatchObject({ code: 'corrupt-manifest' });
  });

  it('says where it is not JSON', async () => {
    writeFileSync(join(folder, 'manifest.json'), '{\n "experiment": {},,');
    await expect(store.loadManifest()).rejects.toThrow(
      'it is not JSON: line 2, column 19: a key in double quotes was expected, not ,.',
    );
  });
});

describe('a folder that cannot be written to', () => {
  it('below a file is refused before anything is trained', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(new FileStore(join(folder, 'file', 'runs')).prepare()).rejects.toMatchObject({
      code: 'unwritable-folder',
      message: expect.stringContaining('part of the path is a file') as string,
    });
  });

  it('because of its permissions is refused likewise', async () => {
    const nobody = 65534;
    const root = process.geteuid?.() === 0; // who may write anywhere, and so lends its place to nobody
    chmodSync(folder, 0o500);
    if (root) process.seteuid!(nobody);
    try {
      await expect(new FileStore(join(folder, 'runs')).prepare()).rejects.toMatchObject({
        code: 'unwritable-folder',
        message: expect.stringContaining('permission denied') as string,
      });
    } finally {
      if (root) process.seteuid!(0);
      chmodSync(folder, 0o700);
    }
  });

  it('leaves no trace where it can be written to', async () => {
    await store.prepare();
    expect(readdirSync(folder)).toEqual([]);
  });
});
