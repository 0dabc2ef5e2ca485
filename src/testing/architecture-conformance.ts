import * as tf from '@tensorflow/tfjs-core';
import { modelShortcuts } from '../../architectures/layers/shortcuts';
import type { ArchitectureMeta, Parameters, SequenceModel } from '../core/contracts/architecture';
import { zooError } from '../core/errors';
import { createRng } from '../core/random';
import { unitOf, type UnitClass } from '../../registry/units';
import { made } from './made';
import {
  crossEntropy,
  difference,
  gradients,
  initialParameters,
  movedParameters,
  randomTokens,
  sizeOf,
  tokenList,
  vocabularySize,
} from './models';
import { withBackend } from '../engine/backends';
import { memoryOf } from '../model/traced-state';
import { positionsAgree } from './chosen-positions';
import { formsAgree, gradientsAgree, piecesAgree, stateIsTrue, stepsAreWhole } from './recurrent-form';
import { type Assert, type Subject } from './subject';
import { eigenvaluesAreAsTold } from './told-eigenvalues';
import { updateIsAsRead } from './state-update';
import { theoryOf } from '../model/traced-theory';
import { stateUpdateOf } from '../model/update-class';
import { tablesAgree } from './table-form';
import type { ConformanceCheck } from './task-conformance';

/**
 * What the contract of an architecture promises, as checks for any test runner:
 * `for (const { name, applies, run } of architectureConformance(MyModel)) (applies ? it : it.skip)(name, run)`.
 * They run on the backend that TensorFlow.js currently has, in plain JavaScript where it has none yet. Models are built
 * small: a hyperparameter class says how with a static field `tiny`.
 */
export function architectureConformance(architectureClass: UnitClass<'architecture'>): ConformanceCheck[] {
  const meta = unitOf(architectureClass)!.meta as ArchitectureMeta;
  const { tiny } = meta.hyperparameters as { readonly tiny?: object };
  const hyperparameters = Object.assign(new meta.hyperparameters(), tiny);
  const build = () => made('architecture', architectureClass).build(hyperparameters, vocabularySize);

  const check = (name: string, run: (subject: Subject) => void, applies = true): ConformanceCheck => ({
    name,
    applies,
    run: () => {
      const assert: Assert = (holds, problem) => {
        if (!holds) throw zooError('nonconforming-architecture', { architecture: meta.id, check: name, problem });
      };
      onBackend(() => tf.tidy(() => run({ model: build(), meta, rng: createRng(`conformance/${name}`), assert })));
    },
  });
  const model = onBackend(build);
  const has = (member: keyof SequenceModel) => model[member] !== undefined;
  const isRecurrent = has('step') && has('initialState');
  const { tableForm, forwardAt } = modelShortcuts(model);
  return [
    check('declares its parameters as they are: unique names, true sizes, all used', parametersAreTrue),
    check('gives finite logits of the right shape and leaves no tensor behind', forwardIsClean),
    check('gives the same logits after its parameters were saved and loaded', parametersAreAll),
    check('sends a gradient to every parameter', gradientsReachAll),
    check('learns eight examples by heart', learnsByHeart),
    check('has a step and a state to start from, or neither', stepsAreWhole),
    check('never lets a later token change an earlier output', isCausal, meta.capabilities.causal),
    ...[1, 2, 7, 33].map((time) =>
      check(
        `says the same in one pass and in steps, ${time} tokens`,
        (subject) => formsAgree(subject, time),
        isRecurrent,
      ),
    ),
    check(
      'has the same gradients in one pass and in steps',
      gradientsAgree,
      isRecurrent && memoryOf(model) === 'constant',
    ),
    check('carries a state, batch first, that keeps its shape or grows by a token in a step', stateIsTrue, isRecurrent),
    check('says the same however the sequence is cut into pieces', piecesAgree, has('extend')),
    check('attends in weights that sum to one', attentionIsTrue, has('attention')),
    check('says the same and has the same gradients by way of tables', tablesAgree, tableForm !== undefined),
    check('updates its state as is read in its program: affinely or not', updateIsAsRead, isRecurrent),
    check(
      'has the eigenvalues that theory takes it to have',
      (subject) => {
        eigenvaluesAreAsTold(subject, theoryOf(meta, hyperparameters, subject.model).properties);
      },
      isRecurrent && stateUpdateOf(model)!.update === 'scan',
    ),
    check(
      'says the same where only some positions are wanted, and has the same gradients',
      positionsAgree,
      forwardAt !== undefined,
    ),
  ];
}

/** A backend that is already there stays. */
const onBackend = <T>(run: () => T): T => withBackend(tf.engine().backendName ?? 'cpu', run);

function parametersAreTrue({ model, rng, assert }: Subject): void {
  const names = model.parameters.map(({ name }) => name);
  assert(new Set(names).size === names.length, 'two parameters share a name');
  for (const { name, shape, initializer } of model.parameters) {
    const drawn = initializer(rng.split(name), shape);
    assert(
      drawn instanceof Float32Array && drawn.length === sizeOf(shape),
      `${name}: not ${sizeOf(shape)} initial values`,
    );
    assert(drawn.every(Number.isFinite), `${name}: an initial value is not finite`);
  }
  const unused = new Set(names);
  const watched = new Proxy(initialParameters(model, rng), {
    get: (parameters, name: string) => (unused.delete(name), parameters[name]),
  });
  model.forward(watched, randomTokens(rng, 2, 3));
  assert(unused.size === 0, `forward never reads ${[...unused].join(', ')}`);
}

