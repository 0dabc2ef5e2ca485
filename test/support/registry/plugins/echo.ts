import { task, type Rng, type Task } from 'chomsky-zoo';
import { IsInt, Max, Min } from 'class-validator';
import { reference, title } from './parts';

export class EchoHyperparameters {
  /** Number of symbols. */
  @IsInt() @Min(2) @Max(10) base = 2;
}

/** The input itself: a plugin in TypeScript with a file of its own beside it and decorators on fields. */
@task<EchoHyperparameters>({
  id: 'echo',
  version: 1,
  title,
  summary: 'A string; the same string.',
  level: 'regular',
  circuitClass: { name: 'AC0', reference },
  reference,
  answerLengthRule: 'the input length',
  labels: { final: true, aligned: false },
  hyperparameters: EchoHyperparameters,
})
export class Echo implements Task {
  readonly alphabets: Task['alphabets'];
  constructor(private readonly hyperparameters: EchoHyperparameters = new EchoHyperparameters()) {
    const symbols = Array.from({ length: hyperparameters.base }, (_, id) => String(id));
    this.alphabets = { input: symbols, output: symbols };
  }
  sample(rng: Rng, length: number): number[] {
    return Array.from({ length }, () => rng.integer(this.hyperparameters.base));
  }
  solve(input: readonly number[]): number[] {
    return [...input];
  }
  answerLength(inputLength: number): number {
    return inputLength;
  }
}

export default { name: 'echo', version: '1.2.3', zoo: '>=0.1.0', tasks: [Echo] };
