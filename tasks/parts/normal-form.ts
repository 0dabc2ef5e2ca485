import { invalid, type Rules } from './grammar-rules';

/** Symbols and pairs of a form with which words of some hundred symbols are read and counted in moments. */
const [mostSymbols, mostPairs] = [1500, 2000];

/**
 * Chomsky normal form of a grammar, without the empty word. Symbols are numbers: the terminals, then the names of the
 * rules, then names that the form needs. Every name makes terminals or pairs of symbols.
 */
export interface NormalForm {
  /** Number of the first rule. */
  readonly start: number;
  /** Whether the grammar makes the empty word, which the form does not. */
  readonly hasEmptyWord: boolean;
  /** pairs[symbol]: the pairs of symbols it makes. */
  readonly pairs: readonly (readonly (readonly [number, number])[])[];
  /** makers[terminal]: the symbols that make it, itself among them. */
  readonly makers: readonly (readonly number[])[];
}

/**
 * Chomsky 1959: longer alternatives are cut into pairs, then empty words and chains of single symbols go.
 * @throws invalid-language where it is too large
 */
export function normalForm(rules: Rules, terminals: readonly string[]): NormalForm {
  const productions = inPairs(rules, terminals);
  if (productions.length > mostSymbols) throw tooLarge('symbols', mostSymbols);
  const nullable = nullableOf(productions);

  // chains[symbol]: single symbols it can become, when nullable neighbours are left out.
  const chains = productions.map((alternatives) =>
    alternatives.flatMap(([left, right]) => {
      if (left === undefined) return [];
      if (right === undefined) return [left];
      return [...(nullable.has(right) ? [left] : []), ...(nullable.has(left) ? [right] : [])];
    }),
  );
  const becomes = productions.map((_, symbol) => reachable(symbol, chains));
  const ownPairs = productions.map(
    (alternatives) => alternatives.filter((rest) => rest.length === 2) as [number, number][],
  );
  if (
    becomes.reduce((sum, symbols) => sum + [...symbols].reduce((own, each) => own + ownPairs[each]!.length, 0), 0) >
    mostPairs
  )
    throw tooLarge('pairs', mostPairs);
  return {
    start: terminals.length,
    hasEmptyWord: nullable.has(terminals.length),
    pairs: becomes.map((symbols) => distinct([...symbols].flatMap((symbol) => ownPairs[symbol]!))),
    makers: terminals.map((_, terminal) =>
      becomes.flatMap((symbols, symbol) => (symbols.has(terminal) ? [symbol] : [])),
    ),
  };
}

const tooLarge = (what: string, most: number) =>
  invalid(
    `it is too large: its normal form has more than ${most} ${what}; it may be smaller without unit rules (A -> B)`,
  );

/** productions[symbol]: alternatives of at most two symbols; terminals have none. */
function inPairs(rules: Rules, terminals: readonly string[]): number[][][] {
  const names = [...rules.keys()];
  const productions: number[][][] = [...terminals.map(() => []), ...names.map(() => [])];
  [...rules.values()].forEach((alternatives, rule) => {
    for (const alternative of alternatives) {
      const rest = alternative.map(({ isTerminal, name }) =>
        isTerminal ? terminals.indexOf(name) : terminals.length + names.indexOf(name),
      );
      // a b c d becomes a X, where X is a new name for b Y, and Y one for c d.
      let maker = terminals.length + rule;
      while (rest.length > 2) {
        const fresh = productions.push([]) - 1;
        productions[maker]!.push([rest.shift()!, fresh]);
        maker = fresh;
      }
      productions[maker]!.push(rest);
    }
  });
  return productions;
}

/** Symbols that can make the empty word. */
function nullableOf(productions: readonly (readonly (readonly number[])[])[]): Set<number> {
  const nullable = new Set<number>();
  for (let before = -1; before < nullable.size;) {
    before = nullable.size;
    productions.forEach((alternatives, symbol) => {
      if (alternatives.some((rest) => rest.every((part) => nullable.has(part)))) nullable.add(symbol);
    });
  }
  return nullable;
}

function reachable(start: number, next: readonly (readonly number[])[]): Set<number> {
  const found = new Set([start]);
  for (const symbol of found) for (const other of next[symbol]!) found.add(other);
  return found;
}

const distinct = (pairs: readonly (readonly [number, number])[]) => [
  ...new Map(pairs.map((pair) => [pair.join(), pair])).values(),
];
