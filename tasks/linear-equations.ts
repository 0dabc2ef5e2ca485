import { IsIn } from 'class-validator';
import { type Alphabets, type Rng, type Task, zooError, task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { eliminate } from './parts/elimination';
import { feng2023, linearAlgebra } from './parts/references';
import { numerals, uniformSymbols } from './parts/symbols';

const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61];

export class LinearEquationsHyperparameters {
  /** A prime: every number but 0 has an inverse. */
  @IsIn(primes) modulus = 11;
}

/** Symbols of m equations in m unknowns: m coefficients, `=` and a constant each, and a `;` between two equations. */
const symbolsOf = (unknowns: number) => unknowns * (unknowns + 2) + unknowns - 1;

/** The largest system that fits, at least one equation. */
function unknownsOf(length: number): number {
  let unknowns = 1;
  while (symbolsOf(unknowns + 1) <= length) unknowns++;
  return unknowns;
}

/** The solution of as many linear equations as unknowns, modulo a prime. */
@task({
  id: 'linear-equations',
  version: 1,
  title: 'Linear equations',
  summary: 'As many linear equations as unknowns modulo 11, with one solution; the unknowns.',
  level: 'polynomial-time',
  circuitClass: linearAlgebra,
  reference: { ...feng2023, place: 'Linear Equation' },
  answerLengthRule: 'the number m of unknowns, where the input length is m m + 3 m - 1',
  labels: { final: true, aligned: false },
  theory: remembersHalf,
  hyperparameters: LinearEquationsHyperparameters,
  otherNames: [
    { name: 'equation', source: 'Feng et al. 2023' },
    { name: 'linear equation', source: 'Feng et al. 2023' },
  ],
})
export class LinearEquations implements Task {
  readonly alphabets: Alphabets;
  private readonly modulus;

  constructor({ modulus } = new LinearEquationsHyperparameters()) {
    this.modulus = modulus;
    const input = [...numerals(modulus), '=', ';'];
    this.alphabets = { input, output: numerals(modulus), trace: input };
  }

  /** The length of the largest system that fits: 3, 9, 17, 27, 39, ... */
  inputLength(length: number): number {
    return symbolsOf(unknownsOf(length));
  }
  /** Coefficients are uniform among those with one solution, and the solution is uniform. */
  sample(rng: Rng, length: number): number[] {
    const unknowns = unknownsOf(length);
    const solution = uniformSymbols(rng, unknowns, this.modulus);
    for (;;) {
      const system = Array.from({ length: unknowns }, () => uniformSymbols(rng, unknowns, this.modulus));
      const written: number[] = [];
      for (const row of system) {
        let constant = 0;
        for (let i = 0; i < unknowns; i++) constant += row[i]! * solution[i]!;
        if (written.length > 0) written.push(this.modulus + 1);
        written.push(...row, this.modulus, constant % this.modulus);
      }
      if (eliminate(system, unknowns, this.modulus)) return written;
    }
  }
  solve(input: readonly number[]): number[] {
    return this.eliminate(input).map((row) => row.at(-1)!);
  }
  answerLength(inputLength: number): number {
    return unknownsOf(inputLength);
  }
  /**
   * The system after each step of Gauss-Jordan elimination, one step for each unknown, every equation followed by `;`.
   * A step puts the first equation that has the unknown in its place, scales it, and clears the unknown elsewhere.
   */
  trace(input: readonly number[]): number[] {
    const steps: number[] = [];
    this.eliminate(input, (system) => system.forEach((row) => steps.push(...this.write(row))));
    return steps;
  }
  traceLength(inputLength: number): number {
    const unknowns = unknownsOf(inputLength);
    return unknowns * (symbolsOf(unknowns) + 1);
  }

  /** One equation with its `;`, from its coefficients and its constant. */
  private write(row: readonly number[]): number[] {
    return [...row.slice(0, -1), this.modulus, row.at(-1)!, this.modulus + 1];
  }
  /** Coefficients and constant of each equation. */
  private read(input: readonly number[]): number[][] {
    const unknowns = unknownsOf(input.length);
    let isWritten = input.length === symbolsOf(unknowns);
    const system: number[][] = [];
    for (let start = 0; start < input.length; start += unknowns + 3) {
      const row = input.slice(start, start + unknowns + 1);
      row[unknowns] = input[start + unknowns + 1] ?? this.modulus;
      for (const entry of row) if (entry >= this.modulus) isWritten = false;
      if (input[start + unknowns] !== this.modulus) isWritten = false;
      if (start > 0 && input[start - 1] !== this.modulus + 1) isWritten = false;
      system.push(row);
    }
    if (!isWritten) throw this.malformed('it does not consist of m equations in m unknowns');
    return system;
  }
  private eliminate(input: readonly number[], visit?: (system: readonly number[][]) => void): number[][] {
    const system = this.read(input);
    if (eliminate(system, system.length, this.modulus, () => visit?.(system))) return system;
    throw this.malformed('it does not have exactly one solution');
  }
  private malformed(problem: string) {
    const form = 'equations of m coefficients, "=" and a constant, with ";" between';
    return zooError('malformed-input', { task: 'linear-equations', problem, form });
  }
}
