import { gzipSync } from 'fflate';
import { headerOf, sha256 } from './form';
import type { SubmissionHead } from './head';
import type { SubmissionContent } from './submission';

/** A submission as a file. */
export interface Packed {
  readonly content: Uint8Array;
  readonly digest: string;
}

/**
 * Lines as one file: a line that says what follows, with its size and digest, and the lines packed with gzip. The same lines
 * are the same bytes everywhere: the packer is the same code on every system, and no time is written.
 */
export function pack(lines: readonly string[]): Packed {
  const plain = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const packed = gzipSync(plain, { level: 9, mtime: 0 });
  const digest = sha256(packed);
  return { content: Buffer.concat([Buffer.from(`${headerOf(plain.length, digest)}\n`), packed]), digest };
}

/** A file of it: lines of JSON, of the head, the manifest, the records in the order of their keys, and the sources. */
export function encodeSubmission({ head, manifest, records, sources }: SubmissionContent): Packed {
  const ordered = [...records].sort(([a], [b]) => (a < b ? -1 : 1));
  return pack([
    JSON.stringify({ ...head, records: ordered.length, sources: sources.length } satisfies SubmissionHead),
    JSON.stringify(manifest),
    ...ordered.map(([, text]) => text),
    ...sources.map((source) => JSON.stringify(source)),
  ]);
}
