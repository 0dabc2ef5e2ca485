import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { createRng } from '../../registry/random';
import type { ArchitectureMeta, Parameters, Rng, SequenceModel, State } from '../../registry/contracts';
import { unitOf, type UnitClass } from '../../registry/units';

/** One named property that every architecture has; `run` throws when this one has not. */
export interface ArchitectureCheck {
  readonly name: string;
  run(): void;
}

const vocabularySize = 5;
const tolerance = 1e-4;

/**
 * What the contract of an architecture promises, as checks for any test runner:
 * `for (const check of architectureConformance(MyModel)) it(check.name, check.run)`.
 * They run on the backend that TensorFlow.js currently has. Models are built small: a hyperparameter class says how
 * with a static field `tiny`.
 */
export function architectureConformance(architectureClass: UnitClass<'architecture'>): ArchitectureCheck[] {
  const meta = unitOf(architectureClass)!.meta as ArchitectureMeta;
  const hyperparameters = Object.assign(
    new meta.hyperparameters(),
    (meta.hyperparameters as { readonly tiny?: object }).tiny,
  );
  const model = new architectureClass().build(hyperparameters, vocabularySize);
  const rng = createRng(`conformance of ${meta.id}`);
  const { causal, state } = meta.capabilities;

  const checks: ArchitectureCheck[] = [
    {
      name: 'declares its parameters as they are: unique names, true sizes, all used',
      run: () => {
        const names = model.parameters.map(({ name }) => name);
        assert.equal(new Set(names).size, names.length, 'two parameters share a name');
        for (const { name, shape, initializer } of model.parameters) {
          const values = initializer(rng.split(name), shape);
          assert.ok(values instanceof Float32Array, `${name}: the initializer does not return a Float32Array`);
          assert.equal(values.length, sizeOf(shape), `${name}: the initializer returns another number of values`);
          assert.ok(values.every(Number.isFinite), `${name}: an initial value is not finite`);
        }
        const used = new Set<string>();
        const watched = new Proxy(initialParameters(model, rng), {
          get: (parameters, name: string) => (used.add(name), parameters[name]),
        });
        tf.tidy(() => void model.forward(watched, randomTokens(rng, 2, 3)));
        assert.deepEqual(names.filter((name) => !used.has(name)), [], 'parameters that forward never reads');
        tf.dispose(Object.values(watched) as tf.Tensor[]);
      },
    },
    {
      name: 'leaves no tensor behind and gives finite logits of the right shape',
      run: () =>
        withParameters(model, rng, (parameters) => {
          const tokens = randomTokens(rng, 2, 6);
          const before = tf.memory().numTensors;
          const logits = tf.tidy(() => model.forward(parameters, tokens));
          assert.deepEqual(logits.shape, [2, 6, vocabularySize]);
          assert.ok(logits.dataSync().every(Number.isFinite), 'a logit is not finite');
          logits.dispose();
          assert.equal(tf.memory().numTensors, before, 'tensors remain after forward');
        }),
    },
    {
      name: 'gives the same logits after its parameters were saved and loaded',
      run: () =>
        withParameters(model, rng, (parameters) => {
          const tokens = randomTokens(rng, 2, 5);
          const saved = model.parameters.map(({ name }) => Buffer.from(parameters[name]!.dataSync().slice().buffer));
          const loaded = Object.fromEntries(
            model.parameters.map(({ name, shape }, i) => [name, tf.tensor(floats(saved[i]!), [...shape])]),
          );
          assert.deepEqual(values(() => model.forward(loaded, tokens)), values(() => model.forward(parameters, tokens)));
        }),
    },
    {
      name: 'sends a gradient to every parameter',
      run: () =>
        withParameters(model, rng, (parameters) => {
          const silent = new Set(model.parameters.map(({ name }) => name));
          for (let trial = 0; trial < 3 && silent.size; trial++) {
            const [tokens, targets] = [randomTokens(rng, 4, 7), randomTokens(rng, 4, 7)];
            gradients(model, parameters, tokens, targets).forEach((gradient, i) => {
              assert.ok(gradient.every(Number.isFinite), `the gradient of ${model.parameters[i]!.name} is not finite`);
              if (gradient.some((value) => value !== 0)) silent.delete(model.parameters[i]!.name);
            });
          }
          assert.deepEqual([...silent], [], 'parameters without a gradient');
        }),
    },
    { name: 'learns eight examples by heart', run: () => learnByHeart(model, rng) },
  ];

  if (causal) {
    checks.push({
      name: 'never lets a later token change an earlier output',
      run: () =>
        withParameters(model, rng, (parameters) => {
          const time = 9;
          const original = tokenList(rng, time);
          for (const changed of [1, 5, 8]) {
            const other = original.map((token, t) => (t < changed ? token : (token + 1 + t) % vocabularySize));
            const [a, b] = [original, other].map((tokens) =>
              values(() => model.forward(parameters, tf.tensor2d([tokens], [1, time], 'int32'))));
            const until = changed * vocabularySize;
            assert.ok(difference(a!.subarray(0, until), b!.subarray(0, until)) < 1e-6, `a change at ${changed} is felt before`);
            assert.ok(difference(a!.subarray(until), b!.subarray(until)) > 0, `a change at ${changed} is not felt at all`);
          }
        }),
    });
  }
  if (state === 'none') {
    checks.push({
      name: 'has no recurrent form, as declared',
      run: () => assert.ok(!model.step && !model.initialState, 'capabilities.state is none, and there is a step'),
    });
    return checks;
  }
  for (const time of [1, 2, 7, 33]) {
    checks.push({
      name: `says the same in one pass and in steps, ${time} tokens`,
      run: () => withParameters(model, rng, (parameters) => compareForms(model, parameters, rng, time)),
    });
  }
  checks.push({
    name: 'carries a state of constant shape, batch first, as large as declared',
    run: () =>
      withParameters(model, rng, (parameters) => {
        tf.tidy(() => {
          const [short, long] = [4, 8].map((maximumTime) => shapes(model.initialState!(3, maximumTime)));
          const grows = JSON.stringify(short) !== JSON.stringify(long);
          assert.equal(grows ? 'growing' : 'constant', state, 'capabilities.state is not true');
          for (const [name, shape] of Object.entries(long!)) assert.equal(shape[0], 3, `${name} is not batch first`);
          const token = tf.tensor1d([0, 1, 2], 'int32');
          const next = model.step!(parameters, model.initialState!(3, 8), token, tf.scalar(0, 'int32')).state;
          assert.deepEqual(sorted(shapes(next)), sorted(long!), 'a step changes the shape of the state');
        });
      }),
  });
  return checks;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);
