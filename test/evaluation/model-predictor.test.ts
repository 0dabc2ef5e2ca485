import * as tf from '@tensorflow/tfjs-core';
import type { AnswerMode, Memory, SequenceModel } from '../../src/core/contracts/architecture';
import type { Engine } from '../../src/core/contracts/engine';
import { createFormat, type AnyFormat } from '../../src/data/format';
import { selectEngine } from '../support/engine-choice';
import { Split } from '../../src/data/split';
import { scoreAnswer } from '../../src/evaluation/score-answer';
import { testInputs } from '../../src/evaluation/test-set';
import { ModelPredictor } from '../../src/evaluation/model-predictor';
import { CompiledModel } from '../../src/model/generate/compiled-model';
import { ParameterLayout } from '../../src/model/parameters';
import { Parity } from '../../tasks/parity';

let engine: Engine;
beforeAll(async () => (engine = await selectEngine('cpu', { threads: 1 })));
afterAll(() => engine.dispose());

const task = new Parity();

/** Knows the parity of the ones so far: predicts it after `<slot>` and `<answer>`, and `<end>` (or padding) after all else. */
function parityModel({ vocabulary, mode }: AnyFormat): SequenceModel {
  const one = vocabulary.input[1]!;
  const asks = vocabulary.special(mode === 'direct' ? '<slot>' : '<answer>');
  const otherwise = mode === 'direct' ? 0 : vocabulary.special('<end>');
  const [even, odd] = vocabulary.output as [number, number];
  const ones = (tokens: tf.Tensor) => tf.cast(tf.equal(tokens, one), 'float32');
  const logits = (tokens: tf.Tensor, count: tf.Tensor) => {
    const answer = tf.add(even, tf.mul(tf.mod(count, 2), odd - even));
    const predicted = tf.where(tf.equal(tokens, asks), answer, tf.fill(tokens.shape, otherwise));
    return tf.cast(tf.oneHot(tf.cast(predicted, 'int32'), vocabulary.size), 'float32');
  };
  return {
    parameters: [{ name: 'unused', shape: [1], initializer: () => new Float32Array(1) }],
    forward: (_, tokens) => logits(tokens, tf.cumsum(ones(tokens), 1)) as tf.Tensor3D,
    initialState: (rows) => ({ count: tf.zeros([rows]) }),
    step: (_, { count }, token) => {
      const next = tf.add(count!, ones(token));
      return { state: { count: next }, logits: logits(token, next) as tf.Tensor2D };
    },
  };
}

test.each<[AnswerMode, Memory, number, number, number]>([
  // Long enough that not all inputs are answered at once.
  ['direct', 'none', 298, 12, 0],
  ['direct', 'none', 40, 3, 2],
  ['direct', 'constant', 21, 130, 0],
  ['direct', 'constant', 21, 3, 2],
  ['filler', 'constant', 21, 3, 0],
])(
  'mode %s, memory %s: every answer belongs to its input, in as many pieces as it takes (length %i, %i inputs, %i computation steps)',
  async (mode, memory, length, count, computationSteps) => {
    const format = createFormat(task, mode, { computationSteps });
    const { initialState, step, ...parallel } = parityModel(format);
    const model = memory === 'none' ? parallel : { ...parallel, initialState, step };
    const layout = new ParameterLayout(model.parameters);
    const compiled = new CompiledModel(engine, model, layout, new Float32Array(1), 'parity');
    const predictor = new ModelPredictor(compiled, format);
    const inputs = testInputs(new Split(task, 20), 'parity', length, count);
    const answers = await predictor.predict(inputs);
    await predictor.dispose();
    expect(answers).toHaveLength(count);
    expect(inputs.map((input, i) => scoreAnswer(task, input, answers[i]!).exact)).toEqual(inputs.map(() => 1));
  },
);

test.each([
  ['compiles all lengths ahead where an engine gains by it', true, 2],
  ['compiles a length when it comes where it does not', false, 0],
])('%s', async (_, compilesTogether, ahead) => {
  const format = createFormat(task, 'direct');
  const { initialState: _initial, step: _step, ...model } = parityModel(format);
  const compile = jest.fn(engine.compile.bind(engine));
  const asked: Engine = Object.assign(Object.create(engine) as Engine, { compile, compilesTogether });
  const compiled = new CompiledModel(
    asked,
    model,
    new ParameterLayout(model.parameters),
    new Float32Array(1),
    'parity',
  );
  const predictor = new ModelPredictor(compiled, format);
  const tests = [5, 6, 20].map((length) => testInputs(new Split(task, 3), 'parity', length, 4)); // two shapes
  await predictor.prepare(tests);
  expect(compile).toHaveBeenCalledTimes(ahead);
  for (const inputs of tests) {
    const answers = await predictor.predict(inputs);
    expect(inputs.map((input, i) => scoreAnswer(task, input, answers[i]!).exact)).toEqual(inputs.map(() => 1));
  }
  expect(compile).toHaveBeenCalledTimes(2);
  await predictor.dispose();
});
