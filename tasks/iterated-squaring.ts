import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type Rng, type Task, zooError, task } from '../registry';
import { squaringTheory } from './parts/column-theory';
import { ac0, li2024 } from './parts/references';
import { numerals } from './parts/symbols';

export class IteratedSquaringHyperparameters {
  /** Moduli are the primes from 5 up to this number. */
  @IsInt() @Min(5) @Max(4096) largest = 127;
}

/** A number squared again and again, modulo a prime. */
@task({
  id: 'iterated-squaring',
  version: 1,
  title: 'Iterated squaring',
  summary: 'A prime, a number, and squaring signs; the number squared that often modulo the prime.',
  level: 'regular',
  circuitClass: ac0,
  reference: { ...li2024, place: 'Iterated Squaring' },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: ({ largest }: IteratedSquaringHyperparameters) => squaringTheory(primesTo(largest)),
  hyperparameters: IteratedSquaringHyperparameters,
  otherNames: [{ name: 'ISP', source: 'Li et al. 2024' }],
})
export class IteratedSquaring implements Task {
  readonly alphabets: Alphabets;
  private readonly primes: readonly number[];
  private readonly square;

  constructor({ largest } = new IteratedSquaringHyperparameters()) {
    const numbers = numerals(largest + 1);
    this.square = numbers.length;
    this.primes = primesTo(largest);
    this.alphabets = { input: [...numbers, '^2'], output: numbers, trace: numbers };
  }

  /** A prime and a number come before the signs. */
  inputLength(length: number): number {
    return Math.max(2, length);
  }
  /** The prime is uniform, the number uniform in 2..prime-2: squares of 0, 1 and -1 never change. */
  sample(rng: Rng, length: number): number[] {
    const prime = rng.choice(this.primes);
    const symbols = new Array<number>(this.inputLength(length)).fill(this.square);
    symbols[0] = prime;
    symbols[1] = 2 + rng.integer(prime - 3);
    return symbols;
  }
  solve(input: readonly number[]): number[] {
    let last = 0;
    this.run(input, (value) => (last = value));
    return [last];
  }
  answerLength(): number {
    return 1;
  }
  /** The number, then its value after each squaring. */
  trace(input: readonly number[]): number[] {
    const steps: number[] = [];
    this.run(input, (value) => steps.push(value));
    return steps;
  }
  traceLength(inputLength: number): number {
    return inputLength - 1;
  }

  private run(input: readonly number[], visit: (value: number) => void): void {
    const [modulus = 0, start = 0] = input;
    const isWritten = modulus > 1 && modulus < this.square && start < modulus && input.length > 1;
    if (!isWritten || input.some((symbol, place) => place > 1 && symbol !== this.square)) {
      const form = 'a modulus, a smaller number, and squaring signs';
      throw zooError('malformed-input', { task: 'iterated-squaring', problem: 'it has another form', form });
    }
    let value = start;
    visit(value);
    for (let place = 2; place < input.length; place++) visit((value = (value * value) % modulus));
  }
}

const primesTo = (largest: number): number[] =>
  Array.from({ length: largest + 1 }, (_, number) => number).filter((number) => number >= 5 && isPrime(number));

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return number > 1;
}
