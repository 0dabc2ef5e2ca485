import * as tf from '@tensorflow/tfjs-core';
import {
  recentName,
  type ArchitectureMeta,
  type Parameters,
  type SequenceModel,
  type State,
} from '../core/contracts/architecture';
import { zooError } from '../core/errors';
import { createRng } from '../core/random';
import { unitOf, type UnitClass } from '../../registry/units';
import {
  crossEntropy,
  difference,
  gradients,
  initialParameters,
  mapState,
  movedParameters,
  randomTokens,
  sizeOf,
  tokenList,
  vocabularySize,
} from './models';
import { growingAxis, resized } from '../model/generate/cache';
import { positionsAgree } from './chosen-positions';
import { sameGradients } from './same-gradients';
import { settled } from './settled';
import { stepTolerance, type Assert, type Subject } from './subject';
import { tablesAgree } from './table-form';
import { numbersIn, raised, tracedFlops } from './sizes';
import type { ConformanceCheck } from './task-conformance';

interface Sized {
  readonly hyperparameters: object;
  readonly model: SequenceModel;
}

/**
 * What the contract of an architecture promises, as checks for any test runner:
 * `for (const check of architectureConformance(MyModel)) it(check.name, check.run)`.
 * They run on the backend that TensorFlow.js currently has. Models are built small: a hyperparameter class says how
 * with a static field `tiny`.
 */
export function architectureConformance(architectureClass: UnitClass<'architecture'>): ConformanceCheck[] {
  const meta = unitOf(architectureClass)!.meta as ArchitectureMeta;
  const { tiny } = meta.hyperparameters as { readonly tiny?: object };
  const hyperparameters = Object.assign(new meta.hyperparameters(), tiny);

  const check = (name: string, run: (subject: Subject) => void): ConformanceCheck => ({
    name,
    run: () => {
      const assert: Assert = (holds, problem) => {
        if (!holds) throw zooError('nonconforming-architecture', { architecture: meta.id, check: name, problem });
      };
      const model = new architectureClass().build(hyperparameters, vocabularySize);
      tf.tidy(() => run({ model, meta, rng: createRng(`conformance/${name}`), assert }));
    },
  });
  const { causal, state } = meta.capabilities;
  /** The model at two sets of hyperparameters, the second larger in every number. */
  const sizes = [hyperparameters, raised(meta.hyperparameters, hyperparameters)].map((each): Sized => ({
    hyperparameters: each,
    model: new architectureClass().build(each, vocabularySize),
  }));
  return [
    check('declares its parameters as they are: unique names, true sizes, all used', parametersAreTrue),
    check('declares the size of its state and what a token costs as they are', (subject) =>
      sizes.forEach((sized) => sizesAreTrue(subject, sized)),
    ),
    check('gives finite logits of the right shape and leaves no tensor behind', forwardIsClean),
    check('gives the same logits after its parameters were saved and loaded', parametersAreAll),
    check('sends a gradient to every parameter', gradientsReachAll),
    check('says the same and has the same gradients by way of tables, where it has them', tablesAgree),
    check('says the same where only some positions are wanted, and has the same gradients', positionsAgree),
    check('learns eight examples by heart', learnsByHeart),
    check('says what it attends to exactly where declared, in weights that sum to one', attentionIsTrue),
    ...(causal ? [check('never lets a later token change an earlier output', isCausal)] : []),
    ...(state === 'none'
      ? [check('has no recurrent form, as declared', hasNoSteps)]
      : [
          ...[1, 2, 7, 33].map((time) =>
            check(`says the same in one pass and in steps, ${time} tokens`, (subject) => formsAgree(subject, time)),
          ),
          ...(state === 'constant' ? [check('has the same gradients in one pass and in steps', gradientsAgree)] : []),
          check('says the same however the sequence is cut into pieces', piecesAgree),
          check('carries a state of constant shape, batch first, that grows only if declared', stateIsTrue),
        ]),
  ];
}

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

