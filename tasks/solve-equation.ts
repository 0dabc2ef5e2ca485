import { type Rng, type Task, zooError, task } from '../registry';
import { stackOf } from './parts/column-theory';
import { Expressions, type Linear } from './parts/expressions';
import { ModularArithmeticHyperparameters } from './parts/modulus';
import { deletang2023, dyckThreshold } from './parts/references';
import { numerals } from './parts/symbols';

/** The unknown digit of an equation, modulo m (task solve_equation of Deletang et al. 2023). */
@task({
  id: 'solve-equation',
  version: 1,
  title: 'Solve equation',
  summary: 'An equation over + and - with brackets and one unknown; the unknown modulo 5.',
  level: 'deterministic-context-free',
  circuitClass: dyckThreshold,
  reference: deletang2023('Solve Equation'),
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: stackOf,
  hyperparameters: ModularArithmeticHyperparameters,
})
export class SolveEquation implements Task {
  readonly alphabets;
  private readonly expressions;
  private readonly modulus;

  constructor({ modulus } = new ModularArithmeticHyperparameters()) {
    this.modulus = modulus;
    this.expressions = new Expressions(modulus, ['+', '-', '(', ')', 'x', '='], ['+', '-']);
    this.alphabets = {
      input: this.expressions.alphabet,
      output: numerals(modulus),
      trace: numerals(modulus),
    };
  }

  /** An expression of length - 2, one of its digits hidden, `=`, its value. Lengths 1 and 2 are zeros. */
  sample(rng: Rng, length: number): number[] {
    if (length < 3) return new Array<number>(length).fill(0);
    const expression = this.expressions.sample(rng, length - 2);
    const value = this.expressions.evaluate(expression) as Linear;
    let place = rng.integer(expression.length);
    while (expression[place]! >= this.modulus) place = (place + 1) % expression.length;
    expression[place] = this.expressions.id('x');
    return [...expression, this.expressions.id('='), value.constant];
  }
  solve(input: readonly number[]): number[] {
    return [this.trace(input).at(-1) ?? 0];
  }
  answerLength(): number {
    return 1;
  }
  /**
   * Constant and coefficient of x of every pair of brackets in the order in which they close, then those of the whole
   * left side, then x. Lengths 1 and 2 have an empty trace.
   */
  trace(input: readonly number[]): number[] {
    if (input.length < 3) return [];
    const steps: number[] = [];
    const left = this.expressions.evaluate(input.slice(0, -2), (constant, slope) => steps.push(constant, slope));
    const right = input.at(-1)!;
    if (typeof left === 'string') throw this.malformed(left);
    if (input.at(-2) !== this.expressions.id('=') || right >= this.modulus)
      throw this.malformed('it does not end in "=" and a digit');
    if (left.slope !== 1 && left.slope !== this.modulus - 1) throw this.malformed('x does not occur exactly once');
    // constant + slope * x = right, and slope = 1 or -1 is its own inverse
    const x = ((right - left.constant + this.modulus) * left.slope) % this.modulus;
    return [...steps, left.constant, left.slope, x];
  }
  /** k pairs of brackets need at least 2k + 1 symbols on the left side. */
  traceLength(inputLength: number): number {
    return inputLength < 3 ? 0 : 2 * Math.floor((inputLength - 3) / 2) + 3;
  }
  private malformed(problem: string) {
    return zooError('malformed-input', {
      task: 'solve-equation',
      problem,
      form: 'an expression with one x, "=", a digit',
    });
  }
}
