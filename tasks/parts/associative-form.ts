import type { GrammarSymbol, Rules } from './grammar-rules';

type Alternative = readonly GrammarSymbol[];

/**
 * An equivalent grammar without the ambiguity of associativity, by which most textbook grammars are ambiguous: in
 * E -> E + E | - E | E ! | x it does not say which of several operators comes first. With A the rule, b what stands between
 * two As, c behind one, d before one, and a its other alternatives, the words of A are the smallest solution of
 *
 *     A = a + A b A + A c + d A,   which is   u (b u)*   with   u = d* a c*,
 *
 * and where both a and b can be empty it is (a + b + c + d)*. The rules for these derive every word from the left to the
 * right. Rules without such alternatives stay as they are: no grammar that is unambiguous has both c and d, or b.
 */
export function associativeForm(rules: Rules): Rules {
  const result = new Map<string, readonly Alternative[]>();
  for (const name of rules.keys())
    for (const [made, alternatives] of rewritten(name, withUnits(name, rules), rules)) result.set(made, alternatives);
  return result;
}

/** A -> X, where X begins or ends with A, stands for what X stands for: <sum> for <expr> "+" <expr>. */
function withUnits(name: string, rules: Rules): readonly Alternative[] {
  const seen = new Set([name]);
  const expand = (alternatives: readonly Alternative[]): Alternative[] =>
    alternatives.flatMap((alternative) => {
      const [only] = alternative;
      if (alternative.length !== 1 || only!.isTerminal) return [alternative];
      const own = rules.get(only!.name) ?? [];
      if (only!.name === name || !own.some((rest) => begins(rest, name) || ends(rest, name))) return [alternative];
      if (seen.has(only!.name)) return [];
      seen.add(only!.name);
      return expand(own);
    });
  return expand(rules.get(name)!);
}

function rewritten(
  name: string,
  alternatives: readonly Alternative[],
  rules: Rules,
): [string, readonly Alternative[]][] {
  const itself: GrammarSymbol = { isTerminal: false, name };
  const others = alternatives.filter((rest) => !(rest.length === 1 && begins(rest, name)));
  const between = others.filter((rest) => begins(rest, name) && ends(rest, name)).map((rest) => rest.slice(1, -1));
  let behind = others.filter((rest) => begins(rest, name) && !ends(rest, name)).map((rest) => rest.slice(1));
  const before = others.filter((rest) => ends(rest, name) && !begins(rest, name)).map((rest) => rest.slice(0, -1));
  const plain = others.filter((rest) => !begins(rest, name) && !ends(rest, name));
  if (between.length === 0 && (behind.length === 0 || before.length === 0)) return [[name, rules.get(name)!]];

  const canBeEmpty = (list: readonly Alternative[]) => list.some((rest) => rest.length === 0);
  const unit: GrammarSymbol = { isTerminal: false, name: `${name} unit` };
  const base: GrammarSymbol = { isTerminal: false, name: `${name} base` };
  if (canBeEmpty(plain) && canBeEmpty(between)) {
    const parts = distinct([...plain, ...between, ...behind, ...before].filter((rest) => rest.length > 0));
    return [
      [name, [[], [unit, itself]]],
      [unit.name, parts],
    ];
  }
  // With nothing in the middle, what stands behind is not needed where it may stand before as well.
  if (plain.every((rest) => rest.length === 0))
    behind = behind.filter((rest) => !before.some((other) => same(rest, other)));
  return [
    [name, [[unit], ...between.map((rest) => [unit, ...rest, itself])]],
    [unit.name, [...before.map((rest) => [...rest, unit]), [base]]],
    [base.name, [...plain, ...behind.map((rest) => [base, ...rest])]],
  ];
}

const begins = (rest: Alternative, name: string) => isName(rest[0], name);
const ends = (rest: Alternative, name: string) => isName(rest.at(-1), name);
const isName = (symbol: GrammarSymbol | undefined, name: string) =>
  symbol !== undefined && !symbol.isTerminal && symbol.name === name;

const keyOf = (rest: Alternative) => rest.map(({ isTerminal, name }) => `${isTerminal ? '"' : '<'}${name}`).join(' ');
const same = (one: Alternative, other: Alternative) => keyOf(one) === keyOf(other);
const distinct = (list: readonly Alternative[]) => [...new Map(list.map((rest) => [keyOf(rest), rest])).values()];
