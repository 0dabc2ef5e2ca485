import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CellRecord, Provenance } from '../../../src/core/contracts/record';
import { mergeFolders, type Source } from '../../../src/run/merge/folders';
import { FileStore } from '../../../src/run/store/file-store';
import { makeManifest, type GivenRecord } from '../../support/records';
import { keyedRecord } from '../../support/stored-records';

let base: string;
beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'zoo-merge-'))));
afterEach(() => rmSync(base, { recursive: true, force: true }));

const store = (name: string) => new FileStore(join(base, name));
/** A record whose scores say what it measured, made by a machine on a day. */
const made = (given: GivenRecord, provenance: Partial<Provenance> = {}): CellRecord => {
  const record = keyedRecord({ inRange: 1, ...given });
  return { ...record, provenance: { ...record.provenance, ...provenance } };
};
async function folder(name: string, ...records: readonly CellRecord[]): Promise<Source> {
  for (const record of records) await store(name).save(record);
  return { name, store: store(name), manifest: makeManifest() };
}
/** Every file below a folder with what it holds. */
const contents = (name: string, at = 'records'): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(base, name, at), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name: file, parentPath }) => [file, readFileSync(join(parentPath, file), 'latin1')]),
  );
const monday = { startedAt: '2026-01-05T00:00:00.000Z', machine: 'old machine' };
const tuesday = { startedAt: '2026-01-06T00:00:00.000Z', machine: 'new machine' };

it('copies every record as it is, of every folder, and changes none of them', async () => {
  const sources = [
    await folder('a', made({ seed: 1 }), made({ seed: 2 })),
    await folder('b', made({ seed: 3 }), made({ architecture: 'uniform', baseline: true })),
    await folder('c', made({ architecture: 'uniform', baseline: true })),
  ];
  const before = ['a', 'b', 'c'].map((name) => contents(name));
  const merged = await mergeFolders(store('out'), sources);
  expect(['a', 'b', 'c'].map((name) => contents(name))).toEqual(before);
  expect(contents('out')).toEqual(Object.assign({}, ...before));
  expect(merged).toMatchObject({ equal: 1, repeated: [], different: [], damaged: [], withoutWeights: [] });
  expect(merged.keys.size).toBe(4);
  expect(Object.fromEntries(merged.copied)).toEqual({ a: 2, b: 2 });
});

it('copies nothing twice, goes on with what is there, and may put a folder into one of them', async () => {
  const [a, b] = [await folder('a', made({ seed: 1 })), await folder('b', made({ seed: 2 }))];
  const out = { ...a, store: store('out'), name: 'out' };
  await mergeFolders(store('out'), [a, b]);
  const files = contents('out');
  expect((await mergeFolders(store('out'), [out, a, b])).copied.size).toBe(0);
  expect(contents('out')).toEqual(files);
  await store('b').save(made({ seed: 3 }));
  expect(Object.fromEntries((await mergeFolders(store('a'), [a, b])).copied)).toEqual({ b: 2 });
  expect(Object.keys(contents('a'))).toHaveLength(3);
});

it.each([
  ['the older one', monday, tuesday],
  ['the one with weights', { ...tuesday, weights: 'a'.repeat(64) }, monday],
])('keeps of equal results %s, whichever folder is named first', async (_, kept, other) => {
  const [a, b] = [await folder('a', made({}, other)), await folder('b', made({}, kept))];
  for (const [out, sources] of [
    ['out', [a, b]],
    ['turned', [b, a]],
  ] as const) {
    const merged = await mergeFolders(store(out), sources);
    expect(merged.repeated).toEqual(['lstm x parity, seed 1']);
    expect(contents(out)).toEqual(contents('b'));
  }
});

it('refuses different results before anything is written, names the machines, and takes the first on request', async () => {
  const sources = [
    await folder('a', made({ far: 0.5 }, tuesday), made({ seed: 2 })),
    await folder('b', made({ far: 0.6 }, { ...monday, machineKind: 'AVX2 with FMA' })),
    await folder('c', made({ far: 0.5 }, monday)),
  ];
  await expect(mergeFolders(store('out'), sources)).rejects.toMatchObject({
    code: 'different-records',
    what: expect.stringContaining(
      'A cell has different results in different folders; nothing was written:\n' +
        '  - lstm x parity, seed 1: a (new machine); b (AVX2 with FMA); c (old machine)',
    ) as string,
  });
  expect(existsSync(join(base, 'out'))).toBe(false);
  const merged = await mergeFolders(store('out'), sources, { takeFirst: true });
  expect(merged).toMatchObject({ different: ['lstm x parity, seed 1'], repeated: ['lstm x parity, seed 1'] });
  expect(contents('out')).toMatchObject(contents('c'));
});

it('takes a sound record where another is damaged, and tells of all that are', async () => {
  const sources = [
    await folder('a', made({ seed: 1 }), made({ seed: 2 })),
    await folder('b', made({ seed: 1 }), made({ seed: 3 })),
  ];
  const whole = contents('b');
  const damage = (name: string, seed: number) => {
    const file = join(base, name, 'records', 'lstm', 'parity', `${made({ seed }).key}.json`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"exact": 1', '"exact": 0.5'));
    return file;
  };
  const files = [damage('a', 1), damage('a', 2)];
  const { damaged, keys } = await mergeFolders(store('out'), sources);
  expect(damaged.map(({ file }) => file).sort()).toEqual(files.sort());
  expect(damaged[0]!.reason).toContain('does not match its digest');
  expect(contents('out')).toEqual(whole);
  expect([...keys].sort()).toEqual(
    Object.keys(whole)
      .map((name) => name.replace('.json', ''))
      .sort(),
  );
});

it('brings the weights that records name, and says which are in no folder', async () => {
  const weights = await store('b').saveWeights(new Uint8Array([1, 2, 3]));
  await store('b').saveWeights(new Uint8Array([4]));
  const sources = [
    await folder('a', made({ seed: 1 }, { weights }), made({ seed: 2 }, { weights: 'f'.repeat(64) })),
    await folder('b'),
  ];
  const merged = await mergeFolders(store('out'), sources);
  expect(merged).toMatchObject({ weights: 1, withoutWeights: ['lstm x parity, seed 2'] });
  expect(readdirSync(join(base, 'out', 'weights'))).toEqual([`${weights}.safetensors`]);
});

it('brings the newest checkpoint of what is unfinished', async () => {
  const sources = [await folder('a', made({ seed: 1 })), await folder('b'), await folder('c')];
  const [finished, unfinished] = [made({ seed: 1 }).key, made({ seed: 2 }).key];
  for (const [at, name] of ['a', 'b', 'c'].entries()) {
    await store(name).saveCheckpoint(unfinished, new Uint8Array([at]));
    await store(name).saveCheckpoint(finished, new Uint8Array([at]));
  }
  const file = store('b').checkpointFile(unfinished);
  utimesSync(file, statSync(file).atime, new Date(Date.now() + 60_000));
  expect((await mergeFolders(store('out'), sources)).checkpoints).toBe(1);
  expect(await store('out').loadCheckpoint(unfinished)).toEqual(new Uint8Array([1]));
  expect(await store('out').checkpoints()).toEqual([unfinished]);
});
