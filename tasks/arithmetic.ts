import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type Rng, type Task, zooError, task } from '../registry';
import { stackOf } from './parts/column-theory';
import { Expressions } from './parts/expressions';
import { feng2023, formulaEvaluation } from './parts/references';
import { numerals } from './parts/symbols';

export class ArithmeticHyperparameters {
  @IsInt() @Min(2) @Max(100) modulus = 11;
}

/** The value of an expression modulo 11, simplified bracket by bracket. */
@task({
  id: 'arithmetic',
  version: 1,
  title: 'Arithmetic',
  summary: 'An expression over + - * with brackets; its value modulo 11.',
  level: 'deterministic-context-free',
  circuitClass: formulaEvaluation,
  reference: { ...feng2023, place: 'Arithmetic' },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: stackOf,
  hyperparameters: ArithmeticHyperparameters,
})
export class Arithmetic implements Task {
  readonly alphabets: Alphabets;
  private readonly expressions;
  private readonly equals;

  constructor({ modulus } = new ArithmeticHyperparameters()) {
    this.expressions = new Expressions(modulus, ['+', '-', '*', '(', ')'], ['+', '-', '*']);
    const symbols = this.expressions.alphabet;
    this.alphabets = { input: symbols, output: numerals(modulus), trace: [...symbols, '='] };
    this.equals = symbols.length;
  }
  sample(rng: Rng, length: number): number[] {
    return this.expressions.sample(rng, length);
  }
  solve(input: readonly number[]): number[] {
    return [this.evaluate(input)];
  }
  answerLength(): number {
    return 1;
  }
  /**
   * The expression after each simplification, each after an `=`. A simplification replaces the first pair of brackets
   * that closes by its value; the last one replaces what is left without brackets.
   */
  trace(input: readonly number[]): number[] {
    const steps: number[] = [];
    const values: number[] = [];
    const whole = this.evaluate(input, (constant) => values.push(constant));
    const open = this.expressions.id('(');
    const close = this.expressions.id(')');
    const simplified: number[] = [];
    input.forEach((symbol, place) => {
      if (symbol !== close) return void simplified.push(symbol);
      simplified.length = simplified.lastIndexOf(open);
      simplified.push(values.shift()!);
      steps.push(this.equals, ...simplified, ...input.slice(place + 1));
    });
    return steps.length > 0 && simplified.length === 1 ? steps : [...steps, this.equals, whole];
  }
  /** Each of k <= (n - 1) / 2 pairs removes at least two symbols: n - 1 + n - 3 + ... symbols, and one value. */
  traceLength(inputLength: number): number {
    const pairs = Math.floor((inputLength - 1) / 2);
    return pairs * (inputLength + 1) - pairs * (pairs + 1) + 2;
  }

  private evaluate(input: readonly number[], visit?: (constant: number) => void): number {
    const whole = this.expressions.evaluate(input, visit);
    if (typeof whole !== 'string') return whole.constant;
    throw zooError('malformed-input', {
      task: 'arithmetic',
      problem: whole,
      form: 'an expression with brackets',
    });
  }
}
