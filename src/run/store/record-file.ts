import { createHash } from 'node:crypto';
import { RecordHead, recordSchemaVersion, type RecordOf, type TrainingResult } from '../../core/contracts/record';
import { ZooError, zooError } from '../../core/errors';
import { whyNotJson } from '../../core/json-file';
import { isPlainObject, validated } from '../../core/validation';
import { cellKey, fingerprint, plainJson } from '../../core/cell';
import { studyOf } from '../../core/experiment';
import type { RecordShapes } from './record-shapes';

/** What a record file says of one cell: believed, not believed, or written by another version of the zoo. */
export type Reading =
  | { readonly status: 'finished'; readonly record: RecordOf }
  | { readonly status: 'stale'; readonly record: RecordOf; readonly reason: string }
  | { readonly status: 'corrupt'; readonly reason: string };

/** Digest of everything that two runs of a cell have in common, so that a flipped digit is noticed. */
export const digestOf = ({ provenance: _, ...results }: RecordOf): string => fingerprint(results);

/**
 * Text of a record file: the record and the digest of its results.
 * @throws invalid-record where it is not what its study says it measures
 */
export function encodeRecord(record: RecordOf, shapes: RecordShapes): string {
  const plain = plainJson(record);
  const study = shapes(studyOf(plain.specification));
  const problem = firstProblem(plain, shapes) ?? study?.contradiction?.(plain);
  if (problem) throw zooError('invalid-record', { study: studyOf(plain.specification), key: plain.key, problem });
  const text = `${JSON.stringify({ digest: digestOf(plain), ...plain }, null, 1)}\n`;
  if (study) writtenOf(study).add(digestOfText(text));
  return text;
}

/**
 * Digests of texts that this process found valid and wrote, by what their study says of its records: a run that reads its own
 * records back need not ask again.
 */
const written = new WeakMap<object, Set<string>>();
function writtenOf({ record }: NonNullable<ReturnType<RecordShapes>>): Set<string> {
  if (!written.has(record)) written.set(record, new Set());
  return written.get(record)!;
}
const digestOfText = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Reads a record file back, checking its form, its digest, and that its key is that of its specification. */
export function decodeRecord(text: string, key: string, shapes: RecordShapes): Reading {
  const corrupt = (reason: string): Reading => ({ status: 'corrupt', reason });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return corrupt(text.trim() === '' ? 'it is empty' : `it is not JSON: ${whyNotJson(text)}`);
  }
  if (!isPlainObject(content)) return corrupt('it is not a record');
  const { digest, ...plain } = content;
  const record = plain as unknown as RecordOf;
  if (isPlainObject(plain.specification) && typeof digest === 'string' && plain.schemaVersion !== recordSchemaVersion) {
    const reason = `it has record schema ${String(plain.schemaVersion)}, this zoo writes ${recordSchemaVersion}`;
    if (digest === digestOf(record)) return { status: 'stale', record, reason };
  }
  const isOurs = wasWritten(text, plain, shapes);
  const problem = isOurs ? undefined : firstProblem(plain, shapes);
  if (problem) return corrupt(problem);
  if (record.key !== key) return corrupt(`it is named ${short(key)} and holds the record ${short(record.key)}`);
  if (isOurs) return { status: 'finished', record: withLosses(record) };
  if (cellKey(record.specification) !== key) return corrupt('its key is not that of its specification');
  if (digest !== digestOf(record))
    return corrupt('its content does not match its digest: it was changed after it was written');
  const contradiction = shapes(studyOf(record.specification))?.contradiction?.(record);
  return contradiction ? corrupt(contradiction) : { status: 'finished', record: withLosses(record) };
}

/**
 * A record that is as it was written: its digest is right, and its key is the one it is known by. What its study says
 * of it is not asked, so that records of every study can be copied.
 * @throws Error that says what is wrong
 */
export function soundRecord(text: string, key: string): RecordOf {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error(text.trim() === '' ? 'it is empty' : `it is not JSON: ${whyNotJson(text)}`);
  }
  if (!isPlainObject(content) || !isPlainObject(content.specification) || !isPlainObject(content.provenance))
    throw new Error('it is not a record');
  const { digest, ...plain } = content;
  const record = plain as unknown as RecordOf;
  if (digest !== digestOf(record))
    throw new Error('its content does not match its digest: it was changed after it was written');
  if (record.key !== key) throw new Error(`it is named ${short(key)} and holds the record ${short(record.key)}`);
  return record;
}

function wasWritten(text: string, { specification }: Partial<RecordOf>, shapes: RecordShapes): boolean {
  const study = isPlainObject(specification) ? shapes(studyOf(specification)) : undefined;
  return study !== undefined && writtenOf(study).has(digestOfText(text));
}

const short = (key: string): string => key.slice(0, 12);

function firstProblem(plain: object, shapes: RecordShapes): string | undefined {
  const options = { place: 'record', unknownKeys: 'keep' } as const;
  try {
    const study = studyOf(validated(RecordHead, plain, options).specification);
    const shape = shapes(study);
    if (!shape) return `it belongs to the study "${study}", which is not known here: name its plugin`;
    validated(shape.record, plain, options);
    return undefined;
  } catch (error) {
    if (error instanceof ZooError)
      return error.what
        .split('\n')
        .slice(0, 2)
        .join(' ')
        .replace(/^record: ?/, '')
        .trim();
    throw error;
  }
}

/** JSON has no NaN: a loss that was none comes back as null. */
function withLosses(record: RecordOf & { readonly training?: TrainingResult | null }): RecordOf {
  if (!record.training?.curve) return record;
  const curve = record.training.curve.map((point) => ({ ...point, loss: point.loss ?? NaN }));
  return Object.assign({}, record, { training: { ...record.training, curve } });
}

const digestBytes = 32;
const sha256 = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest();

/** A checkpoint with its digest in front. */
export const encodeChecked = (content: Uint8Array): Buffer => Buffer.concat([sha256(content), content]);

/** The content behind a digest, or null where they do not match. */
export function decodeChecked(file: Buffer): Uint8Array | null {
  const content = file.subarray(digestBytes);
  return sha256(content).equals(file.subarray(0, digestBytes)) ? new Uint8Array(content) : null;
}
