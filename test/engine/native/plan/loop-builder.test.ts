import * as tf from '@tensorflow/tfjs-core';
import { standardize } from '../../../../architectures/layers';
import { LoopBuilder } from '../../../../src/engine/native/plan/loop-builder';
import { identity, type Operand } from '../../../../src/engine/native/plan/plan';
import { kindsOf, loads, loopsOf, ofKind, planOf } from '../../support/plans';

const onlyLoop = (plan: ReturnType<typeof planOf>) => {
  expect(kindsOf(plan)).toEqual(['loop']);
  return ofKind(plan, 'loop')[0]!.loop;
};

describe('one loop', () => {
  it('is what reads and computes elements of one shape, up to reshaping', () => {
    const plan = planOf((a, b) => [tf.mul(tf.reshape(tf.add(tf.tanh(a!), b!), [6, 4]), 2), tf.sin(a!)], [2, 3, 4], [4]);
    expect(kindsOf(plan)).toEqual(['loop']);
    expect(loopsOf(plan)[0]!.sort()).toEqual(['Add', 'Mul', 'Sin', 'Tanh']);
  });

  it('writes outputs only, and reads no numbers from memory', () => {
    const plan = planOf((a) => [tf.mul(tf.tanh(a!), 2)], [5]);
    expect(onlyLoop(plan).nodes.map(({ value }) => value.stored?.view.buffer.place)).toEqual([
      undefined,
      { kind: 'output', index: 0 },
    ]);
    expect(loads(plan)).toHaveLength(1);
    expect(plan.constants).toEqual([]);
  });

  it.each<[string, number, Parameters<typeof planOf>[0]]>([
    ['softmax', 2, (x) => [tf.softmax(x!)]],
    ['standardization', 2, (x) => [standardize(x!)]],
    ['a sum', 0, (x) => [tf.sum(tf.square(x!), -1)]],
  ])('passes through rows again for what it reduced: %s', (_name, phases, program) => {
    const plan = planOf(program, [4, 20]);
    const loop = onlyLoop(plan);
    expect(loop.rowSize).toBe(20);
    expect(Math.max(...loop.nodes.map(({ value }) => value.phase))).toBe(phases);
  });
});

describe('loops on their own', () => {
  const number: Operand = { shape: [4, 6], dtype: 'float32', stage: 0, source: { number: 3 } };

  it('take up what uses their values, until they are too large', () => {
    const loops = new LoopBuilder();
    let operand: Operand = number;
    for (let i = 0; i < 100; i++) operand = loops.add(identity, [operand], [4, 6], 'float32');
    const sizes = loops.instructions.map((instruction) =>
      instruction.kind === 'loop' ? instruction.loop.nodes.length : 0,
    );
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(48);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(100);
  });

  it('are told apart by stage, and on demand', () => {
    const loops = new LoopBuilder();
    const first = loops.viewed(loops.add(identity, [number], [4, 6], 'float32'));
    loops.add(identity, [first], [4, 6], 'float32');
    loops.add(identity, [first], [4, 6], 'float32');
    loops.add(identity, [first], [4, 6], 'float32', { apart: true });
    loops.add(identity, [first], [4, 6], 'float32', { stage: 2 });
    expect(loops.instructions.map(({ stage }) => stage)).toEqual([0, 0, 0, 2]);
  });

  it('copy what lies in no strides of the wanted shape', () => {
    const loops = new LoopBuilder();
    const { source, ...rest } = loops.viewed(number);
    const turned = {
      ...rest,
      shape: [6, 4],
      source: { ...source, view: { ...source.view, shape: [6, 4], strides: [1, 6] } },
    };
    expect(loops.reshape(turned, [24])).toMatchObject({ shape: [24], source: { view: { strides: [1] }, position: 0 } });
    expect(loops.instructions).toHaveLength(1);
  });
});
