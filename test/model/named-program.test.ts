import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { TensorSpecification } from '../../src/core/contracts/engine';
import { inMicroBatches, wholeProgram } from '../../src/engine/accumulation';
import { selectEngine } from '../support/engine-choice';
import { NamedProgram, Signature } from '../../src/model/named-program';

beforeAll(() => tf.setBackend('cpu'));

const scalar: TensorSpecification = { shape: [], dtype: 'float32' };
type Anything = Record<string, unknown>;

describe('a signature', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]+$/), { minLength: 1, maxLength: 8 });

  it('puts values into its own order, whatever the order they come in, and names them again', () => {
    fc.assert(
      fc.property(names, (order) => {
        const signature = new Signature<Anything>(Object.fromEntries(order.map((name) => [name, scalar])));
        const named = Object.fromEntries([...order].sort().map((name) => [name, `value of ${name}`]));
        const list = signature.flatten(named);
        expect(list).toEqual(order.map((name) => `value of ${name}`));
        expect(signature.name(list)).toEqual(named);
        expect(signature.name([...list, 'what follows is not its own'])).toEqual(named);
      }),
      { seed: 1 },
    );
  });

  it('passes over what is not taken, and misses what is', () => {
    const signature = new Signature<{ x: unknown; y: unknown; z?: unknown }>({ x: scalar, y: scalar, z: undefined });
    expect(signature.specifications).toHaveLength(2);
    expect(signature.flatten<number>({ z: 3, y: 2, x: 1 })).toEqual([1, 2]);
    expect(() => signature.flatten<number | undefined>({ x: 1, y: undefined })).toThrow('No value for y');
  });
});

describe('a named program', () => {
  interface Inputs {
    readonly scale: tf.Scalar;
    readonly x: tf.Tensor2D;
    readonly shift?: tf.Tensor2D;
  }
  /** scale * sum of x + the sum of shift, and the scale */
  const programOf = (hasShift: boolean) => {
    const matrix: TensorSpecification = { shape: [4, 2], dtype: 'float32' };
    const part = ({ x, shift }: Inputs) => [tf.sum(x), ...(shift ? [tf.sum(shift)] : [])];
    const finish = ({ scale }: Inputs, [sum, shifts]: readonly tf.Tensor[]) => ({
      scale,
      total: shifts ? tf.add(tf.mul(scale, sum!), shifts) : tf.mul(scale, sum!),
    });
    return new NamedProgram({
      inputs: new Signature<Inputs>({ scale: scalar, x: matrix, shift: hasShift ? matrix : undefined }),
      outputs: ['total', 'scale'],
      compute: (inputs) => finish(inputs, part(inputs)),
      accumulation: { batched: ['x', 'shift'], part, finish },
    });
  };
  const given: Inputs = {
    shift: tf.fill([4, 2], 0.5),
    x: tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]),
    scale: tf.scalar(2),
  };

  it.each([
    [true, 76, [1, 2]],
    [false, 72, [1]],
  ])('is one list in, one list out, with an optional input %p', (hasShift, total, batched) => {
    const named = programOf(hasShift);
    const list = named.inputs.flatten<tf.Tensor>(given as Required<Inputs>);
    const programs = [named.program, wholeProgram(named.accumulation!), inMicroBatches(named.accumulation!, 3)];
    for (const program of programs) expect(program(...list).map((value) => value.arraySync())).toEqual([total, 2]);
    expect(named.accumulation!.batched).toEqual(batched);
  });

  it('runs on an engine by name', async () => {
    const engine = await selectEngine('cpu', { threads: 1 });
    const executable = await programOf(false).compile(engine, { label: 'test' });
    const { total, scale } = await executable.run({
      x: engine.upload(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), { shape: [4, 2], dtype: 'float32' }),
      scale: engine.upload(Float32Array.of(3), scalar),
    });
    expect([[...(await engine.read(total))], [...(await engine.read(scale))]]).toEqual([[108], [3]]);
    await executable.dispose();
    await engine.dispose();
  });
});
