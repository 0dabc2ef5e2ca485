import type { Rng } from '../../registry';

/** Names of the whole numbers 0..count-1. */
export const numerals = (count: number): string[] => Array.from({ length: count }, (_, value) => String(value));

export const bits = numerals(2);
export const decimalDigits = numerals(10);

/** `length` independent uniform ids below `bound`. */
export function uniformSymbols(rng: Rng, length: number, bound: number): number[] {
  const symbols = new Array<number>(length);
  for (let i = 0; i < length; i++) symbols[i] = rng.integer(bound);
  return symbols;
}

/** How many decimal digits a whole number has; 0 has one. */
export const decimalWidth = (value: number): number => String(value).length;

/** Decimal digits of a whole number, most significant first, padded with zeros to `width`. */
export function toDecimal(value: number, width: number): number[] {
  const digits = new Array<number>(width);
  for (let i = width - 1; i >= 0; i--) {
    digits[i] = value % 10;
    value = Math.floor(value / 10);
  }
  return digits;
}
