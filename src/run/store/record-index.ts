import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { writeAtomically } from '../../core/atomic-file';
import type { CellRecord } from '../../core/contracts/record';
import type { LengthRange } from '../../core/contracts/reference';
import { byRange, type SeedScore } from '../../studies/capability/summarise/seed-summary';
import {
  digestOf,
  rememberDigest,
  type LengthFrame,
  type RecordDigest,
} from '../../studies/capability/summarise/record-digest';
import { digestOfCode, objectOf, sha1, SharedParts, type FileState } from './index-file';
import { Packer, Unpacker } from './packed-values';

/**
 * Of one record: the state of the file that holds it; where the shapes and numbers of what views need at once are (record and digest), and of
 * what few ask for (lengths and curve); and places of the parts of its specification, behind that of their names.
 */
type Row = readonly [
  size: number,
  mtimeMs: number,
  startedAt: string,
  shape: number,
  at: number,
  laterShape: number,
  laterAt: number,
  frame: number,
  ...specification: number[],
];

interface Head {
  readonly code: string;
  readonly shapes: readonly unknown[];
  readonly laterShapes: readonly unknown[];
  /** Frames, and parts of specifications with their names: whole values that many records share. */
  readonly parts: readonly unknown[];
  /** By the names of records: those of their files below the folder of records, also where a pack holds them. */
  readonly rows: Readonly<Record<string, Row>>;
  /** How many numbers there are at once; the others are behind them. */
  readonly numbers: number;
  /** SHA-1 of those, and of the others. */
  readonly digests: readonly [string, string];
}

/** What views need at once. */
interface Early {
  readonly record: WritableRecord;
  readonly digest: Pick<RecordDigest, 'faults'> & { readonly scores: Record<LengthRange, SeedScoreLeft | null> };
}
interface Later {
  readonly lengths: unknown;
  readonly ranges: unknown;
  readonly curve: unknown;
}
type SeedScoreLeft = Omit<SeedScore, 'ownIntervals'>;

interface WritableRecord {
  key: string;
  specification: object;
  lengths: unknown;
  ranges: unknown;
  training: { curve: unknown } | null;
  provenance: { startedAt: string };
}

const magic = 'zoo records\n';
/** Behind the length of the head and its digest. */
const headStart = magic.length + 4 + 40;

/**
 * Finished records of a folder in one file that is read fast: numbers as they are in memory, everything else once for all
 * records that share it. It is never believed of a file that has another size or time than when it was read, and nothing is
 * lost with it.
 */
export class RecordIndex {
  private readonly rows: ReadonlyMap<string, Row>;
  private readonly early: Unpacker;
  private later: Unpacker | null | undefined;

  private constructor(
    private readonly head: Head,
    numbers: Float64Array,
    private readonly laterNumbers: () => Buffer,
  ) {
    this.rows = new Map(Object.entries(head.rows));
    this.early = new Unpacker(head.shapes, numbers);
  }

  /**
   * The index of a file, or undefined where there is none, it is damaged or was written by other code. The file stays open:
   * what few views ask for is read from it then, whatever has taken its place.
   */
  static read(file: string): RecordIndex | undefined {
    let descriptor: number | undefined;
    try {
      descriptor = openSync(file, 'r');
      return RecordIndex.opened(descriptor);
    } catch {
      if (descriptor !== undefined) closeSync(descriptor);
      return undefined; // not there, or not ours: it costs time alone
    }
  }

  private static opened(descriptor: number): RecordIndex {
    const begin = readAt(descriptor, 0, headStart);
    if (begin.toString('latin1', 0, magic.length) !== magic) throw new Error('not an index');
    const headBytes = begin.readUInt32LE(magic.length);
    const text = readAt(descriptor, headStart, headBytes);
    if (sha1(text) !== begin.toString('latin1', magic.length + 4)) throw new Error('damaged');
    const head = JSON.parse(text.toString('utf8')) as Head;
    if (head.code !== thisCode()) throw new Error('written by other code');
    const at = headStart + headBytes;
    const bytes = 8 * head.numbers;
    const numbers = readAt(descriptor, at, bytes);
    if (sha1(numbers) !== head.digests[0]) throw new Error('damaged');
    return new RecordIndex(head, asNumbers(numbers), () => {
      const found = readAt(descriptor, at + bytes, fstatSync(descriptor).size - at - bytes);
      closeSync(descriptor);
      return found;
    });
  }

  /** Whether it knows a file as it is now. */
  knows(name: string, { size, mtimeMs }: FileState): boolean {
    const row = this.rows.get(name);
    return row !== undefined && row[0] === size && row[1] === mtimeMs;
  }