function forwardIsClean({ model, rng, assert }: Subject): void {
  const parameters = movedParameters(model, rng);
  const tokens = randomTokens(rng, 2, 6);
  const before = tf.memory().numTensors;
  const logits = tf.tidy(() => model.forward(parameters, tokens));
  assert(String(logits.shape) === String([2, 6, vocabularySize]), `logits have the shape [${logits.shape}]`);
  assert(logits.dataSync().every(Number.isFinite), 'a logit is not finite');
  logits.dispose();
  assert(tf.memory().numTensors === before, 'tensors remain after forward');
}

function parametersAreAll({ model, rng, assert }: Subject): void {
  const parameters = movedParameters(model, rng);
  const tokens = randomTokens(rng, 2, 5);
  const loaded = Object.fromEntries(
    model.parameters.map(({ name, shape }) => {
      const saved = Buffer.from(parameters[name]!.dataSync().slice().buffer);
      return [name, tf.tensor(new Float32Array(Uint8Array.from(saved).buffer), [...shape])];
    }),
  );
  const [before, after] = [parameters, loaded].map((list) => model.forward(list, tokens).dataSync());
  assert(difference(before!, after!) === 0, 'logits differ');
}

function gradientsReachAll({ model, rng, assert }: Subject): void {
  const parameters = movedParameters(model, rng);
  const silent = new Set(model.parameters.map(({ name }) => name));
  for (let trial = 0; trial < 3 && silent.size > 0; trial++) {
    const [tokens, targets] = [randomTokens(rng, 4, 7), randomTokens(rng, 4, 7)];
    const { grads } = gradients(model, parameters, (list) => crossEntropy(model.forward(list, tokens), targets));
    for (const [name, gradient] of Object.entries(grads)) {
      const values = gradient.dataSync();
      assert(values.every(Number.isFinite), `the gradient of ${name} is not finite`);
      if (values.some((value) => value !== 0)) silent.delete(name);
    }
  }
  assert(silent.size === 0, `no gradient reaches ${[...silent].join(', ')}`);
}

/** Random labels of eight sequences at their last position, fitted with Adam until each is said right. */
function learnsByHeart({ model, rng, assert }: Subject): void {
  const [examples, time, steps, right] = [8, 3, 300, Math.log(2)];
  const sequences = Array.from({ length: examples }, (_, i) => [
    i % vocabularySize,
    Math.floor(i / vocabularySize),
    ...tokenList(rng, time - 2), // all different
  ]);
  const tokens = tf.tensor2d(sequences, [examples, time], 'int32');
  const labels = tf.tensor1d(
    Array.from({ length: examples }, () => rng.integer(2)),
    'int32',
  );
  const oneHot = tf.cast(tf.oneHot(labels, vocabularySize), 'float32');
  const optimizer = tf.train.adam(0.01);
  const variables = Object.entries(initialParameters(model, rng)).map(([name, value]) => ({
    name,
    variable: tf.variable(value),
  }));
  const parameters = Object.fromEntries(variables.map(({ name, variable }) => [name, variable]));
  /** Cross-entropy of every example: [examples] */
  const losses = (list: Parameters) => {
    const last = tf.squeeze(tf.slice(model.forward(list, tokens), [0, time - 1, 0], [-1, 1, -1]), [1]);
    return tf.neg(tf.sum(tf.mul(tf.logSoftmax(last), oneHot), 1));
  };
  let worst = Infinity;
  for (let step = 0; step < steps && worst > right; step++) {
    tf.tidy(() => {
      let each: tf.Tensor | undefined;
      const { grads } = gradients(model, parameters, (list) => tf.mean((each = tf.keep(losses(list)))));
      worst = Math.max(...each!.dataSync());
      each!.dispose();
      optimizer.applyGradients(variables.map(({ name, variable }) => ({ name: variable.name, tensor: grads[name]! })));
    });
  }
  tf.dispose(parameters);
  optimizer.dispose();
  assert(worst <= right, `after ${steps} steps an example still has the loss ${worst}`);
}

function isCausal({ model, rng, assert }: Subject): void {
  const parameters = movedParameters(model, rng);
  const time = 9;
  const original = tokenList(rng, time);
  const logits = (tokens: number[]) => model.forward(parameters, tf.tensor2d([tokens], [1, time], 'int32')).dataSync();
  for (const changed of [1, 5, 8]) {
    const other = original.map((token, t) => (t < changed ? token : (token + 1) % vocabularySize));
    const [a, b] = [logits(original), logits(other)];
    const until = changed * vocabularySize;
    assert(difference(a.subarray(0, until), b.subarray(0, until)) < 1e-6, `a change at ${changed} is felt before it`);
    assert(difference(a.subarray(until), b.subarray(until)) > 0, `a change at ${changed} is never felt`);
  }
}

/** Weights [batch, layers, heads, queries, keys]: a share of one whole for every query, and nothing of the future if causal. */
function attentionIsTrue({ model, meta, rng, assert }: Subject): void {
  const { causal } = meta.capabilities;
  const time = 9;
  const weights = model.attention!(movedParameters(model, rng), randomTokens(rng, 2, time));
  const [batch, , , ...extents] = weights.shape;
  assert(batch === 2 && String(extents) === String([time, time]), `weights have the shape [${weights.shape}]`);
  const [sums, least] = [tf.sum(weights, -1).dataSync(), tf.min(weights).dataSync()[0]!];
  assert(least >= 0, `a weight is ${least}`);
  assert(
    sums.every((sum) => Math.abs(sum - 1) < 1e-5),
    'the weights of a query do not sum to one',
  );
  const future = weights.dataSync().filter((_, i) => i % time > Math.floor(i / time) % time);
  assert(!causal || future.every((weight) => weight === 0), 'a query looks at a later token');
}
