import * as tf from '@tensorflow/tfjs-core';
import { Lstm } from '../../architectures/lstm';
import type { TransformerHyperparameters } from '../../architectures/transformer';
import { Transformer } from '../../architectures/transformer';
import { TransformerEncoder } from '../../architectures/transformer-encoder';
import { appended } from '../../architectures/layers';
import { architecture, unitOf, type UnitClass } from '../../registry/units';
import type { ArchitectureMeta, SequenceModel, State } from '../../src/core/contracts/architecture';
import { architectureConformance } from '../../src/testing/architecture-conformance';
import { ConcatenatingAttention, RewritingAttention } from '../support/architectures/plain-attention';

beforeAll(() => tf.setBackend('cpu'));

/** A row that is the Transformer but for what is changed. */
const changed = (change: (model: SequenceModel) => Partial<SequenceModel>) => {
  class Changed extends Transformer {
    override build(hyperparameters: TransformerHyperparameters, vocabularySize: number): SequenceModel {
      const model = super.build(hyperparameters, vocabularySize);
      return { ...model, ...change(model) };
    }
  }
  return architecture(unitOf(Transformer)!.meta as ArchitectureMeta)(Changed);
};
const named = (row: UnitClass<'architecture'>, name: RegExp) =>
  architectureConformance(row).find((check) => name.test(check.name))!;
const run = (row: UnitClass<'architecture'>, name: RegExp) => () => named(row, name).run();
const unapplied = (row: UnitClass<'architecture'>) =>
  architectureConformance(row).flatMap(({ applies, name }) => (applies ? [] : [name]));

it('says which checks a model has nothing for', () => {
  expect(unapplied(Transformer)).toEqual([
    'has the same gradients in one pass and in steps',
    'has the eigenvalues that theory takes it to have',
  ]);
  expect(unapplied(Lstm)).toEqual([
    'attends in weights that sum to one',
    'says the same and has the same gradients by way of tables',
    'has the eigenvalues that theory takes it to have',
    'says the same where only some positions are wanted, and has the same gradients',
  ]);
  expect(unapplied(TransformerEncoder)).toEqual([
    'never lets a later token change an earlier output',
    ...[1, 2, 7, 33].map((time) => `says the same in one pass and in steps, ${time} tokens`),
    'has the same gradients in one pass and in steps',
    'carries a state, batch first, that keeps its shape or grows by a token in a step',
    'says the same however the sequence is cut into pieces',
    'says the same and has the same gradients by way of tables',
    'updates its state as is read in its program: affinely or not',
    'has the eigenvalues that theory takes it to have',
    'says the same where only some positions are wanted, and has the same gradients',
  ]);
});

describe.each([ConcatenatingAttention, RewritingAttention])('a model of four members, %p', (row) => {
  for (const { name, applies, run } of architectureConformance(row)) (applies ? it : it.skip)(name, run);
});

it('sees through attention that is not shares, or of the future', () => {
  const attention = /attends in/;
  run(
    changed(() => ({})),
    attention,
  )();
  const says = (weights: () => tf.Tensor) => changed(() => ({ attention: () => weights() as tf.Tensor5D }));
  expect(
    run(
      says(() => tf.ones([2, 1, 1, 9, 9])),
      attention,
    ),
  ).toThrow(/do not sum to one/);
  expect(
    run(
      says(() => tf.fill([2, 1, 1, 9, 9], 1 / 9)),
      attention,
    ),
  ).toThrow(/looks at a later token/);
});

it('sees through half a recurrent form', () => {
  expect(
    run(
      changed(() => ({ step: undefined })),
      /or neither/,
    ),
  ).toThrow(/there is `initialState` and no `step`/);
});

describe('a state', () => {
  const check = /carries a state/;
  const after = (next: (before: State, after: State) => State) =>
    changed(({ step }) => ({
      step: (parameters, state, ...given) => {
        const { state: last, logits } = step!(parameters, state, ...given);
        return { logits, state: next(state, last) };
      },
    }));

  it.each<[string, UnitClass<'architecture'>, RegExp]>([
    ['that is lost', after(() => ({})), /after 1 steps 0.key is gone instead of \[3,2,8,4\] or/],
    [
      'that is cut',
      after((state, next) => ({ ...next, '0.key': tf.slice(state['0.key']!, [0, 0, 1, 0]) })),
      /0.key is \[3,2,7,4\] instead of/,
    ],
    [
      'that is appended to and changed',
      after((state, next) => ({ ...next, '0.key': tf.add(state['0.key']!, 1) })),
      /appends to 0.key, which is then only read, and changes it/,
    ],
    [
      'that is appended to twice',
      after((_, next) => appended(next, { '0.key': tf.zeros([3, 2, 1, 4]) }, 2)),
      /after 1 steps 2 recent tokens are kept for 0.key/,
    ],
    ['with something new', after((_, next) => ({ ...next, extra: tf.zeros([3]) })), /a step adds extra/],
    [
      'without a batch',
      changed(({ initialState }) => ({
        initialState: (...given) => ({ ...initialState!(...given), extra: tf.zeros([1]) }),
      })),
      /extra is not batch first/,
    ],
  ])('%s is found', (_what, row, problem) => expect(run(row, check)).toThrow(problem));
});
