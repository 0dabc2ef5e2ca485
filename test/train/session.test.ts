import * as tf from '@tensorflow/tfjs-core';
import { Transformer, TransformerHyperparameters } from '../../architectures/transformer';
import type { Engine } from '../../src/core/contracts/engine';
import type { SequenceModel } from '../../src/core/contracts/architecture';
import { createRng } from '../../src/core/random';
import type { Batch } from '../../src/data/batch';
import { selectEngine } from '../support/engine-choice';
import { ParameterLayout } from '../../src/model/parameters';
import { TrainingSession, type SessionSettings, type StepData } from '../../src/train/session';
import { initialState, type Weights } from '../../src/train/training-state';
import { bigram, shortProtocol } from './support/run';

let engine: Engine;
beforeAll(async () => (engine = await selectEngine('cpu', { threads: 1 })));
afterAll(() => engine.dispose());

const [rows, time, vocabulary] = [4, 6, 5];
const rng = createRng('session');
const draw = () => Int32Array.from({ length: rows * time }, () => rng.integer(vocabulary));
const batch: Batch = {
  rows,
  time,
  tokens: draw(),
  targets: draw(),
  scored: Array.from({ length: rows }, (_, row) => ({ first: 2, count: row === 0 ? 1 : 2 })),
};
const data: StepData = { step: 1, bucket: { lengths: [], tokens: time }, batch, rng };

const settingsOf = (model: SequenceModel): SessionSettings => ({
  engine,
  model,
  layout: new ParameterLayout(model.parameters),
  protocol: shortProtocol(),
  label: 'test',
});

/** The weights after some steps, and the losses on the way. */
async function after(settings: SessionSettings, steps: readonly StepData[]) {
  const session = new TrainingSession(settings);
  const losses: number[] = [];
  let weights = session.upload(initialState(settings.layout, createRng('initial')).weights);
  for (const step of steps) {
    const taken = await session.step(weights, step);
    weights = taken.weights;
    losses.push(taken.loss);
  }
  const read = await session.read(weights);
  session.release(weights);
  await session.dispose();
  return { losses, weights: read };
}

const repeated = (count: number): StepData[] => Array.from({ length: count }, (_, i) => ({ ...data, step: i + 1 }));

describe('a training session', () => {
  test('learns a batch, and leaves nothing behind', async () => {
    const settings = settingsOf(bigram(vocabulary));
    const protocol = Object.assign(shortProtocol({ steps: 40 }), {});
    Object.assign(protocol.optimiser, { learningRate: 0.1 });
    const before = tf.memory().numTensors;
    const { losses } = await after({ ...settings, protocol }, repeated(40));
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('takes the same step from weights that were read and uploaded again', async () => {
    const settings = settingsOf(bigram(vocabulary));
    const whole = await after(settings, repeated(2));
    const one = await after(settings, repeated(1));
    const session = new TrainingSession(settings);
    const { weights, loss } = await session.step(session.upload(one.weights), { ...data, step: 2 });
    expect(loss).toBe(whole.losses[1]);
    expect(await session.read(weights)).toEqual(whole.weights);
    session.release(weights);
    await session.dispose();
  });

  test('computes the same where it looks at scored positions alone', async () => {
    const hyperparameters = Object.assign(new TransformerHyperparameters(), { layers: 1, width: 8, heads: 2 });
    const settings = settingsOf(new Transformer().build(hyperparameters, vocabulary));
    const everywhere = await after(settings, [data]);
    const chosen = await after(settings, [{ ...data, bucket: { lengths: [], tokens: time, scored: 2 } }]);
    expect(chosen.losses[0]).toBeCloseTo(everywhere.losses[0]!, 5);
    // The gradient of a step is in its moments.
    for (const name of ['firstMoment', 'secondMoment'] satisfies (keyof Weights)[]) {
      chosen.weights[name].forEach((value, i) => expect(value).toBeCloseTo(everywhere.weights[name][i]!, 5));
    }
  });

  test('compiles what it is told to ahead, once', async () => {
    const compile = jest.spyOn(engine, 'compile');
    const session = new TrainingSession(settingsOf(bigram(vocabulary)));
    await session.prepare([data.bucket, { lengths: [], tokens: time + 1 }]);
    expect(compile).toHaveBeenCalledTimes(2);
    const { weights } = await session.step(
      session.upload(initialState(new ParameterLayout(bigram(vocabulary).parameters), createRng('initial')).weights),
      data,
    );
    expect(compile).toHaveBeenCalledTimes(2);
    session.release(weights);
    await session.dispose();
    compile.mockRestore();
  });

  test('hands noise to models that ask for it, from the stream that it is given', async () => {
    const model: SequenceModel = {
      ...bigram(vocabulary),
      noise: (length) => length,
      forward: ({ table }, tokens, noise) =>
        tf.mul(tf.gather(table!, tokens), tf.reshape(noise!, [1, -1, 1])) as tf.Tensor3D,
    };
    const lossWith = async (stream: string) =>
      (await after(settingsOf(model), [{ ...data, rng: createRng(stream) }])).losses[0];
    expect(await lossWith('one')).toBe(await lossWith('one'));
    expect(await lossWith('one')).not.toBe(await lossWith('another'));
  });
});
