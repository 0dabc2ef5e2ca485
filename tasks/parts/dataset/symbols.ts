import { zooError } from '../../../registry';
import type { Row, Text } from './rows';

/** Symbols by number, in the order in which they are first met. */
export class Alphabet {
  readonly symbols: string[] = [];
  private readonly numbers = new Map<string, number>();
  /** Numbers of symbols of one UTF-16 code unit, which most are: plus one, so that 0 is none. */
  private readonly ofUnit = new Uint32Array(2 ** 16);

  has(symbol: string): boolean {
    return this.numbers.has(symbol);
  }

  number(symbol: string): number {
    const known = this.numbers.get(symbol);
    if (known !== undefined) return known;
    const number = this.symbols.push(symbol) - 1;
    this.numbers.set(symbol, number);
    return number;
  }

  /** Numbers of what stands between white space. */
  spaced(text: Text): number[] {
    if (typeof text !== 'string') return text.map((symbol) => this.number(symbol));
    const numbers: number[] = [];
    for (let start = 0, at = 0; at <= text.length; at++) {
      if (at < text.length && !isSpace(text.charCodeAt(at))) continue;
      if (at === start + 1) numbers.push(this.numberOfUnit(text.charCodeAt(start)));
      else if (at > start) numbers.push(this.number(text.slice(start, at)));
      start = at + 1;
    }
    return numbers;
  }

  /** Numbers of the characters, white space around them apart. */
  characters(text: Text): number[] {
    return typeof text === 'string' ? [...text.trim()].map((symbol) => this.number(symbol)) : this.spaced(text);
  }

  private numberOfUnit(unit: number): number {
    if (this.ofUnit[unit] === 0) this.ofUnit[unit] = this.number(String.fromCharCode(unit)) + 1;
    return this.ofUnit[unit]! - 1;
  }
}

const isSpace = (unit: number): boolean => unit <= 32 || (unit >= 128 && /\s/.test(String.fromCharCode(unit)));

/** Examples as numbers of symbols. */
export interface Spelt {
  readonly inputs: number[][];
  readonly outputs: number[][];
  readonly input: Alphabet;
  readonly output: Alphabet;
}

/**
 * Symbols of texts. Where the text of any input has white space, white space separates symbols; where none has, every
 * character is a symbol. Likewise of outputs, except that without white space an output is one symbol: it is taken apart
 * only where inputs are and every output consists of their symbols, so that "0110" is a string and "yes" a label.
 */
export function spell(rows: readonly Row[]): Spelt {
  const [input, output] = [new Alphabet(), new Alphabet()];
  const isSpaced = rows.some((row) => hasSpace(row.input));
  const inputs = rows.map((row) => (isSpaced || row.isSpaced ? input.spaced(row.input) : input.characters(row.input)));
  const isString = (text: Text) =>
    (typeof text === 'string' ? [...text.trim()] : text).every((each) => input.has(each));
  const areStrings =
    !isSpaced &&
    rows.every((row) => !row.isSpaced && !hasSpace(row.output) && isString(row.output)) &&
    rows.some((row) => typeof row.input === 'string');
  const outputs = rows.map((row) => (areStrings ? output.characters(row.output) : output.spaced(row.output)));
  return { inputs, outputs, input, output };
}

const hasSpace = (text: Text): boolean => typeof text === 'string' && /\S\s+\S/.test(text);

/** Tokens that a sequence has besides symbols (docs/sequences.md): a symbol of such a name would be taken for one. */
const reserved = /^<(padding|equals|slot|answer|end|filler|computation)>$/;
/** Every symbol is learnt by itself: more than so many are hardly what was meant. */
const mostSymbols = 10_000;

/**
 * All symbols in the order of their code units; numbers in `strings` become places in it.
 * @throws invalid-data
 */
export function sortSymbols(
  { symbols }: Alphabet,
  strings: readonly number[][],
  what: 'input' | 'output',
  place: string,
): string[] {
  const invalid = (problem: string, remedy: string) => zooError('invalid-data', { place, problem, remedy });
  const sorted = [...symbols].sort();
  const taken = sorted.find((symbol) => reserved.test(symbol));
  if (taken) throw invalid(`"${taken}" is the name of a token that sequences have themselves`, 'Rename the symbol.');
  const control = sorted.find((symbol) => /[\s\p{Cc}]/u.test(symbol));
  if (control !== undefined)
    throw invalid(`the symbol ${JSON.stringify(control)} has a control character`, 'Rename the symbol.');
  if (sorted.length > mostSymbols) {
    const count = sorted.length.toLocaleString('en');
    const remedy = `Check the column of the ${what}s, and put spaces between the symbols of a sequence.`;
    throw invalid(`the ${what}s have ${count} different symbols, such as "${sorted[0]}"`, remedy);
  }
  const places = new Map(sorted.map((symbol, at) => [symbol, at]));
  const moved = symbols.map((symbol) => places.get(symbol)!);
  for (const string of strings) for (let at = 0; at < string.length; at++) string[at] = moved[string[at]!]!;
  return sorted;
}
