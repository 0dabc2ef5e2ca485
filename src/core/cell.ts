import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Cell, CellSpecification } from './contracts/record';

/** A value as JSON knows it: class instances become plain objects, absent keys disappear. */
export const plainJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** SHA-256 of the canonical JSON (RFC 8785) of a value, in hexadecimal: the order of keys does not matter. */
export const fingerprint = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(plainJson(value))!)
    .digest('hex');

/** Name of a cell: two cells have the same key exactly when everything that can move their results is the same. */
export const cellKey = (specification: CellSpecification): string => fingerprint(specification);

/** Id of the row that a cell is in. */
export const rowOf = ({ row, specification }: Cell): string => row ?? specification.architecture.id;
/** Id of the column that a cell is in. */
export const columnOf = ({ column, specification }: Cell): string => column ?? specification.task.id;

/** "lstm x parity, seed 1"; the seed of a baseline is not worth telling. */
export const cellLabel = (cell: Cell): string =>
  `${rowOf(cell)} x ${columnOf(cell)}${cell.specification.mode === 'baseline' ? '' : `, seed ${cell.specification.seed}`}`;