const floats = (bytes: Buffer) => new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const shapes = (state: State) => Object.fromEntries(Object.entries(state).map(([name, { shape }]) => [name, shape]));
const sorted = (object: object) => Object.entries(object).sort();
const values = (make: () => tf.Tensor) => tf.tidy(() => make().dataSync().slice()) as Float32Array;
const difference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((largest, x, i) => Math.max(largest, Math.abs(x - b[i]!)), 0);
const tokenList = (rng: Rng, length: number) => Array.from({ length }, () => rng.integer(vocabularySize));
const randomTokens = (rng: Rng, batch: number, time: number) =>
  tf.tensor2d(tokenList(rng, batch * time), [batch, time], 'int32');

const initialParameters = (model: SequenceModel, rng: Rng): Record<string, tf.Tensor> =>
  Object.fromEntries(
    model.parameters.map(({ name, shape, initializer }) => [name, tf.tensor(initializer(rng.split(name), shape), [...shape])]),
  );

/** Runs with initial parameters, each moved a little: what starts at zero must not hide a mistake. */
function withParameters(model: SequenceModel, rng: Rng, run: (parameters: Parameters) => void): void {
  tf.tidy(() => {
    const noise = rng.split('noise');
    const parameters = Object.entries(initialParameters(model, rng)).map(([name, value]) => {
      const moved = Float32Array.from(value.dataSync(), (x) => x + 0.1 * noise.normal());
      return [name, tf.tensor(moved, value.shape)];
    });
    run(Object.fromEntries(parameters));
  });
}

