import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Job, JobSpecification } from './contracts/record';
import { studyOf } from './experiment';

/** A value as JSON knows it: class instances become plain objects, absent keys disappear. */
export const plainJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** SHA-256 of the canonical JSON (RFC 8785) of a value, in hexadecimal: the order of keys does not matter. */
export const fingerprint = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(plainJson(value))!)
    .digest('hex');

/** Name of a job: two jobs have the same key exactly when everything that can move their results is the same. */
export const cellKey = (specification: JobSpecification): string => fingerprint(specification);

/**
 * A job with its key; `beside` are its row and column where they are not the ids of its units, and where files lie that its
 * task is made of.
 */
export function jobOf<S extends JobSpecification>(
  specification: S,
  plugins: readonly string[],
  beside: Pick<Job, 'row' | 'column' | 'data'> = {},
): Job<S> {
  const plain = plainJson(specification);
  return { key: cellKey(plain), specification: plain, plugins, ...plainJson(beside) };
}

/** The row of the matrix that a job belongs to. */
export const rowOf = ({ row, specification }: Pick<Job, 'row' | 'specification'>): string =>
  row ?? specification.architecture?.id ?? studyOf(specification);

/** The column of the matrix that a job belongs to; empty where its study has none. */
export const columnOf = ({ column, specification }: Pick<Job, 'column' | 'specification'>): string =>
  column ?? specification.task?.id ?? '';

/** "lstm x parity, seed 1"; what draws nothing at random has no seed to tell. */
export function cellLabel(job: Pick<Job, 'row' | 'column' | 'specification'>): string {
  const { seed, engine } = job.specification;
  const pair = [rowOf(job), columnOf(job)].filter(Boolean).join(' x ');
  return engine === 'none' ? pair : `${pair}, seed ${seed}`;
}
