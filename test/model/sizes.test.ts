import * as tf from '@tensorflow/tfjs-core';
import { architecture, type Unit, unitOf } from '../../registry/units';
import { parameterCount, sizeOf, sizesOf, usualSetting } from '../../src/model/sizes';
import { memoryOf } from '../../src/model/traced-state';
import { ConcatenatingAttention, RewritingAttention } from '../support/architectures/plain-attention';
import { builtIn } from '../support/experiment';

const registry = builtIn();
const rows = registry.architectures();
const { vocabularySize: V, time: T } = usualSetting;

/** Sizes as a textbook counts them: [parameters, multiplications per token], at the defaults. */
const [E, H, W] = [32, 64, 64]; // embedding, hidden and block width
const embedded = V * E;
const readOut = H * V;
/** Two blocks with heads of 16: projections, feed-forward of 4 W, and the tokens they look at. */
const [blocks, headWidth] = [2, 16];
const attention = 4 * W * W;
const widening = 8 * W * W;
const attentionBiases = 4 * W;
const wideningBiases = 5 * W;
const norms = blocks * 4 * W + 2 * W; // two norms per block and a last one, gain and bias each
const textbook: Record<string, readonly [parameters: number, multiplications: number]> = {
  rnn: [embedded + H * (E + H + 1) + readOut + V, embedded + H * (E + H) + readOut],
  gru: [embedded + 3 * H * (E + H + 2) + readOut + V, embedded + 3 * H * (E + H) + readOut],
  lstm: [embedded + 4 * H * (E + H + 1) + readOut + V, embedded + 4 * H * (E + H) + readOut],
  'transformer-none': [
    V * W + blocks * (attention + widening + attentionBiases + wideningBiases) + norms + W * V + V,
    V * W + blocks * (attention + widening + 2 * W * T) + W * V,
  ],
  'linear-transformer': [
    V * W + blocks * (attention + widening + attentionBiases + wideningBiases) + norms + W * V + V,
    V * W + blocks * (attention + widening + W * headWidth) + W * V,
  ],
  'universal-transformer': [
    V * W + (attention + widening + attentionBiases + wideningBiases) + 6 * W + 64 * W + W * V + V,
    V * W + 4 * (attention + widening + 2 * W * T) + W * V, // one block, four times
  ],
};

/** Rows that look at the whole sequence at once, and rows that remember every token. */
const withoutState = /^transformer-encoder|^universal-transformer-long$/;
const growing = /^(?!linear|recurrent|block|.*encoder|.*-long$).*transformer|^ndstack-rnn$/;

it.each(Object.entries(textbook))('counts %s as a textbook does', (id, [parameters, multiplications]) => {
  const unit = registry.resolve('architecture', id);
  const sizes = sizesOf(unit, registry.hyperparameters(unit, {}, { place: id }));
  expect(sizes).toMatchObject({ parameters, flops: 2 * multiplications });
});

it.each(rows.map((unit) => [unit.id, unit] as const))(
  'knows parameters, state and cost of %s, and makes no tensor for it',
  (id, unit) => {
    const before = tf.memory().numTensors;
    const { parameters, state, flops } = sizesOf(unit, registry.hyperparameters(unit, {}, { place: id }));
    for (const size of [parameters, state, flops]) expect(Number.isSafeInteger(size)).toBe(true);
    expect(state! > 0).toBe(!withoutState.test(id));
    expect(tf.memory().numTensors).toBe(before);
  },
);

it.each(rows.map((unit) => [unit.id, unit] as const))('sees whether the state of %s grows', (id, unit) => {
  const hyperparameters = registry.hyperparameters(unit, {}, { place: id });
  const [short, long] = [10, 30].map((time) => sizesOf(unit, hyperparameters, { ...usualSetting, time }).state!);
  expect(long! > short!).toBe(growing.test(id));
  expect(memoryOf(new unit.unitClass().build(hyperparameters, V))).toBe(
    withoutState.test(id) ? 'none' : growing.test(id) ? 'growing' : 'constant',
  );
});

it('counts what parameters hold', () => {
  const initializer = () => new Float32Array();
  expect(
    parameterCount({
      parameters: [
        { name: 'a', shape: [2, 3], initializer },
        { name: 'b', shape: [], initializer },
      ],
    }),
  ).toBe(7);
});

it('counts the products of the whole by token where there is no step', () => {
  const lstm = registry.resolve('architecture', 'lstm');
  const hyperparameters = registry.hyperparameters(lstm, {}, { place: 'lstm' });
  class Whole extends lstm.unitClass {
    override build = (...given: Parameters<InstanceType<typeof lstm.unitClass>['build']>) => {
      const { parameters, forward } = new lstm.unitClass().build(...given);
      return { parameters, forward };
    };
  }
  const unit = { ...lstm, unitClass: architecture({ ...lstm.meta, id: 'whole' })(Whole), make: undefined };
  expect(sizesOf(unit, hyperparameters)).toEqual({ ...sizesOf(lstm, hyperparameters), state: 0 });
});

it('asks for one size alone as for all of them', () => {
  for (const unit of rows) {
    const hyperparameters = registry.hyperparameters(unit, {}, { place: unit.id });
    const { parameters, state, flops } = sizesOf(unit, hyperparameters);
    const one = (['parameters', 'state', 'flops'] as const).map((quantity) => sizeOf(quantity, unit, hyperparameters));
    expect([unit.id, ...one]).toEqual([unit.id, parameters, state, flops]);
  }
});

it.each([ConcatenatingAttention, RewritingAttention])('counts steps of %p that bring their own token alike', (row) => {
  const [width, tokens] = [6, 5];
  const { state, flops } = sizesOf(
    unitOf(row)! as Unit<'architecture'>,
    { width },
    { vocabularySize: 3, time: tokens },
  );
  expect(state).toBe(2 * tokens * width);
  expect(flops).toBe(2 * (3 * width + 3 * width ** 2 + 2 * tokens * width + width * 3));
});
