import { IsString } from 'class-validator';
import { family, task, type Task, type TaskMeta } from 'chomsky-zoo';

const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };
const meta: TaskMeta = {
  id: 'letters',
  version: 1,
  title: 'Letters',
  summary: 'Letters; the last one.',
  level: 'regular',
  circuitClass: { name: 'AC0', reference },
  reference,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
};

class LettersHyperparameters {
  @IsString() letters = 'ab';
}

@task({ ...meta, hyperparameters: LettersHyperparameters })
class Letters implements Task {
  readonly alphabets;
  constructor({ letters } = new LettersHyperparameters()) {
    this.alphabets = { input: [...letters], output: [...letters] };
  }
  sample = (_: unknown, length: number): number[] => Array<number>(length).fill(0);
  solve = (input: readonly number[]): number[] => [input.at(-1)!];
  answerLength = (): number => 1;
}

/** `letters:xyz` is the task of these letters. */
const lettersOf = family({ base: 'letters', hyperparameter: 'letters' }, (letters: string) => {
  @task({ ...meta, id: `letters:${letters}`, title: letters })
  class OwnLetters extends Letters {}
  return OwnLetters;
});

export default { name: 'letters', version: '1.0.0', zoo: '*', namespace: 'acme', tasks: [Letters, lettersOf] };
