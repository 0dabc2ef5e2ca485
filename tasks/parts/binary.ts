import type { Rng } from '../../registry';

/** Id of the operator in inputs and of the terminator in answers (Deletang et al. 2023). */
export const operator = 2;
export const terminator = 2;

/** The whole number whose bits, least significant first, are given. */
export function fromBits(bits: readonly number[]): bigint {
  let literal = '0b0';
  for (let i = bits.length - 1; i >= 0; i--) literal += bits[i] === 1 ? '1' : '0';
  return BigInt(literal);
}

/** Bits of a whole number, least significant first, without high zeros; 0 is one zero. */
export function toBits(value: bigint): number[] {
  const text = value.toString(2);
  const bits = new Array<number>(text.length);
  for (let i = 0; i < bits.length; i++) bits[i] = text.charCodeAt(text.length - 1 - i) - 48;
  return bits;
}

/** Uniform in 1..2^width - 1, as `width` bits, least significant first. */
export function positiveBits(rng: Rng, width: number): number[] {
  const bits = new Array<number>(width);
  let isZero = true;
  while (isZero)
    for (let i = 0; i < width; i++) {
      bits[i] = rng.integer(2);
      if (bits[i] === 1) isZero = false;
    }
  return bits;
}

/**
 * Two positive numbers and an operator in `length` symbols, each number least significant bit first and padded with
 * zeros to its own width; the first width is uniform in 1..length-2. Length 1 is `0`, length 2 is 0, 1 or 2 in two bits.
 */
export function sampleOperands(rng: Rng, length: number): number[] {
  if (length === 1) return [0];
  if (length === 2) {
    const value = rng.integer(3);
    return [value & 1, value >> 1];
  }
  const width = 1 + rng.integer(length - 2);
  return [...positiveBits(rng, width), operator, ...positiveBits(rng, length - 1 - width)];
}

/** The operands of an input of length 3 or more, or undefined where the operator is missing or at an end. */
export function splitOperands(input: readonly number[]): { left: number[]; right: number[] } | undefined {
  const place = input.indexOf(operator);
  if (place < 1 || place === input.length - 1 || input.indexOf(operator, place + 1) !== -1) return undefined;
  return { left: input.slice(0, place), right: input.slice(place + 1) };
}

/** The digits, a terminator, and zeros up to `length`; digits that do not fit are an error of the caller. */
export function terminated(digits: readonly number[], length: number): number[] {
  const answer = new Array<number>(length).fill(0);
  digits.forEach((digit, i) => (answer[i] = digit));
  answer[digits.length] = terminator;
  return answer;
}
