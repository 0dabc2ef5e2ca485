import { ValidateBy, type ValidationArguments } from 'class-validator';
import type { Rng } from '../../registry';

/** The symbols of a motif differ, so that half of the vocabulary must have as many. */
export const HoldsMotifs = (...sizes: readonly string[]): PropertyDecorator =>
  ValidateBy({
    name: 'at least twice',
    constraints: [...sizes],
    validator: {
      validate: (vocabulary: unknown, at?: ValidationArguments) =>
        sizes.every((size) => Number(vocabulary) >= 2 * Number((at!.object as Record<string, unknown>)[size])),
      defaultMessage: () => `$property must be at least twice ${sizes.join(' and ')}`,
    },
  });

/** One to `most` different symbols of first..end-1: their number is uniform, and they are a uniform choice in uniform order. */
export function sampleMotif(rng: Rng, first: number, end: number, most: number): number[] {
  const size = 1 + rng.integer(most);
  const motif: number[] = [];
  while (motif.length < size) {
    const symbol = first + rng.integer(end - first);
    if (!motif.includes(symbol)) motif.push(symbol);
  }
  return motif;
}

/** Neighbours of which `isOne` says the same, as long as can be. */
export function runsOf(symbols: readonly number[], isOne: (symbol: number) => boolean): number[][] {
  const runs: number[][] = [];
  symbols.forEach((symbol, at) => {
    if (at > 0 && isOne(symbol) === isOne(symbols[at - 1]!)) runs.at(-1)!.push(symbol);
    else runs.push([symbol]);
  });
  return runs;
}

/** The symbols without the blanks before them. */
export function withoutLeading(blank: number, symbols: readonly number[]): number[] {
  const first = symbols.findIndex((symbol) => symbol !== blank);
  return first < 0 ? [] : symbols.slice(first);
}