/** Declared formulas against the tensors of the state and the products of the traced graph, at two lengths. */
function sizesAreTrue({ meta, assert }: Subject, { hyperparameters, model }: Sized): void {
  const at = JSON.stringify(hyperparameters);
  for (const time of [3, 16]) {
    const [size, flops] = [meta.capabilities.stateSize?.(hyperparameters, time), model.flops?.(time)];
    if (size !== undefined) {
      const carried = numbersIn(model.initialState?.(1, time) ?? {});
      assert(size === carried, `${at}, ${time} tokens: stateSize says ${size}, and the state holds ${carried} numbers`);
    }
    if (flops !== undefined) {
      const traced = tracedFlops(model, time);
      assert(flops === traced, `${at}, ${time} tokens: flops says ${flops}, and the traced graph does ${traced}`);
    }
  }
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
  const { causal, exposesAttention = false } = meta.capabilities;
  const has = model.attention !== undefined;
  assert(
    has === exposesAttention,
    `capabilities.exposesAttention is ${exposesAttention}, and the model has ${has ? 'an' : 'no'} \`attention\``,
  );
  if (!model.attention) return;
  const time = 9;
  const weights = model.attention(movedParameters(model, rng), randomTokens(rng, 2, time));
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

function hasNoSteps({ model, assert }: Subject): void {
  assert(!model.step && !model.initialState, 'capabilities.state is "none", and there is a recurrent form');
}

/** Forward against repeated step; half-way the state is read out, forgotten, and put back, with what is recent in its place. */
function formsAgree({ model, rng, assert }: Subject, time: number): void {
  const parameters = movedParameters(model, rng);
  const tokens = randomTokens(rng, 2, time);
  let state = model.initialState!(2, time);
  const said = (tf.unstack(tokens, 1) as tf.Tensor1D[]).map((token, position) => {
    if (position === time >> 1) {
      state = mapState(settled(state, position), (tensor) => tf.tensor(tensor.dataSync().slice(), tensor.shape));
    }
    const next = model.step!(parameters, state, token, tf.scalar(position, 'int32'));
    state = next.state;
    return next.logits;
  });
  const largest = difference(model.forward(parameters, tokens).dataSync(), tf.stack(said, 1).dataSync());
  assert(largest < stepTolerance, `the two forms differ by ${largest}`);
}

/** The parallel form against the recurrent one, differentiated through all steps. */
function gradientsAgree({ model, rng, assert }: Subject): void {
  const parameters = movedParameters(model, rng);
  const time = 5;
  const [tokens, targets] = [randomTokens(rng, 2, time), randomTokens(rng, 2, time)];
  const inSteps = (list: Parameters) => {
    let state = model.initialState!(2, time);
    const said = (tf.unstack(tokens, 1) as tf.Tensor1D[]).map((token, position) => {
      const next = model.step!(list, state, token, tf.scalar(position, 'int32'));
      state = next.state;
      return next.logits;
    });
    return tf.stack(said, 1);
  };
  sameGradients({ model, assert }, parameters, targets, (list) => model.forward(list, tokens), inSteps);
}

/** Forward against `extend` over pieces of several lengths, where a model has it. */
function piecesAgree({ model, rng, assert }: Subject): void {
  if (!model.extend) return;
  const parameters = movedParameters(model, rng);
  const pieces = [3, 1, 5, 2];
  const tokens = randomTokens(
    rng,
    2,
    pieces.reduce((sum, piece) => sum + piece),
  );
  let [state, position] = [model.initialState!(2, tokens.shape[1]), 0];
  const said = (tf.split(tokens, pieces, 1) as tf.Tensor2D[]).map((piece) => {
    const next = model.extend!(parameters, state, piece, tf.scalar(position, 'int32'));
    [state, position] = [next.state, position + piece.shape[1]];
    return next.logits;
  });
  const largest = difference(model.forward(parameters, tokens).dataSync(), tf.concat(said, 1).dataSync());
  assert(largest < stepTolerance, `forward and extend differ by ${largest}`);
}

function stateIsTrue({ model, meta, rng, assert }: Subject): void {
  const shapesOf = (state: State) => mapState(state, ({ shape }) => shape as readonly number[]);
  const [short, long] = [4, 8].map((maximumTime) => model.initialState!(3, maximumTime)) as [State, State];
  const growing = Object.keys(long).flatMap((name) => {
    const axis = growingAxis(short[name]!.shape, long[name]!.shape);
    return axis === undefined ? [] : [{ name, axis }];
  });
  const appended = growing.filter(({ name }) => !model.rewritten?.includes(name));
  const kind = growing.length ? 'growing' : 'constant';
  assert(
    kind === meta.capabilities.state,
    `capabilities.state is "${meta.capabilities.state}", and the state is ${kind}`,
  );
  for (const [name, { shape }] of Object.entries(long)) assert(shape[0] === 3, `${name} is not batch first`);

  const parameters = movedParameters(model, rng);
  let state = long;
  for (const position of [0, 1]) {
    state = model.step!(parameters, state, tf.tensor1d([0, 1, 2], 'int32'), tf.scalar(position, 'int32')).state;
    const recent = appended.map(
      ({ name, axis }) => [recentName(name), resized(long[name]!.shape, axis, position + 1)] as const,
    );
    const [found, expected] = [shapesOf(state), { ...shapesOf(long), ...Object.fromEntries(recent) }].map(text);
    assert(found === expected, `after ${position + 1} steps the state is ${found} instead of ${expected}`);
    for (const { name } of appended)
      assert(state[name] === long[name], `a step changes ${name}, which is past and only read`);
  }
}

/** An object as text, whatever the order of its names. */
const text = (object: object) => JSON.stringify(Object.entries(object).sort());