/** Mean cross-entropy of the targets at every position. */
function crossEntropy(model: SequenceModel, parameters: Parameters, tokens: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  const logits = model.forward(parameters, tokens);
  const oneHot = tf.cast(tf.oneHot(targets, vocabularySize), 'float32');
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), oneHot), -1)));
}

function gradients(model: SequenceModel, parameters: Parameters, tokens: tf.Tensor2D, targets: tf.Tensor2D): Float32Array[] {
  const names = model.parameters.map(({ name }) => name);
  return tf.tidy(() => {
    const loss = (...list: tf.Tensor[]) =>
      crossEntropy(model, Object.fromEntries(names.map((name, i) => [name, list[i]!])), tokens, targets);
    return tf.grads(loss)(names.map((name) => parameters[name]!)).map((gradient) => gradient.dataSync().slice() as Float32Array);
  });
}

/** Forward against repeated step; half-way the state is read out, forgotten, and put back. */
function compareForms(model: SequenceModel, parameters: Parameters, rng: Rng, time: number): void {
  const batch = 2;
  const tokens = randomTokens(rng, batch, time);
  const expected = values(() => model.forward(parameters, tokens));
  const columns = tf.unstack(tokens, 1) as tf.Tensor1D[];
  let state = model.initialState!(batch, time);
  const said: tf.Tensor[] = [];
  columns.forEach((token, position) => {
    if (position === time >> 1) {
      state = Object.fromEntries(
        Object.entries(state).map(([name, tensor]) => [name, tf.tensor(tensor.dataSync().slice(), tensor.shape)]),
      );
    }
    const next = model.step!(parameters, state, token, tf.scalar(position, 'int32'));
    state = next.state;
    said.push(next.logits);
  });
  const actual = tf.stack(said, 1).dataSync() as Float32Array;
  const largest = difference(expected, actual);
  assert.ok(largest < tolerance, `forward and step differ by ${largest}`);
}

/** Random labels of eight random sequences at their last position, fitted with Adam. */
function learnByHeart(model: SequenceModel, rng: Rng): void {
  const [examples, time, steps] = [8, 4, 300];
  const parameters = initialParameters(model, rng);
  const names = Object.keys(parameters);
  const variables = names.map((name) => tf.variable(parameters[name]!));
  const tokens = tf.tensor2d(
    Array.from({ length: examples }, (_, i) => [i % vocabularySize, Math.floor(i / vocabularySize), ...tokenList(rng, time - 2)]),
    [examples, time], 'int32');
  const labels = tf.tensor1d(Array.from({ length: examples }, () => rng.integer(2)), 'int32');
  const optimizer = tf.train.adam(0.01);
  let loss = Infinity;
  for (let step = 0; step < steps && loss > 0.1; step++) {
    loss = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => {
        const logits = model.forward(Object.fromEntries(names.map((name, i) => [name, variables[i]!])), tokens);
        const last = tf.squeeze(tf.slice(logits, [0, time - 1, 0], [-1, 1, -1]), [1]);
        const oneHot = tf.cast(tf.oneHot(labels, vocabularySize), 'float32');
        return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(last), oneHot), -1))) as tf.Scalar;
      }, variables);
      optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
      return value.dataSync()[0]!;
    });
  }
  tf.dispose([...variables, ...Object.values(parameters), tokens, labels]);
  optimizer.dispose();
  assert.ok(loss <= 0.1, `after ${steps} steps the loss is still ${loss}`);
}
