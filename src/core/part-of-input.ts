import type { Part } from './contracts/task';

/** Of 16 inputs about 13 are for training, one for validation and two for test. */
const parts = 16;
const partAt = (slot: number): Part => (slot < 2 ? 'test' : slot < 3 ? 'validation' : 'training');

/** The part of an input, known from its symbols alone (FNV-1a, then the finaliser of MurmurHash3). */
export function partOf(input: readonly number[]): Part {
  let hash = 0x811c9dc5;
  for (const symbol of input) hash = Math.imul(hash ^ (symbol + 1), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return partAt((hash ^ (hash >>> 16)) & (parts - 1));
}
