import { nearestNames } from '../../registry';
import { bareAlternatives } from './bare-grammar';
import { ExpressionReader, type Node } from './grammar-expression';
import { type GrammarSymbol, invalid, type Rules } from './grammar-rules';
import { readSource } from './grammar-source';
import { tokensOf } from './grammar-tokens';
import { compileExpression } from './regular-expression';

const mostCharacters = 50_000;
/** Rules that repetitions and groups may become, symbols of all right sides together, and symbols of an alphabet. */
const [mostRules, mostParts, mostSymbols] = [5000, 5000, 256];

type Alternative = readonly GrammarSymbol[];

/**
 * Reads a grammar in Backus-Naur form, `<name> ::= alternatives`, or in another of the notations of tasks/grammar.md. The
 * first rule is the start, unless one is called as GBNF and Lark call it. @throws invalid-language with the line
 */
export function parseGrammar(text: string): Rules {
  if (text.length > mostCharacters) throw invalid(`it has more than ${mostCharacters} characters`);
  const source = readSource(text);
  const rules = new Map<string, Alternative[]>();
  if (source.isOfCharacters) for (const start of ['root', 'start']) if (source.names.has(start)) rules.set(start, []);
  for (const { name } of source.rules) rules.set(name, []);
  const add = (name: string, alternatives: readonly Alternative[]) =>
    rules.set(name, [...(rules.get(name) ?? []), ...alternatives]);
  if (source.isQuoted) {
    const nodes = source.rules.map(
      (rule) => [rule.name, new ExpressionReader(source, tokensOf(source, rule)).read()] as const,
    );
    const writer = new RuleWriter(add, charactersIn(nodes.map(([, node]) => node)));
    for (const [name, node] of nodes) add(name, writer.alternatives(node, name));
  } else {
    const sides = bareAlternatives(source);
    source.rules.forEach(({ name }, at) => add(name, sides[at]!));
  }
  const symbols = [...rules.values()].flat(2);
  if (symbols.length > mostParts) throw invalid(`written out it has more than ${mostParts} symbols`);
  const missing = symbols.find(({ isTerminal, name }) => !isTerminal && !rules.has(name));
  if (missing) {
    const [nearest] = nearestNames(missing.name, [...source.names]);
    throw invalid(`<${missing.name}> is not defined${nearest ? `; did you mean <${nearest}>?` : ''}`);
  }
  const terminals = new Set(symbols.flatMap(({ isTerminal, name }) => (isTerminal ? [name] : [])));
  if (terminals.size === 0) throw invalid('it names no symbol');
  if (terminals.size > mostSymbols) throw invalid(`it names ${terminals.size} symbols, more than ${mostSymbols}`);
  return rules;
}

/** Every symbol of the grammar that is one character. */
function charactersIn(nodes: readonly Node[]): string[] {
  const found = new Set<string>();
  const visit = (node: Node): void => {
    if (node.kind === 'symbol' && node.symbol.isTerminal) found.add(node.symbol.name);
    else if (node.kind === 'sequence') node.parts.forEach(visit);
    else if (node.kind === 'choice') node.options.forEach(visit);
    else if (node.kind === 'repeat') visit(node.node);
    else if (node.kind === 'others') node.characters.forEach((each) => found.add(each));
    else if (node.kind === 'expression') compileExpression(node.expression).symbols.forEach((each) => found.add(each));
  };
  nodes.forEach(visit);
  return [...found].filter((name) => [...name].length === 1).sort();
}

/** Writes groups and repetitions as rules of their own. */
class RuleWriter {
  private made = 0;

  constructor(
    private readonly add: (name: string, alternatives: readonly Alternative[]) => void,
    private readonly characters: readonly string[],
  ) {}

  alternatives(node: Node, name: string): Alternative[] {
    return node.kind === 'choice'
      ? node.options.flatMap((option) => this.alternatives(option, name))
      : [this.sequence(node, name)];
  }

  private sequence(node: Node, name: string): Alternative {
    switch (node.kind) {
      case 'symbol':
        return [node.symbol];
      case 'sequence':
        return node.parts.flatMap((part) => this.sequence(part, name));
      case 'choice':
        return [this.rule(name, this.alternatives(node, name))];
      case 'others':
        return [this.rule(name, this.others(node.characters))];
      case 'expression':
        return [this.automaton(node.expression, name)];
      case 'repeat':
        return this.repeated(node.node, node.least, node.most, name);
    }
  }
  /** x x ... and, behind them, x* as R -> "" | x R, or x{0,2} as R -> "" | x S, S -> "" | x. */
  private repeated(node: Node, least: number, most: number, name: string): Alternative {
    if (Math.max(least, most === Infinity ? 0 : most) > mostRules) throw this.tooLarge();
    const part = this.sequence(node, name);
    const required = Array.from({ length: least }, () => part).flat();
    if (most === Infinity) {
      const loop = this.fresh(name);
      this.add(loop.name, [[], [...part, loop]]);
      return [...required, loop];
    }
    let optional: Alternative = [];
    for (let copy = least; copy < most; copy++) optional = [this.rule(name, [[], [...part, ...optional]])];
    return [...required, ...optional];
  }
  private others(excluded: readonly string[]): Alternative[] {
    return this.characters.filter((each) => !excluded.includes(each)).map((name) => [{ isTerminal: true, name }]);
  }
  /** A rule for each state of the automaton. */
  private automaton(expression: string, name: string): GrammarSymbol {
    const { symbols, automaton } = compileExpression(expression, this.characters.join(''));
    const states = automaton.transitions.map(() => this.fresh(name));
    automaton.transitions.forEach((next, state) =>
      this.add(states[state]!.name, [
        ...(automaton.accepting[state] ? [[]] : []),
        ...next.map((to, symbol) => [{ isTerminal: true, name: symbols[symbol]! }, states[to]!]),
      ]),
    );
    return states[0]!;
  }
  private rule(name: string, alternatives: readonly Alternative[]): GrammarSymbol {
    const made = this.fresh(name);
    this.add(made.name, alternatives);
    return made;
  }
  private fresh(name: string): GrammarSymbol {
    if (++this.made > mostRules) throw this.tooLarge();
    return { isTerminal: false, name: `${name} part ${this.made}` };
  }
  private readonly tooLarge = () => invalid(`written out it has more than ${mostRules} rules`);
}