  /**
   * A record that it knows. Lengths, ranges and curve are put together when they are looked at; `again` reads the record
   * itself, where that part of the index is damaged.
   */
  record(name: string, again: () => CellRecord): CellRecord {
    const [, , startedAt, shape, at, laterShape, laterAt, frame, ...specification] = this.rows.get(name)!;
    const { record, digest } = this.early.unpack({ shape, at }) as Early;
    record.key = basename(name, '.json');
    record.provenance.startedAt = startedAt;
    record.specification = objectOf(this.head.parts, specification);
    let known: Later | undefined;
    const later = () => (known ??= this.laterOf(laterShape, laterAt) ?? laterPartOf(again()));
    lazily(record, 'lengths', () => later().lengths);
    lazily(record, 'ranges', () => later().ranges);
    if (record.training) lazily(record.training, 'curve', () => later().curve);
    const whole = record as unknown as CellRecord;
    const scores = byRange((range) => withOwnIntervals(digest.scores[range]));
    rememberDigest(whole, { scores, faults: digest.faults, frame: this.head.parts[frame] as LengthFrame });
    return whole;
  }

  private laterOf(shape: number, at: number): Later | undefined {
    if (this.later === undefined) {
      const numbers = this.laterNumbers();
      const isWhole = sha1(numbers) === this.head.digests[1];
      this.later = isWhole ? new Unpacker(this.head.laterShapes, asNumbers(numbers)) : null;
    }
    return this.later?.unpack({ shape, at }) as Later | undefined;
  }
}

const laterPartOf = ({ lengths, ranges, training }: CellRecord): Later => ({
  lengths,
  ranges,
  curve: training?.curve ?? null,
});

/** Of a single run both intervals are the same. */
const withOwnIntervals = (score: SeedScoreLeft | null): SeedScore | null =>
  score && { ...score, ownIntervals: score.intervals };

function withoutOwnIntervals(score: SeedScore | null): SeedScoreLeft | null {
  if (!score) return null;
  const { ownIntervals: _, ...left } = score;
  return left;
}

/** Bytes of an open file from a place on. */
function readAt(descriptor: number, at: number, count: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(count);
  for (let read = 0; read < count;) {
    const more = readSync(descriptor, bytes, read, count - read, at + read);
    if (more === 0) throw new Error('too short');
    read += more;
  }
  return bytes;
}

/** A property that is made when it is first asked for. */
function lazily(owner: object, key: string, make: () => unknown): void {
  Object.defineProperty(owner, key, {
    configurable: true,
    enumerable: true,
    get: () => {
      const value = make();
      Object.defineProperty(owner, key, { value, configurable: true, enumerable: true, writable: true });
      return value;
    },
  });
}

const asNumbers = ({ buffer, byteOffset, byteLength }: Buffer): Float64Array =>
  new Float64Array(buffer, byteOffset, byteLength / Float64Array.BYTES_PER_ELEMENT);

/** What becomes an index: each record with the state that its file had before it was read. */
export class IndexWriter {
  private readonly early = new Packer();
  private readonly later = new Packer();
  private readonly parts = new SharedParts();
  private readonly rows: Record<string, Row> = {};

  /** A finished record of the study `capability`: its key is the name of its file. */
  add(name: string, { size, mtimeMs }: FileState, record: CellRecord): void {
    const { specification, provenance, training } = record;
    const { frame, scores, faults } = digestOf(record);
    const early = this.early.pack({
      record: {
        ...record,
        key: null,
        specification: null,
        lengths: null,
        ranges: null,
        ...(training && { training: { ...training, curve: null } }),
        provenance: { ...provenance, startedAt: null },
      },
      digest: { scores: byRange((range) => withoutOwnIntervals(scores[range])), faults } satisfies Early['digest'],
    });
    const later = this.later.pack(laterPartOf(record));
    const places = [early.shape, early.at, later.shape, later.at, this.parts.place(frame)] as const;
    this.rows[name] = [size, mtimeMs, provenance.startedAt, ...places, ...this.parts.placesOf(specification)];
  }

  /** @throws what the file system says */
  write(file: string): void {
    const [early, later] = [this.early, this.later].map(({ numbers }) =>
      Buffer.from(Float64Array.from(numbers).buffer),
    ) as [Buffer, Buffer];
    const rest = JSON.stringify({
      code: thisCode(),
      parts: this.parts.values,
      rows: this.rows,
      numbers: this.early.numbers.length,
      digests: [sha1(early), sha1(later)],
    } satisfies Omit<Head, 'shapes' | 'laterShapes'>);
    const shapes = `"shapes":[${this.early.shapes.join()}],"laterShapes":[${this.later.shapes.join()}]`;
    const head = Buffer.from(`${rest.slice(0, -1)},${shapes}}`);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    writeAtomically(file, Buffer.concat([Buffer.from(magic), length, Buffer.from(sha1(head)), head, early, later]));
  }
}

/** Code that says which records are believed, what is computed of them, and how they are packed. */
const judges = [
  'src/core/cell',
  'src/core/fields',
  'src/core/protocol',
  'src/core/validation',
  'src/core/contracts/record',
  'src/core/contracts/reference',
  'src/evaluation/evaluate',
  'src/run/store/index-file',
  'src/run/store/pack-file',
  'src/run/store/packed-values',
  'src/run/store/record-file',
  'src/run/store/record-index',
  'src/studies/capability/contradiction',
  'src/studies/capability/summarise/faults',
  'src/studies/capability/summarise/mean-score',
  'src/studies/capability/summarise/record-digest',
  'src/studies/capability/summarise/seed-summary',
  'src/studies/statistics/wilson',
];
const thisCode = () => digestOfCode(judges);
