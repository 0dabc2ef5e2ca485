import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type Rng, type Task, zooError, task } from '../registry';
import { groupColumn } from './parts/column-theory';
import { li2024, nonSolvableGroup, solvableGroup } from './parts/references';
import { numerals } from './parts/symbols';

export class PermutationHyperparameters {
  /** Permutations of 1..degree. */
  @IsInt() @Min(2) @Max(64) degree = 5;
}

/** The composition of permutations that are spelt out image by image. */
@task({
  id: 'permutation-composition',
  version: 1,
  title: 'Permutation composition',
  summary: 'Permutations of 5 spelt out as the images of 1 to 5; their composition from left to right.',
  level: 'regular',
  circuitClass: nonSolvableGroup,
  reference: { ...li2024, place: 'Permutation Composition' },
  answerLengthRule: 'the degree of the permutations, 5',
  labels: { final: true, aligned: false },
  theory: ({ degree }: PermutationHyperparameters) => ({
    ...groupColumn,
    solvable: degree < 5,
    evenCycle: false,
    oddCycle: false,
    blockEvenCycle: true,
    blockOddCycle: degree > 2,
    circuitClass: degree < 5 ? solvableGroup.name : nonSolvableGroup.name,
  }),
  hyperparameters: PermutationHyperparameters,
  otherNames: [{ name: 'PC', source: 'Li et al. 2024' }],
})
export class PermutationComposition implements Task {
  readonly alphabets: Alphabets;
  private readonly identity: readonly number[];

  constructor({ degree } = new PermutationHyperparameters()) {
    const images = numerals(degree + 1).slice(1);
    this.identity = images.map((_, place) => place);
    this.alphabets = { input: images, output: images, trace: images };
  }

  /** A whole number of permutations, at least one. */
  inputLength(length: number): number {
    const degree = this.identity.length;
    return degree * Math.max(1, Math.floor(length / degree));
  }
  /** Independent uniform permutations. */
  sample(rng: Rng, length: number): number[] {
    const symbols: number[] = [];
    while (symbols.length < this.inputLength(length)) symbols.push(...rng.shuffle(this.identity));
    return symbols;
  }
  solve(input: readonly number[]): number[] {
    let product = this.identity;
    this.compose(input, (next) => (product = next));
    return [...product];
  }
  answerLength(): number {
    return this.identity.length;
  }
  /** The composition after each permutation, spelt out. */
  trace(input: readonly number[]): number[] {
    const steps: number[] = [];
    this.compose(input, (product) => steps.push(...product));
    return steps;
  }
  traceLength(inputLength: number): number {
    return inputLength;
  }

  /** `p, then q` maps i to q(p(i)). */
  private compose(input: readonly number[], visit: (product: readonly number[]) => void): void {
    const degree = this.identity.length;
    let product = this.identity;
    if (input.length % degree !== 0 || input.length === 0) throw this.malformed(input.length);
    for (let start = 0; start < input.length; start += degree) {
      const next = input.slice(start, start + degree);
      if (new Set(next).size < degree) throw this.malformed(start);
      visit((product = product.map((image) => next[image]!)));
    }
  }
  private malformed(place: number) {
    const problem = `no permutation ends or begins at position ${place}`;
    const form = `permutations of 1 to ${this.identity.length}, spelt out one after the other`;
    return zooError('malformed-input', { task: 'permutation-composition', problem, form });
  }
}
