import fc from 'fast-check';
import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobOf } from '../../../src/core/cell';
import type { CellRecord } from '../../../src/core/contracts/record';
import type { Stored } from '../../../src/core/contracts/store';
import { IndexedReading, type Readable, type Reader } from '../../../src/run/store/indexed-reading';
import { stateOf } from '../../../src/run/store/index-file';
import { decodeRecord, encodeRecord } from '../../../src/run/store/record-file';
import { builtInShapes } from '../../../src/run/store/record-shapes';
import { digestOf } from '../../../src/studies/capability/summarise/record-digest';
import { makeRecord, makeSpecification } from '../../support/records';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'index-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A record under its real key. */
function recordOf(seed: number, exact: number, baseline = false): CellRecord {
  const given = { seed, inRange: exact, near: exact / 2, baseline };
  return { ...makeRecord(given), ...jobOf(makeSpecification(given), []), plugins: undefined } as unknown as CellRecord;
}

const old = new Date('2026-01-01T00:00:00.000Z');
const later = (seconds: number) => new Date(old.getTime() + 1000 * seconds);

/** Files as they are read without an index, counted. */
class Files implements Reader<Readable> {
  reads = 0;
  readonly folder = join(folder, 'records');
  constructor() {
    mkdirSync(this.folder, { recursive: true });
  }
  put(name: string, text: string, time: Date): void {
    writeFileSync(join(this.folder, name), text);
    utimesSync(join(this.folder, name), time, time);
  }
  save(record: CellRecord, time = old): string {
    const name = `${record.key}.json`;
    this.put(name, encodeRecord(record, builtInShapes), time);
    return name;
  }
  named = (names: readonly string[]): Readable[] =>
    names.map((name) => ({ name, state: () => stateOf(join(this.folder, name)) }));
  read = ({ name }: Readable): Promise<Stored> => {
    this.reads++;
    return Promise.resolve(this.plain(name));
  };
  record = (name: string): CellRecord => (this.plain(name) as unknown as { record: CellRecord }).record;
  readAgain = ({ name }: Readable): CellRecord => this.record(name);
  plain(name: string): Stored {
    try {
      const text = readFileSync(join(this.folder, name), 'utf8');
      const reading = decodeRecord(text, name.replace('.json', ''), builtInShapes);
      return reading.status === 'finished' ? reading : { ...reading, file: name };
    } catch {
      return { status: 'corrupt', file: name, reason: 'unreadable' };
    }
  }
}

const limits = { leastRecords: 0, leastNews: 1 };
const indexFile = () => join(folder, 'index');
const reading = (files: Files) => new IndexedReading(indexFile(), files, limits);

/** Everything of what is stored, parts that are put together late included. */
const whole = (stored: readonly Stored[]): unknown => JSON.parse(JSON.stringify(stored));

test('records come from the index as they are read from their files, with what is computed of them', async () => {
  const files = new Files();
  const names = [recordOf(1, 1), recordOf(2, 0.5), recordOf(3, 0.25, true)].map((record) => files.save(record));
  const first = await reading(files).all(files.named(names));
  expect(files.reads).toBe(3);
  const again = await reading(files).all(files.named(names));
  expect(files.reads).toBe(3);
  expect(again).toEqual(names.map((name) => files.plain(name)));
  expect(whole(again)).toEqual(whole(first));
  for (const [at, stored] of again.entries()) {
    const { record } = stored as unknown as { record: CellRecord };
    expect(digestOf(record)).toEqual(digestOf(files.record(names[at]!)));
    expect(Object.keys(record)).toEqual(Object.keys(files.record(names[at]!)));
  }
});

test('an index that is damaged anywhere costs time alone', async () => {
  const files = new Files();
  const names = [recordOf(1, 1), recordOf(2, 0.5)].map((record) => files.save(record));
  await reading(files).all(files.named(names));
  const bytes = readFileSync(indexFile());
  const plain = whole(names.map((name) => files.plain(name)));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, by, isCut) => {
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= by;
        writeFileSync(indexFile(), isCut ? bytes.subarray(0, at) : damaged);
        expect(
          whole(await new IndexedReading(indexFile(), files, { ...limits, leastNews: 99 }).all(files.named(names))),
        ).toEqual(plain);
      },
    ),
    { numRuns: 150 },
  );
});

test('a folder that cannot be written to is read all the same', async () => {
  const files = new Files();
  const names = [files.save(recordOf(1, 1))];
  const nowhere = new IndexedReading(join(folder, 'records', names[0]!, 'index'), files, limits);
  expect(whole(await nowhere.all(files.named(names)))).toEqual(whole([files.plain(names[0]!)]));
});

test('what was changed a moment ago, or tomorrow, is not believed', async () => {
  const files = new Files();
  const names = [files.save(recordOf(1, 1), new Date()), files.save(recordOf(2, 1), new Date(Date.now() + 1e8))];
  await reading(files).all(files.named(names));
  expect(existsSync(indexFile())).toBe(false);
});

type Change =
  | { readonly kind: 'save'; readonly seed: number; readonly exact: number; readonly at: number }
  | { readonly kind: 'remove' | 'corrupt' | 'swap'; readonly seed: number; readonly at: number }
  | { readonly kind: 'read' };

const seed = fc.integer({ min: 1, max: 4 });
const at = fc.integer({ min: -50, max: 50 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('save' as const), seed, exact: fc.constantFrom(0, 0.25, 0.5, 1), at }),
  fc.record({ kind: fc.constantFrom('remove' as const, 'corrupt' as const, 'swap' as const), seed, at }),
  fc.constant({ kind: 'read' as const }),
);

/** Applies a change; every state of a file has a time of its own, which may be before the last one's. */
function apply(files: Files, each: Change, step: number): void {
  if (each.kind === 'read') return;
  const time = later(each.at * 1000 + step);
  const name = `${recordOf(each.seed, 1).key}.json`;
  const path = join(files.folder, name);
  if (each.kind === 'save') files.save(recordOf(each.seed, each.exact), time);
  else if (!existsSync(path)) return;
  else if (each.kind === 'remove') rmSync(path);
  else if (each.kind === 'corrupt') files.put(name, readFileSync(path, 'utf8').replace(/[05]/, '7'), time);
  else renameSync(path, join(files.folder, `${recordOf((each.seed % 4) + 1, 1).key}.json`));
}

test('after any changes the folder is what plain reading says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
      rmSync(folder, { recursive: true, force: true });
      const files = new Files();
      for (const [step, each] of [...changes, { kind: 'read' } as const].entries()) {
        apply(files, each, step);
        if (each.kind !== 'read') continue;
        const names = [1, 2, 3, 4]
          .map((of) => `${recordOf(of, 1).key}.json`)
          .filter((name) => existsSync(join(files.folder, name)));
        expect(whole(await reading(files).all(files.named(names)))).toEqual(
          whole(names.map((name) => files.plain(name))),
        );
      }
    }),
    { numRuns: 60 },
  );
});
