// A task and an architecture whose constructors ask for a helper.
import { IsInt, Max, Min } from 'class-validator';
import { injectable } from 'tsyringe';
import * as tf from '@tensorflow/tfjs-core';
import { architecture, task, type Architecture, type SequenceModel, type Task, type TaskMeta } from 'chomsky-zoo';

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

class NothingToSet {}

/** Says of every token what the alphabet has most of: a model of one parameter. */
@architecture({
  id: 'letters-model',
  version: 1,
  title: 'Letters model',
  year: 2026,
  summary: 'One logit for each token.',
  reference,
  capabilities: { causal: true },
  hyperparameters: NothingToSet,
})
class LettersModel implements Architecture<NothingToSet> {
  constructor(private readonly alphabet: Alphabet) {}
  build(_: NothingToSet, vocabularySize: number): SequenceModel {
    const count = this.alphabet.symbols.length;
    return {
      parameters: [
        { name: 'logits', shape: [vocabularySize], initializer: () => new Float32Array(vocabularySize).fill(count) },
      ],
      forward: (parameters, tokens) => tf.add(tf.zeros([...tokens.shape, vocabularySize]), parameters.logits!),
    };
  }
}

export default {
  name: 'injected',
  version: '1.0.0',
  zoo: '*',
  tasks: [Pick, Unmakeable],
  architectures: [LettersModel],
};
