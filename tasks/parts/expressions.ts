import type { Rng } from '../../registry';

/** A value `constant + slope * x`, both modulo m; the slope is 0 where no unknown occurs. */
export interface Linear {
  readonly constant: number;
  readonly slope: number;
}

/** Which symbols an arithmetic task has, beside the digits 0..modulus-1. */
export type OperatorSymbol = '+' | '-' | '*' | '(' | ')' | 'x' | '=' | '_';

/** How strongly the waiting operators bind. */
const precedence = { '(': 0, '+': 1, '-': 1, '*': 2, negate: 3 };
type Pending = keyof typeof precedence;

/** Arithmetic modulo m with brackets. Ids: the digits, then `symbols` in their order. */
export class Expressions {
  readonly alphabet: string[];

  constructor(
    readonly modulus: number,
    private readonly symbols: readonly OperatorSymbol[],
    private readonly operators: readonly ('+' | '-' | '*')[],
  ) {
    this.alphabet = [...Array.from({ length: modulus }, (_, digit) => String(digit)), ...symbols];
  }

  id(symbol: OperatorSymbol): number {
    return this.modulus + this.symbols.indexOf(symbol);
  }

  /**
   * E(1) = d, E(2) = -d, E(3) = (d), E(4) = (-d), else (E(left) o E(right)) with left uniform in 1..length-4
   * (Deletang et al. 2023). Every operation has brackets of its own.
   */
  sample(rng: Rng, length: number, into: number[] = []): number[] {
    if (length > 4) {
      const left = 1 + rng.integer(length - 4);
      into.push(this.id('('));
      this.sample(rng, left, into);
      into.push(this.id(rng.choice(this.operators)));
      this.sample(rng, length - 3 - left, into);
      into.push(this.id(')'));
    } else {
      if (length > 2) into.push(this.id('('));
      if (length % 2 === 0) into.push(this.id('-'));
      into.push(rng.integer(this.modulus));
      if (length > 2) into.push(this.id(')'));
    }
    return into;
  }

  /**
   * Dijkstra's two stacks, one of values and one of operators that wait. Also takes expressions with fewer brackets:
   * a minus before an operand binds first, then `*`, then `+` and `-`, each from left to right. `visit` sees the value
   * of every pair of brackets as it closes. Returns a problem in words where the tokens are no expression.
   */
  evaluate(tokens: readonly number[], visit?: (constant: number, slope: number) => void): Linear | string {
    const values = new LinearStack(this.modulus);
    const waiting: Pending[] = [];
    let wantsOperand = true;
    for (let place = 0; place < tokens.length; place++) {
      const token = tokens[place]!;
      const symbol = token < this.modulus ? 'digit' : this.symbols[token - this.modulus]!;
      if (wantsOperand) {
        if (symbol === 'digit') values.push(token, 0);
        else if (symbol === 'x') values.push(0, 1);
        else if (symbol === '(') waiting.push('(');
        else if (symbol === '-') waiting.push('negate');
        else return `"${symbol}" at position ${place} does not fit`;
        wantsOperand = symbol !== 'digit' && symbol !== 'x';
      } else if (symbol === ')') {
        values.applyAll(waiting, 1);
        if (waiting.pop() !== '(') return `")" at position ${place} closes nothing`;
        visit?.(values.constant, values.slope);
      } else if (symbol === '+' || symbol === '-' || symbol === '*') {
        values.applyAll(waiting, precedence[symbol]);
        waiting.push(symbol);
        wantsOperand = true;
      } else return `"${this.alphabet[token]}" at position ${place} does not fit`;
    }
    values.applyAll(waiting, 1);
    if (wantsOperand || waiting.length > 0) return 'it ends too early';
    return { constant: values.constant, slope: values.slope };
  }
}

/** A stack of values `constant + slope * x` modulo m, kept as two lists of numbers. */
class LinearStack {
  private readonly constants: number[] = [];
  private readonly slopes: number[] = [];

  constructor(private readonly modulus: number) {}

  get constant(): number {
    return this.constants.at(-1)!;
  }
  get slope(): number {
    return this.slopes.at(-1)!;
  }
  push(constant: number, slope: number): void {
    this.constants.push(constant);
    this.slopes.push(slope);
  }
  /** Applies the waiting operators that bind at least as strongly as `level`. */
  applyAll(waiting: Pending[], level: number): void {
    while (waiting.length > 0 && precedence[waiting.at(-1)!] >= level) this.apply(waiting.pop()!);
  }
  private apply(operator: Pending): void {
    const [c, d] = [this.constants.pop()!, this.slopes.pop()!];
    if (operator === 'negate') return this.push(this.reduce(this.modulus - c), this.reduce(this.modulus - d));
    const [a, b] = [this.constants.pop()!, this.slopes.pop()!];
    // (a + bx)(c + dx): one of b and d is 0, because x occurs once.
    if (operator === '*') this.push(this.reduce(a * c), this.reduce(a * d + b * c));
    else if (operator === '+') this.push(this.reduce(a + c), this.reduce(b + d));
    else this.push(this.reduce(a - c), this.reduce(b - d));
  }
  /** Floor modulo: the remainder in 0..modulus-1 also for negative values. */
  private reduce(value: number): number {
    const remainder = value % this.modulus;
    return remainder < 0 ? remainder + this.modulus : remainder;
  }
}
