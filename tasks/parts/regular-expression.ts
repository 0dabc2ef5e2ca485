import { type AST, RegExpParser, type RegExpSyntaxError } from '@eslint-community/regexpp';
import { zooError } from '../../registry';
import { Automaton } from './automaton';
import type { RegularLanguage } from './described-automaton';
import { readExpression, type WrittenExpression } from './written-expression';
import { type Nondeterministic, smallestAutomaton } from './determinise';

/** Copies that `{m,n}` may unfold to, and with them the states before determinisation; and moves of all of them. */
const [mostStates, mostMoves] = [20_000, 400_000];
const [mostCharacters, mostSymbols] = [2000, 256];

/** The minimal complete automaton of a regular expression, and its alphabet in the order of code points. */
export function compileExpression(expression: string, extraSymbols = ''): RegularLanguage {
  const written = readExpression(expression);
  if ('problem' in written) throw invalid(expression, written.problem);
  const pattern = parse(expression, written);
  const symbols = [...new Set([...symbolsOf(pattern), ...extraSymbols])].sort();
  if (symbols.length > mostSymbols)
    throw invalid(expression, `it names ${symbols.length} symbols, more than ${mostSymbols}`);
  const builder = new Thompson(expression, symbols, written.pattern.length);
  const end = builder.alternatives(pattern.alternatives, builder.state());
  if (symbols.length === 0) throw invalid(expression, 'it names no symbol');
  const spaced = symbols.find((symbol) => /\s/.test(symbol));
  if (spaced) throw invalid(expression, 'white space is no symbol');
  const found = smallestAutomaton(builder.result(end), symbols.length);
  if ('problem' in found) throw invalid(expression, found.problem);
  return { symbols, automaton: new Automaton(found.transitions, found.accepting) };
}

const invalid = (expression: string, problem: string) =>
  zooError('invalid-language', { language: `the regular expression "${expression}"`, problem });

function parse(expression: string, { pattern, places }: WrittenExpression): AST.Pattern {
  if (expression.length > mostCharacters)
    throw invalid(`${expression.slice(0, 40)}...`, `it has more than ${mostCharacters} characters`);
  try {
    return new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: true });
  } catch (error) {
    const { message, index } = error as RegExpSyntaxError;
    throw invalid(expression, `position ${(places[index] ?? expression.length) + 1}: ${message.replace(/^.*: /s, '')}`);
  }
}

/** Every character an expression names, also those of ranges and of negated classes. */
function symbolsOf(node: AST.Pattern | AST.Alternative | AST.Element | AST.CharacterClassElement): string[] {
  switch (node.type) {
    case 'Character':
      return [String.fromCodePoint(node.value)];
    case 'CharacterClassRange':
      return Array.from({ length: node.max.value - node.min.value + 1 }, (_, i) =>
        String.fromCodePoint(node.min.value + i),
      );
    case 'CharacterSet':
      return node.kind === 'digit' && !node.negate ? [...'0123456789'] : [];
    case 'CharacterClass':
      return (node.elements as AST.CharacterClassElement[]).flatMap(symbolsOf);
    case 'Quantifier':
      return symbolsOf(node.element);
    case 'Alternative':
      return node.elements.flatMap(symbolsOf);
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.flatMap(symbolsOf);
    default:
      return [];
  }
}

/** Thompson 1968: every part becomes states with one way in and one way out. */
class Thompson {
  private readonly steps: number[][][] = [];
  private readonly silent: number[][] = [];

  constructor(
    private readonly expression: string,
    private readonly symbols: readonly string[],
    private readonly patternLength: number,
  ) {}

  result(accepting: number): Nondeterministic {
    return { steps: this.steps, silent: this.silent, accepting };
  }
  state(): number {
    const most = Math.min(mostStates, Math.floor(mostMoves / this.symbols.length));
    if (this.silent.length >= most) throw invalid(this.expression, `written out it has more than ${most} states`);
    this.steps.push(this.symbols.map(() => []));
    return this.silent.push([]) - 1;
  }
  /** Builds from a state on and returns the state at the end, here and below. */
  alternatives(alternatives: readonly AST.Alternative[], from: number): number {
    const to = this.state();
    for (const { elements } of alternatives)
      this.silent[elements.reduce((state, element) => this.element(element, state), from)]!.push(to);
    return to;
  }
  private element(node: AST.Element, from: number): number {
    switch (node.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return this.oneOf(this.matched(node), from);
      case 'Group':
      case 'CapturingGroup':
        return this.alternatives(node.alternatives, from);
      case 'Quantifier':
        return this.repeated(node, from);
      case 'Assertion':
        if (this.isOuterEdge(node)) return from; // the whole word is matched anyway
    }
    throw invalid(this.expression, `"${node.raw}" is not regular, or not supported`);
  }
  private repeated({ element, min, max }: AST.Quantifier, from: number): number {
    let state = from;
    for (let copy = 0; copy < min; copy++) state = this.element(element, state);
    if (max === Infinity) {
      const [loop, to] = [this.state(), this.state()];
      this.silent[state]!.push(loop);
      this.silent[loop]!.push(to);
      this.silent[this.element(element, loop)]!.push(loop);
      return to;
    }
    const to = this.state();
    for (let copy = min; copy < max; copy++) {
      this.silent[state]!.push(to);
      state = this.element(element, state);
    }
    this.silent[state]!.push(to);
    return to;
  }
  private oneOf(symbols: ReadonlySet<string>, from: number): number {
    const to = this.state();
    this.symbols.forEach((symbol, id) => {
      if (symbols.has(symbol)) this.steps[from]![id]!.push(to);
    });
    return to;
  }
  /** Symbols that match; `.` and negated classes range over the symbols of the language. */
  private matched(node: AST.Character | AST.CharacterSet | AST.CharacterClass): ReadonlySet<string> {
    if (node.type === 'CharacterSet') {
      if (node.kind === 'any') return new Set(this.symbols);
      if (node.kind === 'digit' && !node.negate) return new Set('0123456789');
      throw invalid(this.expression, `"${node.raw}" is not supported`);
    }
    const named = new Set(symbolsOf(node));
    const isNegated = node.type === 'CharacterClass' && node.negate;
    return isNegated ? new Set(this.symbols.filter((symbol) => !named.has(symbol))) : named;
  }
  /** `^` at the beginning and `$` at the end of the expression. */
  private isOuterEdge(node: AST.Assertion): boolean {
    return (node.kind === 'start' && node.start === 0) || (node.kind === 'end' && node.end === this.patternLength);
  }
}
