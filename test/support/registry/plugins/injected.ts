// A task and an architecture whose constructors ask for a helper.
import { IsInt, Max, Min } from 'class-validator';
import { injectable } from 'tsyringe';
import { task, type Task, type TaskMeta } from 'chomsky-zoo';

@injectable()
class Alphabet {
  readonly symbols = ['a', 'b', 'c'];
}

class PickHyperparameters {
  @IsInt() @Min(0) @Max(2) place = 0;
}

const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };
const meta: TaskMeta = {
  id: 'pick',
  version: 1,
  title: 'Pick',
  summary: 'Three symbols; the one at a place.',
  level: 'regular',
  circuitClass: { name: 'AC0', reference },
  reference,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
};

@task({ ...meta, hyperparameters: PickHyperparameters })
class Pick implements Task {
  readonly alphabets;
  constructor(
    alphabet: Alphabet,
    private readonly hyperparameters: PickHyperparameters,
  ) {
    this.alphabets = { input: alphabet.symbols, output: alphabet.symbols };
  }
  sample = (_: unknown, length: number): number[] => Array.from({ length }, (_each, i) => i % 3);
  solve = (input: readonly number[]): number[] => [input[this.hyperparameters.place]!];
  answerLength = (): number => 1;
}

/** Nobody told the container how to make one. */
class Unknown {
  constructor(readonly wanted: string) {}
}

@task({ ...meta, id: 'unmakeable' })
class Unmakeable extends Object implements Task {
  readonly alphabets = { input: ['a'], output: ['a'] };
  constructor(readonly missing: Unknown) {
    super();
  }
  sample = (): number[] => [0];
  solve = (): number[] => [0];
  answerLength = (): number => 1;
}

export default { name: 'injected', version: '1.0.0', zoo: '*', tasks: [Pick, Unmakeable] };
