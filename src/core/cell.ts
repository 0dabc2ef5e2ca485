import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { CellSpecification } from './contracts/record';

/** A value as JSON knows it: class instances become plain objects, absent keys disappear. */
export const plainJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** SHA-256 of the canonical JSON (RFC 8785) of a value, in hexadecimal: the order of keys does not matter. */
export const fingerprint = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(plainJson(value))!)
    .digest('hex');

/** Name of a cell: two cells have the same key exactly when everything that can move their results is the same. */
export const cellKey = (specification: CellSpecification): string => fingerprint(specification);
