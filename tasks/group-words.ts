import { IsIn, IsInt, Max, Min } from 'class-validator';
import {
  type Alphabets,
  type AnswerAutomaton,
  type CircuitClass,
  type Rng,
  type Task,
  type TaskMeta,
  task,
  type UnitClass,
} from '../registry';
import { groupColumn } from './parts/column-theory';
import { alternating, cyclic, direct, exchanges, symmetric, type FiniteGroup } from './parts/groups';
import { nonSolvableGroup, solvableGroup } from './parts/references';
import { uniformSymbols } from './parts/symbols';

export class GroupHyperparameters {
  /** The input symbols: every element, or a small set that generates the group. */
  @IsIn(['all', 'minimal']) generators: 'all' | 'minimal' = 'all';
}

export class CyclicGroupHyperparameters extends GroupHyperparameters {
  @IsInt() @Min(2) @Max(1000) modulus = 7;
}

/** The product of a list of group elements, from left to right. */
class GroupWords implements Task {
  readonly alphabets: Alphabets;
  /** Group elements of the input ids. */
  private readonly elements: readonly number[];

  constructor(
    private readonly group: FiniteGroup,
    generators: readonly string[],
  ) {
    this.elements = generators.map((name) => group.names.indexOf(name));
    this.alphabets = { input: generators, output: group.names, trace: group.names };
  }
  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, this.elements.length);
  }
  solve(input: readonly number[]): number[] {
    let product = 0;
    for (const symbol of input) product = this.group.products[product]![this.elements[symbol]!]!;
    return [product];
  }
  answerLength(): number {
    return 1;
  }
  /** The product after each symbol. */
  trace(input: readonly number[]): number[] {
    let product = 0;
    return input.map((symbol) => (product = this.group.products[product]![this.elements[symbol]!]!));
  }
  traceLength(inputLength: number): number {
    return inputLength;
  }
  aligned(input: readonly number[]): number[] {
    return this.trace(input);
  }
  /** The state is the product. */
  answerAutomaton(): AnswerAutomaton {
    const { products, names } = this.group;
    return {
      transitions: products.map((row) => this.elements.map((element) => row[element]!)),
      answers: names.map((_, product) => product),
    };
  }
}

const metaOf = (id: string, name: string, circuitClass: CircuitClass): TaskMeta => ({
  id,
  version: 1,
  title: `Words in ${name}`,
  summary: `A list of elements of ${name}; their product from left to right.`,
  level: 'regular',
  circuitClass,
  reference: {
    authors: 'Merrill, Petty and Sabharwal 2024',
    title: 'The Illusion of State in State-Space Models',
    identifier: 'arXiv:2404.08819',
  },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: true },
});

/** Z_m with m a hyperparameter. */
@task({
  ...metaOf('z-m', 'the integers modulo m', solvableGroup),
  hyperparameters: CyclicGroupHyperparameters,
  theory: { ...groupColumn, solvable: true, group: true, abelian: true },
})
export class CyclicGroup extends GroupWords {
  constructor({ modulus, generators } = new CyclicGroupHyperparameters()) {
    const group = cyclic(modulus);
    super(group, generators === 'all' ? group.names : group.minimal);
  }
}

/** A group under a name of its own; its elements permute so many points. */
function words(
  id: string,
  name: string,
  circuitClass: CircuitClass,
  make: () => FiniteGroup,
  { points, variantOf }: { readonly points: number; readonly variantOf?: string },
): UnitClass<'task'> {
  const theory = { points, pointsMoved: points };
  @task({ ...metaOf(id, name, circuitClass), theory, hyperparameters: GroupHyperparameters, variantOf })
  class NamedGroup extends GroupWords {
    constructor({ generators } = new GroupHyperparameters()) {
      const group = make();
      super(group, generators === 'all' ? group.names : group.minimal);
    }
  }
  return NamedGroup;
}

export const Z2 = words('z2', 'the integers modulo 2', solvableGroup, () => cyclic(2), {
  points: 2,
  variantOf: 'z-m',
});
export const Z5 = words('z5', 'the integers modulo 5', solvableGroup, () => cyclic(5), {
  points: 5,
  variantOf: 'z-m',
});
export const Z60 = words('z60', 'the integers modulo 60', solvableGroup, () => cyclic(60), {
  points: 60,
  variantOf: 'z-m',
});
export const S3 = words('s3', 'the permutations of 3', solvableGroup, () => symmetric(3, ['213', '231']), {
  points: 3,
});
export const A4xZ5 = words(
  'a4xz5',
  'the even permutations of 4 with the integers modulo 5',
  solvableGroup,
  () => direct(alternating(4, []), cyclic(5), ['2143.0', '2314.1']),
  { points: 9 },
);
export const A5 = words(
  'a5',
  'the even permutations of 5',
  nonSolvableGroup,
  () => alternating(5, ['23145', '23451']),
  {
    points: 5,
  },
);
const s5 = () => symmetric(5, ['21345', '23451']);
export const S5 = words('s5', 'the permutations of 5', nonSolvableGroup, s5, { points: 5 });

/** Exchanges of two are the only input symbols: each step changes little, yet they generate all 120 elements. */
@task({
  ...metaOf('s5-swaps', 'the permutations of 5', nonSolvableGroup),
  title: 'Swaps of 5',
  summary: 'A list of exchanges of two among 5; their product from left to right.',
  theory: { points: 5, pointsMoved: 2 },
  variantOf: 's5',
})
export class S5Swaps extends GroupWords {
  constructor() {
    super(s5(), exchanges(5));
  }
}
