import * as tf from '@tensorflow/tfjs-core';
import { growthOf, initialShapes, memoryOf, tracedStep } from '../../src/model/traced-state';
import { builtIn } from '../support/experiment';
import { ConcatenatingAttention, RewritingAttention } from '../support/architectures/plain-attention';

const registry = builtIn();
registry.register([ConcatenatingAttention, RewritingAttention], { origin: 'test' });

function modelOf(id: string) {
  const unit = registry.resolve('architecture', id);
  return new unit.unitClass().build(registry.hyperparameters(unit, {}, { place: id }), 7);
}

it.each([
  ['transformer-encoder', 'none'],
  ['lstm', 'constant'],
  ['mamba', 'constant'], // its window holds a few tokens, however many there are
  ['transformer', 'growing'],
  ['ndstack-rnn', 'growing'],
] as const)('sees that the memory of %s is %s', (id, memory) => expect(memoryOf(modelOf(id))).toBe(memory));

it.each([
  ['lstm', '0.hidden', undefined],
  ['transformer', '0.key', 'appended'],
  ['ndstack-rnn', 'runs', 'rewritten'],
  ['ndstack-rnn', 'hidden', undefined],
  ['concatenating', 'key', 'concatenated'],
  ['rewriting', 'value', 'rewritten'],
] as const)('sees how a step of %s leaves %s: %s', (id, name, growth) => {
  const model = modelOf(id);
  const all = growthOf(model, tracedStep(model, 1, 1), 1);
  expect(Object.keys(all)).toContain(name);
  expect(all[name]).toBe(growth);
});

it('tells the shapes of a state without making it', () => {
  const before = tf.memory().numTensors;
  expect(initialShapes(modelOf('concatenating'), 3, 1e4)).toEqual({ key: [3, 1e4, 6], value: [3, 1e4, 6] });
  expect(tf.memory().numTensors).toBe(before);
});
