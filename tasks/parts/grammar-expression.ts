import { emptyWords, type GrammarSymbol, invalid } from './grammar-rules';
import { type GrammarSource, lineOf } from './grammar-source';
import type { Token } from './grammar-tokens';

/** A right side as a tree. */
export type Node =
  | { readonly kind: 'symbol'; readonly symbol: GrammarSymbol }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly least: number; readonly most: number }
  /** One of the characters of the whole grammar, but not of these. */
  | { readonly kind: 'others'; readonly characters: readonly string[] }
  /** An expression between slashes, over the characters of the whole grammar where it says any. */
  | { readonly kind: 'expression'; readonly expression: string };

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const suffixes: Readonly<Record<string, readonly [number, number]>> = {
  '*': [0, Infinity],
  '+': [1, Infinity],
  '?': [0, 1],
  '⁎': [0, Infinity],
  '⁺': [1, Infinity],
};
const bars = ['|', '∣', '｜'];

/** Brackets within brackets, and signs of repetition behind one another. */
const mostDepth = 100;

/** Reads the tokens of one right side: alternatives of sequences of repeated parts. @throws invalid-language with the line */
export class ExpressionReader {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly source: GrammarSource,
    private readonly tokens: readonly Token[],
  ) {}

  read(): Node {
    const node = this.choice();
    const left = this.tokens[this.at];
    if (left) throw this.misplaced(left);
    return node;
  }

  private choice(): Node {
    const options = [this.sequence()];
    while (this.takeSign(...bars)) options.push(this.sequence());
    return options.length === 1 ? options[0]! : { kind: 'choice', options };
  }
  private sequence(): Node {
    const parts: Node[] = [];
    for (let token = this.tokens[this.at]; token; token = this.tokens[this.at]) {
      if (isSign(token, ...bars, ')', ']', '}')) break;
      // The end of a rule, which the source has cut off, and the comma of EBNF.
      if (this.takeSign(',') || (this.isLast() && this.takeSign(';', '.'))) continue;
      parts.push(this.repeated());
    }
    return { kind: 'sequence', parts };
  }
  private repeated(): Node {
    const [first, star] = [this.tokens[this.at]!, this.tokens[this.at + 1]];
    // 3 * x is x three times in EBNF.
    if (first.kind === 'word' && /^\d+$/.test(first.text) && star && isSign(star, '*')) {
      this.at += 2;
      return { kind: 'repeat', node: this.repeated(), least: Number(first.text), most: Number(first.text) };
    }
    let node = this.primary();
    for (let token = this.tokens[this.at], times = 1; token; token = this.tokens[this.at], times++) {
      if (times > mostDepth) throw this.misplaced(token);
      const suffix = token.kind === 'sign' ? suffixes[token.text] : undefined;
      if (suffix) node = { kind: 'repeat', node, least: suffix[0], most: suffix[1] };
      else if (token.kind === 'times') {
        if (token.most < token.least) throw this.misplaced(token);
        node = { kind: 'repeat', node, least: token.least, most: token.most };
      } else break;
      this.at++;
    }
    return node;
  }
  private primary(): Node {
    const token = this.tokens[this.at++]!;
    switch (token.kind) {
      case 'symbols':
        return this.symbols(token.symbols);
      case 'name':
        return this.source.names.has(token.text) || !emptyWords.has(`<${token.text}>`)
          ? symbolNode(false, token.text)
          : { kind: 'sequence', parts: [] };
      case 'class':
        if (token.isNegated) return { kind: 'others', characters: token.characters };
        return { kind: 'choice', options: token.characters.map((each) => symbolNode(true, each)) };
      case 'expression':
        return { kind: 'expression', expression: this.expression(token) };
      case 'word':
        return this.word(token);
    }
    if (token.kind !== 'sign') throw this.misplaced(token);
    if (emptyWords.has(token.text)) return { kind: 'sequence', parts: [] };
    if (token.text === '.' && this.source.isOfCharacters) return { kind: 'others', characters: [] };
    const close = closing[token.text];
    if (!close) throw this.misplaced(token);
    if (++this.depth > mostDepth) throw invalid(`${this.line(token)}: brackets are nested more than ${mostDepth} deep`);
    const node = this.choice();
    this.depth--;
    if (!this.takeSign(close)) throw invalid(`${this.line(token)}: "${token.text}" is not closed by "${close}"`);
    if (token.text === '(') return node;
    return { kind: 'repeat', node, least: 0, most: token.text === '[' ? 1 : Infinity };
  }
  /** "a".."z" is one of these characters. */
  private symbols(symbols: readonly string[]): Node {
    const [dots, between, last] = [this.tokens[this.at], this.tokens[this.at + 1], this.tokens[this.at + 2]];
    const isRange = dots && between && dots.text === '..' && between.kind === 'symbols';
    if (!isRange) return { kind: 'sequence', parts: symbols.map((each) => symbolNode(true, each)) };
    const [from, to] = [symbols[0]?.codePointAt(0) ?? 1, between.symbols[0]?.codePointAt(0) ?? 0];
    if (symbols.length !== 1 || between.symbols.length !== 1 || to < from || to - from > 255)
      throw this.misplaced(last ?? between);
    this.at += 2;
    const options = Array.from({ length: to - from + 1 }, (_, i) => symbolNode(true, String.fromCodePoint(from + i)));
    return { kind: 'choice', options };
  }
  private expression(token: Token): string {
    const [, expression, flags] = /^\/(.*)\/([a-z]*)$/s.exec(token.text)!;
    if (flags) throw invalid(`${this.line(token)}: flags of an expression ("${flags}") are not read`);
    return expression!;
  }
  /** Words without quotes: where rules have capital letters symbols have small ones, and the other way round (Yacc). */
  private word(token: Token): Node {
    if (emptyWords.has(token.text)) return { kind: 'sequence', parts: [] };
    const { names, isAngled, isOfCharacters } = this.source;
    const every = (initial: RegExp) => !isAngled && [...names].every((name) => initial.test(name));
    const isSymbol =
      (every(/^\p{Lu}/u) && !/^\p{Lu}/u.test(token.text)) ||
      (!isOfCharacters && every(/^\p{Ll}/u) && /^[\p{Lu}_\d]+$/u.test(token.text));
    if (!isSymbol) throw this.misplaced(token);
    return symbolNode(true, token.text);
  }

  private takeSign(...texts: readonly string[]): boolean {
    const token = this.tokens[this.at];
    const isTaken = token !== undefined && isSign(token, ...texts);
    if (isTaken) this.at++;
    return isTaken;
  }
  private readonly isLast = () => this.at === this.tokens.length - 1;
  private line = ({ place }: Token) => `line ${lineOf(this.source.text, place)}`;
  private misplaced(token: Token) {
    const { names, isAngled } = this.source;
    const hint = names.has(token.text) ? '' : isAngled ? ' nor <name>, ::= or |' : ' nor the name of a rule';
    return token.kind === 'sign' && ')]}'.includes(token.text)
      ? invalid(`${this.line(token)}: "${token.text}" closes nothing`)
      : invalid(`${this.line(token)}: "${token.text}" is neither a quoted symbol${hint}`);
  }
}

const isSign = ({ kind, text }: Token, ...texts: readonly string[]) => kind === 'sign' && texts.includes(text);
const symbolNode = (isTerminal: boolean, name: string): Node => ({ kind: 'symbol', symbol: { isTerminal, name } });
