import type { Alphabets } from '../core/contracts/task';
import type { AnswerMode } from '../core/contracts/architecture';

/** Tokens that belong to no task. `padding` is always token 0: models that look ahead must mask it. */
export const specialTokens = {
  direct: ['<padding>', '<equals>', '<slot>'],
  'chain-of-thought': ['<padding>', '<equals>', '<answer>', '<end>'],
  filler: ['<padding>', '<equals>', '<answer>', '<end>', '<filler>'],
} as const satisfies Record<AnswerMode, readonly string[]>;

/** Only where direct rows have computation steps: the blank token between input and answer slots. */
export const computationToken = '<computation>';

type SpecialToken = (typeof specialTokens)[AnswerMode][number] | typeof computationToken;

/**
 * The tokens one task and mode need: special ones, then every symbol of the alphabets, symbols of the same name
 * being one token.
 */
export class Vocabulary {
  readonly tokens: readonly string[];
  private readonly index = new Map<string, number>();
  /** Token of every id of an alphabet. */
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly trace: readonly number[];
  /** Those that belong to no task. */
  readonly specialTokens: readonly number[];
  private readonly outputIds = new Map<number, number>();
  private readonly traceIds = new Map<number, number>();

  constructor(alphabets: Alphabets, mode: AnswerMode, { hasComputation = false } = {}) {
    const trace = mode === 'chain-of-thought' ? (alphabets.trace ?? []) : [];
    const special = [...specialTokens[mode], ...(hasComputation ? [computationToken] : [])];
    this.tokens = [...new Set<string>([...special, ...alphabets.input, ...trace, ...alphabets.output])];
    this.tokens.forEach((token, at) => this.index.set(token, at));
    this.specialTokens = special.map((token) => this.index.get(token)!);
    const tokensOf = (symbols: readonly string[]) => symbols.map((symbol) => this.index.get(symbol)!);
    this.input = tokensOf(alphabets.input);
    this.output = tokensOf(alphabets.output);
    this.trace = tokensOf(trace);
    this.output.forEach((token, id) => this.outputIds.set(token, id));
    this.trace.forEach((token, id) => this.traceIds.set(token, id));
  }

  get size(): number {
    return this.tokens.length;
  }
  special(name: SpecialToken): number {
    return this.index.get(name)!;
  }
  /** The output id a token stands for, or -1. */
  outputId(token: number): number {
    return this.outputIds.get(token) ?? -1;
  }
  /** The trace id a token stands for, or -1. */
  traceId(token: number): number {
    return this.traceIds.get(token) ?? -1;
  }
}
