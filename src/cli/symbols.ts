import { zooError } from '../core/errors';
import { fewNames } from '../core/few-names';

/** How an input is written, for help. */
export const writing =
  'symbols by name, separated by spaces ("( [ ] )") or glued where that is unambiguous ("([])"); or ids, unless some id is also the name of another symbol';

/**
 * Ids of the symbols of a text. A word is a symbol's name, or names without a space between them where they can be told
 * apart in one way only, or an id where no id is the name of another symbol.
 * @throws invalid-input naming the place and the first word that is none of these
 */
export function readSymbols(text: string, alphabet: readonly string[], place: string): number[] {
  const ids = new Map(alphabet.map((symbol, id) => [symbol, id]));
  const separators = ids.has(',') ? /\s+/ : /[\s,]+/;
  const hasIds = alphabet.every((_, id) => (ids.get(String(id)) ?? id) === id);
  const words = text.split(separators).filter(Boolean);
  return words.flatMap((word, at) => {
    const known = ids.get(word);
    if (known !== undefined) return known;
    const glued = unglued(word, ids);
    if (glued.ways === 1) return glued.ids;
    if (hasIds && /^\d+$/.test(word) && Number(word) < alphabet.length) return Number(word);
    const problem = glued.ways > 1 ? ', which can be taken apart in several ways: put spaces between symbols' : '';
    const valid = validWords(alphabet, hasIds);
    throw zooError('invalid-input', { place, problem: `symbol ${at + 1} is "${shortened(word)}"${problem}.`, valid });
  });
}

/** In how many ways (2 for more than one) a word consists of symbols, and the first way. */
function unglued(word: string, known: ReadonlyMap<string, number>): { ways: number; ids: number[] } {
  const lengths = [...new Set([...known.keys()].map(({ length }) => length))];
  // ways[i] is the number of ways from place i to the end, next[i] the symbol with which the first of them begins.
  const ways = new Uint8Array(word.length + 1);
  const next: string[] = [];
  ways[word.length] = 1;
  for (let start = word.length - 1; start >= 0; start--) {
    for (const length of lengths) {
      const symbol = word.slice(start, start + length);
      const rest = symbol.length === length ? ways[start + length]! : 0;
      if (rest === 0 || !known.has(symbol)) continue;
      next[start] ??= symbol;
      ways[start] = Math.min(2, ways[start]! + rest);
    }
  }
  const ids: number[] = [];
  for (let at = 0; ways[0]! > 0 && at < word.length; at += next[at]!.length) ids.push(known.get(next[at]!)!);
  return { ways: ways[0]!, ids };
}

const mostNamed = 40;
const longestWord = 40;

const shortened = (word: string): string => (word.length > longestWord ? `${word.slice(0, longestWord)}...` : word);

function validWords(alphabet: readonly string[], hasIds: boolean): string {
  const symbols = `the symbols ${fewNames(alphabet, mostNamed, ' ')}`;
  const areIds = alphabet.every((symbol, id) => symbol === String(id));
  return hasIds && !areIds ? `${symbols}, or their ids 0 to ${alphabet.length - 1}` : symbols;
}

/** Names of ids. */
export const named = (ids: readonly number[], alphabet: readonly string[]): string[] => ids.map((id) => alphabet[id]!);
