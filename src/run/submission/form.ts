import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { zooError } from '../../core/errors';
import { isPlainObject } from '../../core/validation';

/** What the first line of a submission says it is. */
export const formName = 'chomsky-zoo submission';
/** Raised when the form changes. */
export const formVersion = 1;

/** What is read of a stranger's file at most. */
export const limits = {
  /** Bytes of the file, and of what is in it when it is unpacked. */
  file: 32 * 2 ** 20,
  content: 128 * 2 ** 20,
  records: 50_000,
  /** Bytes of one line: the manifest is the longest. */
  line: 64 * 2 ** 20,
} as const;

/** Longer than any first line of ours. */
const longestHeader = 256;

/** In hexadecimal. */
export const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The one way to write a first line, so that no byte of it can be another. */
export const headerOf = (bytes: number, digest: string): string =>
  JSON.stringify({ form: formName, version: formVersion, bytes, digest });

/** What begins every submission of whatever version. */
export const beginning = Buffer.from(`{"form":${JSON.stringify(formName)},`);

/** Whether a file may be a submission, by its first bytes. */
export const beginsAsOne = (content: Buffer): boolean => content.subarray(0, beginning.length).equals(beginning);

/** A submission as it was unpacked. */
export interface Unpacked {
  /** SHA-256 of the packed content: the name of the submission wherever one is needed. */
  readonly digest: string;
  readonly lines: readonly string[];
}

/**
 * Reads what `pack` wrote, from whomever it comes: nothing is unpacked before its digest is right, and never more than its first
 * line says and `limits` allow.
 * @throws not-a-submission, submission-version, submission-damaged, submission-too-large
 */
export function unpack(content: Buffer, file: string): Unpacked {
  if (content.length > limits.file) throw tooLarge(file, 'a size', content.length, limits.file);
  const { bytes, digest, packed } = headOf(content, file);
  const damaged = (reason: string) => zooError('submission-damaged', { file, reason });
  if (sha256(packed) !== digest) throw damaged('its content does not match its digest');
  if (bytes > limits.content) throw tooLarge(file, 'an unpacked size', bytes, limits.content);
  let plain: Buffer;
  try {
    plain = gunzipSync(packed, { maxOutputLength: bytes });
  } catch (error) {
    const isMore = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw damaged(isMore ? `it unpacks to more than the ${bytes} bytes that it says` : 'it cannot be unpacked');
  }
  if (plain.length !== bytes) throw damaged(`it unpacks to ${plain.length} bytes, not the ${bytes} that it says`);
  if (plain.at(-1) !== newline) throw damaged('its last line has no end');
  return { digest, lines: linesOf(plain, file) };
}

const newline = 0x0a;

function headOf(content: Buffer, file: string) {
  const end = content.subarray(0, longestHeader).indexOf(newline);
  if (!beginsAsOne(content)) throw zooError('not-a-submission', { file, reason: 'it does not begin as one' });
  const text = content.toString('latin1', 0, Math.max(0, end));
  const { version, bytes, digest } = parsed(text);
  if (typeof version === 'number' && version !== formVersion)
    throw zooError('submission-version', { file, version: String(version), known: formVersion });
  if (!Number.isSafeInteger(bytes) || Number(bytes) < 1 || headerOf(Number(bytes), String(digest)) !== text)
    throw zooError('submission-damaged', { file, reason: 'its first line is not one that zoo submit writes' });
  return { bytes: Number(bytes), digest: String(digest), packed: content.subarray(end + 1) };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(text);
    return isPlainObject(found) ? found : {};
  } catch {
    return {};
  }
}

function linesOf(plain: Buffer, file: string): string[] {
  const lines: string[] = [];
  const most = limits.records + 10_000;
  for (let from = 0; from < plain.length;) {
    const end = plain.indexOf(newline, from);
    if (end - from > limits.line) throw tooLarge(file, 'a line', end - from, limits.line);
    lines.push(plain.toString('utf8', from, end));
    if (lines.length > most)
      throw zooError('submission-too-large', {
        file,
        what: 'a number of lines',
        found: `more than ${most}`,
        most: `${most}`,
      });
    from = end + 1;
  }
  return lines;
}

const tooLarge = (file: string, what: string, found: number, most: number) =>
  zooError('submission-too-large', { file, what, found: mebibytes(found), most: mebibytes(most) });
const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
