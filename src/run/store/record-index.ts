import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { writeAtomically } from '../../core/atomic-file';
import type { CellRecord, RecordOf } from '../../core/contracts/record';
import {
  digestOf,
  rememberDigest,
  type LengthFrame,
  type RecordDigest,
} from '../../studies/capability/summarise/record-digest';
import { digestOfCode, objectOf, sha1, SharedParts, type FileState } from './index-file';
import { Packer, Unpacker } from './packed-values';

/**
 * Of one record file: its state; where the shapes and numbers of what views need at once are (record and digest), and of
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
  /** By the name of the file below the folder of records. */
  readonly rows: Readonly<Record<string, Row>>;
  /** How many numbers there are at once; the others are behind them. */
  readonly numbers: number;
  /** SHA-1 of all numbers. */
  readonly digest: string;
}

/** What views need at once. */
interface Early {
  readonly record: WritableRecord;
  readonly digest: Omit<RecordDigest, 'frame'>;
}
interface Later {
  readonly lengths: unknown;
  readonly curve: unknown;
}

interface WritableRecord {
  key: string;
  specification: object;
  lengths: unknown;
  training: { curve: unknown } | null;
  provenance: { startedAt: string };
}

const magic = 'zoo records\n';
/** Behind the length of the head and its digest. */
const headStart = magic.length + 4 + 40;

/** With spaces at its end, so that what follows lies as typed arrays have to. */
const padded = (head: Buffer): Buffer =>
  Buffer.concat([head, Buffer.alloc((8 - ((headStart + head.length) % 8)) % 8, ' ')]);

/**
 * Finished records of a folder in one file that is read fast: numbers as they are in memory, everything else once for all
 * records that share it. It is never believed of a file that has another size or time than when it was read, and nothing is
 * lost with it.
 */
export class RecordIndex {
  private readonly rows: ReadonlyMap<string, Row>;
  private readonly early: Unpacker;
  private readonly later: Unpacker;

  private constructor(
    private readonly head: Head,
    numbers: Float64Array,
  ) {
    this.rows = new Map(Object.entries(head.rows));
    this.early = new Unpacker(head.shapes, numbers.subarray(0, head.numbers));
    this.later = new Unpacker(head.laterShapes, numbers.subarray(head.numbers));
  }

  /** The index of a file, or undefined where there is none, it is damaged or was written by other code. */
  static read(file: string): RecordIndex | undefined {
    try {
      const bytes = readFileSync(file);
      if (bytes.toString('latin1', 0, magic.length) !== magic) return undefined;
      const headBytes = bytes.readUInt32LE(magic.length);
      const headDigest = bytes.toString('latin1', magic.length + 4, headStart);
      const headText = bytes.subarray(headStart, headStart + headBytes);
      if (sha1(headText) !== headDigest) return undefined;
      const head = JSON.parse(headText.toString('utf8')) as Head;
      const numbers = bytes.subarray(headStart + headBytes);
      if (head.code !== thisCode() || sha1(numbers) !== head.digest) return undefined;
      return new RecordIndex(head, asNumbers(numbers));
    } catch {
      return undefined; // not there, or not ours: it costs time alone
    }
  }

  /** Whether it knows a file as it is now. */
  knows(name: string, { size, mtimeMs }: FileState): boolean {
    const row = this.rows.get(name);
    return row !== undefined && row[0] === size && row[1] === mtimeMs;
  }

  /** A record that it knows. Lengths and curve are put together when they are looked at. */
  record(name: string): RecordOf {
    const [, , startedAt, shape, at, laterShape, laterAt, frame, ...specification] = this.rows.get(name)!;
    const { record, digest } = this.early.unpack({ shape, at }) as Early;
    record.key = basename(name, '.json');
    record.provenance.startedAt = startedAt;
    record.specification = objectOf(this.head.parts, specification);
    let known: Later | undefined;
    const later = () => (known ??= this.later.unpack({ shape: laterShape, at: laterAt }) as Later);
    lazily(record, 'lengths', () => later().lengths);
    if (record.training) lazily(record.training, 'curve', () => later().curve);
    const whole = record as unknown as CellRecord;
    rememberDigest(whole, { ...digest, frame: this.head.parts[frame] as LengthFrame });
    return whole;
  }
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

/** Without a copy where they lie as typed arrays have to. */
function asNumbers(bytes: Uint8Array): Float64Array {
  const { buffer, byteOffset, byteLength } = byteOffsetIsWhole(bytes) ? bytes : Uint8Array.from(bytes);
  return new Float64Array(buffer, byteOffset, byteLength / Float64Array.BYTES_PER_ELEMENT);
}
const byteOffsetIsWhole = ({ byteOffset }: Uint8Array): boolean => byteOffset % Float64Array.BYTES_PER_ELEMENT === 0;

/** What becomes an index: each record with the state that its file had before it was read. */
export class IndexWriter {
  private readonly early = new Packer();
  private readonly later = new Packer();
  private readonly parts = new SharedParts();
  private readonly rows: Record<string, Row> = {};

  /** A finished record of the study `capability`: its key is the name of its file. */
  add(name: string, { size, mtimeMs }: FileState, record: CellRecord): void {
    const { specification, provenance, training, lengths } = record;
    const { frame, ...digest } = digestOf(record);
    const early = this.early.pack({
      record: {
        ...record,
        key: null,
        specification: null,
        lengths: null,
        ...(training && { training: { ...training, curve: null } }),
        provenance: { ...provenance, startedAt: null },
      },
      digest,
    });
    const later = this.later.pack({ lengths, curve: training?.curve ?? null });
    const places = [early.shape, early.at, later.shape, later.at, this.parts.place(frame)] as const;
    this.rows[name] = [size, mtimeMs, provenance.startedAt, ...places, ...this.parts.placesOf(specification)];
  }

  /** @throws what the file system says */
  write(file: string): void {
    const numbers = Buffer.from(Float64Array.from([...this.early.numbers, ...this.later.numbers]).buffer);
    const rest = JSON.stringify({
      code: thisCode(),
      parts: this.parts.values,
      rows: this.rows,
      numbers: this.early.numbers.length,
      digest: sha1(numbers),
    } satisfies Omit<Head, 'shapes' | 'laterShapes'>);
    const shapes = `"shapes":[${this.early.shapes.join()}],"laterShapes":[${this.later.shapes.join()}]`;
    const head = padded(Buffer.from(`${rest.slice(0, -1)},${shapes}}`));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    writeAtomically(file, Buffer.concat([Buffer.from(magic), length, Buffer.from(sha1(head)), head, numbers]));
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
