import { gunzipSync } from 'node:zlib';
import { gzipSync } from 'fflate';

/**
 * A pack: records of one row, compressed. It is a gzip file of JSON lines, a record each (`gzip -dc FILE | jq` reads it), in
 * members (RFC 1952, 2.2) of at most 16 records of one column. The header of a member tells its length and the keys of its
 * records in an extra field, as BGZF does (SAM specification, 4.1), so that what a pack holds is known without unpacking any of
 * it, one record costs one member, and a damaged member costs no other.
 *
 * Equal records make equal bytes on every machine: header fields are fixed, and the compressor is no library of the system.
 */

/** A record of a pack. */
export interface PackedRecord {
  readonly key: string;
  /** Folder of its file below that of the row: the column. */
  readonly folder: string;
  /** One line of JSON. */
  readonly line: string;
}

/** A record of a pack that is read when it is asked for. */
export interface LazyRecord extends Omit<PackedRecord, 'line'> {
  /** @throws Error that says what is wrong with this part of the pack */
  line(): string;
}

const mostRecords = 16;
/** A limit for what strangers hand over: no row of records comes near it. */
const mostBytes = 2 ** 26;

/** Magic, deflate, with an extra field, without a time, compressed as well as may be, of no certain system. */
const start = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 2, 255]);
const plainHeader = 10;
/** Name of the subfield. */
const id = 'ZR';
/** Length of the extra field, name and length of the subfield; then length of the member, number of keys, keys, folder. */
const fieldAt = start.length + 2 + 4;
const keysAt = fieldAt + 5;
const keyBytes = 32;

/** Bytes of a pack. */
export function encodePack(records: readonly PackedRecord[]): Buffer {
  const sorted = [...records].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const members: Buffer[] = [];
  for (let from = 0; from < sorted.length;) {
    const { folder } = sorted[from]!;
    let to = from + 1;
    while (to < sorted.length && to - from < mostRecords && sorted[to]!.folder === folder) to++;
    members.push(encodeMember(folder, sorted.slice(from, to)));
    from = to;
  }
  return Buffer.concat(members);
}

const nameOf = ({ folder, key }: PackedRecord): string => `${folder}/${key}`;

function encodeMember(folder: string, records: readonly PackedRecord[]): Buffer {
  const text = records.map(({ line }) => `${line}\n`).join('');
  const rest = gzipSync(Buffer.from(text), { level: 9, mtime: 0 }).subarray(plainHeader);
  const keys = Buffer.from(records.map(({ key }) => key).join(''), 'hex');
  const told = Buffer.concat([Buffer.alloc(5), keys, Buffer.from(folder)]);
  const head = Buffer.alloc(fieldAt - start.length);
  head.writeUInt16LE(4 + told.length, 0);
  head.write(id, 2, 'latin1');
  head.writeUInt16LE(told.length, 4);
  told.writeUInt32LE(fieldAt + told.length + rest.length, 0);
  told.writeUInt8(records.length, 4);
  return Buffer.concat([start, head, told, rest]);
}

/** The records of a pack. What somebody compressed anew, without our fields, is read whole; what cannot be read has a name too. */
export function recordsIn(bytes: Buffer): LazyRecord[] {
  const records: LazyRecord[] = [];
  const latest: Latest = {};
  for (let from = 0; from < bytes.length;) {
    const member = memberAt(bytes, from);
    const to = endOf(bytes, from, member?.length);
    const part = partOf(bytes, { from, to }, latest);
    records.push(...(member ? ofMember(member, part) : foreign(part)));
    from = to;
  }
  return records;
}

interface Member {
  readonly length: number;
  readonly keys: readonly string[];
  readonly folder: string;
}

/** What the header says of the member that begins here; undefined where it is none of ours. */
function memberAt(bytes: Buffer, at: number): Member | undefined {
  if (at + keysAt > bytes.length || !isStart(bytes, at)) return undefined;
  if (bytes.toString('latin1', at + start.length + 2, at + start.length + 4) !== id) return undefined;
  const end = at + fieldAt + bytes.readUInt16LE(at + fieldAt - 2);
  const count = bytes.readUInt8(at + fieldAt + 4);
  const folderAt = at + keysAt + count * keyBytes;
  if (count === 0 || folderAt > end || end > bytes.length) return undefined;
  const keys = Array.from({ length: count }, (_, n) => {
    const keyAt = at + keysAt + n * keyBytes;
    return bytes.toString('hex', keyAt, keyAt + keyBytes);
  });
  return { length: bytes.readUInt32LE(at + fieldAt), keys, folder: bytes.toString('utf8', folderAt, end) };
}

const isStart = (bytes: Buffer, at: number): boolean =>
  bytes.length - at >= start.length && bytes.compare(start, 0, start.length, at, at + start.length) === 0;

const isGzip = (bytes: Buffer, at: number): boolean => bytes[at] === start[0] && bytes[at + 1] === start[1];

/** Where the next member begins: as the header says if that is so, or else where one is found. */
function endOf(bytes: Buffer, from: number, length = -1): number {
  const told = from + length;
  if (told > from && (told === bytes.length || isGzip(bytes, told))) return told;
  const next = bytes.indexOf(start, from + 1);
  return next < 0 ? bytes.length : next;
}

interface Part {
  /** "bytes-120-to-4000" */
  readonly name: string;
  /** @throws Error */
  lines(): readonly string[];
}

/** The part that was unpacked last: its records are mostly read one after another. */
interface Latest {
  name?: string;
  lines?: readonly string[];
}

function partOf(bytes: Buffer, { from, to }: { readonly from: number; readonly to: number }, latest: Latest): Part {
  const name = `bytes-${from}-to-${to}`;
  const unpacked = () => {
    try {
      const text = gunzipSync(bytes.subarray(from, to), { maxOutputLength: mostBytes }).toString('utf8');
      return text.replace(/\n$/, '').split('\n');
    } catch (error) {
      throw new Error(`${name.replaceAll('-', ' ')} of the pack are damaged: ${(error as Error).message}`);
    }
  };
  const lines = () => {
    if (latest.name !== name) Object.assign(latest, { name, lines: unpacked() });
    return latest.lines!;
  };
  return { name, lines };
}

const ofMember = ({ keys, folder }: Member, part: Part): LazyRecord[] =>
  keys.map((key, at) => ({
    key,
    folder,
    line: () => {
      const lines = part.lines();
      if (lines.length !== keys.length)
        throw new Error(`its part of the pack holds ${lines.length} records and names ${keys.length}`);
      return lines[at]!;
    },
  }));

/** A part without fields of ours: its keys are in its lines. */
function foreign(part: Part): LazyRecord[] {
  try {
    return part.lines().map((line, at) => ({
      key: keyIn(line) ?? `${part.name}-line-${at + 1}`,
      folder: '',
      line: () => part.lines()[at]!,
    }));
  } catch (error) {
    const line = () => {
      throw error;
    };
    return [{ key: part.name, folder: '', line }];
  }
}

function keyIn(line: string): string | undefined {
  try {
    const { key } = JSON.parse(line) as { readonly key?: unknown };
    return typeof key === 'string' && isKey(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this is the key of a record, and not the name of what could not be read. */
export const isKey = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);
