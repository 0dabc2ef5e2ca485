import { task, type Plugin, type Rng, type Task } from 'chomsky-zoo';
import { IsInt, Max, Min } from 'class-validator';

/** What can be set, with defaults and ranges: `--set my-task.modulus=5`. */
export class MyTaskHyperparameters {
  @IsInt() @Min(2) @Max(9) modulus = 3;
}

/** How many ones a string of bits has, modulo a number. Replace it by your problem. */
@task({
  id: 'my-task',
  version: 1,
  title: 'My task',
  summary: 'A string of bits; the number of ones modulo 3.',
  level: 'regular',
  circuitClass: {
    name: 'ACC0',
    reference: {
      authors: 'Barrington 1989',
      title: 'Bounded-width branching programs',
      identifier: '10.1016/0022-0000(89)90037-8',
    },
  },
  reference: { authors: 'Nobody yet', title: 'My task', identifier: 'https://example.org' },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: true },
  hyperparameters: MyTaskHyperparameters,
})
export class MyTask implements Task {
  readonly alphabets: Task['alphabets'];

  constructor(private readonly hyperparameters: MyTaskHyperparameters = new MyTaskHyperparameters()) {
    const digits = Array.from({ length: hyperparameters.modulus }, (_, digit) => String(digit));
    this.alphabets = { input: ['0', '1'], output: digits, trace: digits };
  }
  sample(rng: Rng, length: number): number[] {
    return Array.from({ length }, () => rng.integer(2));
  }
  solve(input: readonly number[]): number[] {
    return [input.reduce((sum, bit) => sum + bit, 0) % this.hyperparameters.modulus];
  }
  answerLength(): number {
    return 1;
  }
  /** The answer for every prefix. */
  aligned(input: readonly number[]): number[] {
    let count = 0;
    return input.map((bit) => (count = (count + bit) % this.hyperparameters.modulus));
  }
  /** Chain of thought, from which the answer can be read off; leave it out, with `traceLength`, where there is none. */
  trace(input: readonly number[]): number[] {
    return this.aligned(input);
  }
  traceLength(inputLength: number): number {
    return inputLength;
  }
}

const plugin: Plugin = { name: 'my-task', version: '0.1.0', zoo: '^0.1.0', tasks: [MyTask] };
export default plugin;
