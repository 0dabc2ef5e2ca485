import { type AnswerAutomaton, type Rng, type Task, zooError, task } from '../registry';
import { groupColumn } from './parts/column-theory';
import { exploredAutomaton } from './parts/explored-automaton';
import { ModularArithmeticHyperparameters } from './parts/modulus';
import { deletang2023, solvableGroup } from './parts/references';
import { numerals } from './parts/symbols';

/** The value of digits joined by + - * without brackets, modulo m (task modular_arithmetic of Deletang et al. 2023). */
@task({
  id: 'modular-arithmetic',
  version: 1,
  title: 'Modular arithmetic',
  summary: 'An expression over + - * without brackets; its value modulo 5.',
  level: 'regular',
  circuitClass: solvableGroup,
  reference: deletang2023('Modular Arithmetic (Simple)'),
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: { ...groupColumn, solvable: true },
  hyperparameters: ModularArithmeticHyperparameters,
  otherNames: [
    {
      name: 'modular_arithmetic_simple',
      source: 'FLaRe (Butoi et al. 2025)',
      differs: 'theirs asks whether a string that holds question and answer is right',
    },
    { name: 'Mod Arithmetic (w/o Brackets)', source: 'xLSTM (Beck et al. 2024)' },
  ],
})
export class ModularArithmetic implements Task {
  readonly alphabets;
  private readonly modulus;

  constructor({ modulus } = new ModularArithmeticHyperparameters()) {
    this.modulus = modulus;
    const digits = numerals(modulus);
    this.alphabets = { input: [...digits, '+', '-', '*', '_'], output: digits, trace: digits };
  }

  /** An expression has an odd length: an even one is shortened by 1. */
  inputLength(length: number): number {
    return length - 1 + (length % 2);
  }
  /** Digits at even positions and operators at odd ones, all uniform; `_` is never produced. */
  sample(rng: Rng, length: number): number[] {
    return Array.from({ length: this.inputLength(length) }, (_, place) =>
      place % 2 === 0 ? rng.integer(this.modulus) : this.modulus + rng.integer(3),
    );
  }
  solve(input: readonly number[]): number[] {
    let value = 0;
    this.evaluate(input, (_, prefix) => (value = prefix));
    return [value];
  }
  answerLength(): number {
    return 1;
  }
  /** After each digit: the value of the term it ends (with its sign), then the value of the expression so far. */
  trace(input: readonly number[]): number[] {
    const steps: number[] = [];
    this.evaluate(input, (term, value) => steps.push(term, value));
    return steps;
  }
  traceLength(inputLength: number): number {
    return inputLength + 1;
  }

  /**
   * The state is the sum of the finished terms, the term that is not, and whether a digit comes next, to be multiplied by
   * it: `+ d` is `* d` of the term 1.
   */
  answerAutomaton(): AnswerAutomaton | null {
    const { modulus } = this;
    return exploredAutomaton<readonly [sum: number, term: number, wantsDigit: boolean]>({
      start: [0, 1 % modulus, true],
      symbols: this.alphabets.input.length,
      next: ([sum, term, wantsDigit], symbol) => {
        if (symbol < modulus) return wantsDigit ? [sum, (term * symbol) % modulus, false] : null;
        const operator = this.alphabets.input[symbol];
        if (wantsDigit || operator === '_') return null;
        return operator === '*'
          ? [sum, term, true]
          : [(sum + term) % modulus, operator === '+' ? 1 : modulus - 1, true];
      },
      answer: ([sum, term, wantsDigit]) => (wantsDigit ? null : (sum + term) % modulus),
    });
  }

  /** `*` before `+` and `-`, from left to right; `visit` sees the last term and the value so far after each digit. */
  private evaluate(input: readonly number[], visit: (term: number, value: number) => void): void {
    let finished = 0;
    let term = 0;
    input.forEach((symbol, place) => {
      if (symbol < this.modulus !== (place % 2 === 0) || input.length % 2 === 0) throw this.malformed(place);
      if (place % 2 === 1) return;
      const operator = place === 0 ? '+' : this.alphabets.input[input[place - 1]!];
      if (operator === '*') term = (term * symbol) % this.modulus;
      else {
        finished = (finished + term) % this.modulus;
        term = operator === '-' ? (this.modulus - symbol) % this.modulus : symbol;
      }
      visit(term, (finished + term) % this.modulus);
    });
  }
  private malformed(place: number) {
    const problem = `digits and operators do not alternate at position ${place}, or it ends in an operator`;
    return zooError('malformed-input', {
      task: 'modular-arithmetic',
      problem,
      form: 'digits with operators between them',
    });
  }
}
