import { type Rng, type Task, zooError, task } from '../registry';
import { stackOf } from './parts/column-theory';
import { ModularArithmeticHyperparameters } from './parts/modulus';
import { Expressions } from './parts/expressions';
import { deletang2023, formulaEvaluation } from './parts/references';
import { numerals } from './parts/symbols';

/** The value of an expression with brackets, modulo m (task modular_arithmetic_brackets of Deletang et al. 2023). */
@task({
  id: 'modular-arithmetic-brackets',
  version: 1,
  title: 'Modular arithmetic with brackets',
  summary: 'An expression over + - * with brackets; its value modulo 5.',
  level: 'deterministic-context-free',
  circuitClass: formulaEvaluation,
  reference: deletang2023('Modular Arithmetic'),
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: stackOf,
  hyperparameters: ModularArithmeticHyperparameters,
  otherNames: [{ name: 'Mod Arithmetic (w Brackets)', source: 'xLSTM (Beck et al. 2024)' }],
})
export class ModularArithmeticBrackets implements Task {
  readonly alphabets;
  private readonly expressions;

  constructor({ modulus } = new ModularArithmeticHyperparameters()) {
    // `x` is never produced; it keeps the numbering of the reference.
    this.expressions = new Expressions(modulus, ['+', '-', '*', '(', ')', 'x'], ['+', '-', '*']);
    this.alphabets = {
      input: this.expressions.alphabet,
      output: numerals(modulus),
      trace: numerals(modulus),
    };
  }
  sample(rng: Rng, length: number): number[] {
    return this.expressions.sample(rng, length);
  }
  solve(input: readonly number[]): number[] {
    return [this.trace(input).at(-1)!];
  }
  answerLength(): number {
    return 1;
  }
  /** The value of every pair of brackets in the order in which they close, then the value of the whole. */
  trace(input: readonly number[]): number[] {
    const values: number[] = [];
    const whole = this.expressions.evaluate(input, (constant) => values.push(constant));
    const problem =
      typeof whole === 'string' ? whole : input.includes(this.expressions.id('x')) ? 'x has no value' : '';
    const form = 'an expression with brackets';
    if (problem) throw zooError('malformed-input', { task: 'modular-arithmetic-brackets', problem, form });
    return [...values, (whole as { constant: number }).constant];
  }
  /** k pairs of brackets need at least 2k + 1 symbols. */
  traceLength(inputLength: number): number {
    return Math.floor((inputLength + 1) / 2);
  }
}
