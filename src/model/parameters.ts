import * as tf from '@tensorflow/tfjs-core';
import type { Parameters, ParameterSpecification } from '../core/contracts/architecture';
import type { Rng } from '../core/contracts/random';
import type { NamedArray } from '../core/contracts/study';

const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

/**
 * All parameters of a model as one vector. The optimiser then updates one tensor instead of dozens, a checkpoint is
 * three vectors, and a training step moves three handles.
 */
export class ParameterLayout {
  readonly sizes: readonly number[];
  readonly count: number;

  constructor(readonly specifications: readonly ParameterSpecification[]) {
    this.sizes = specifications.map(({ shape }) => sizeOf(shape));
    this.count = this.sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Initial values, every parameter from its own stream. */
  initialise(rng: Rng): Float32Array {
    const flat = new Float32Array(this.count);
    let offset = 0;
    this.specifications.forEach(({ name, shape, initializer }, i) => {
      flat.set(initializer(rng.split(name), shape), offset);
      offset += this.sizes[i]!;
    });
    return flat;
  }
  /** 1 where decoupled weight decay applies, else 0. */
  decayMask(): Float32Array {
    const mask = new Float32Array(this.count);
    let offset = 0;
    this.specifications.forEach(({ shape, weightDecay }, i) => {
      if (weightDecay ?? shape.length >= 2) mask.fill(1, offset, offset + this.sizes[i]!);
      offset += this.sizes[i]!;
    });
    return mask;
  }
  /** flat [count] -> numbers by name, each with an array of its own */
  arrays(flat: Float32Array): NamedArray[] {
    let offset = 0;
    return this.specifications.map(({ name, shape }, i) => {
      const values = flat.slice(offset, (offset += this.sizes[i]!));
      return { name, shape, values };
    });
  }
  /** The inverse: undefined where names or shapes are not those of this layout. */
  flat(arrays: readonly NamedArray[]): Float32Array | undefined {
    const known = new Map(arrays.map((array) => [array.name, array]));
    const parts = this.specifications.map(({ name, shape }) => {
      const array = known.get(name);
      return array?.shape.join() === shape.join() ? array.values : undefined;
    });
    if (known.size !== parts.length || parts.includes(undefined)) return undefined;
    const flat = new Float32Array(this.count);
    let offset = 0;
    for (const part of parts) {
      flat.set(part!, offset);
      offset += part!.length;
    }
    return flat;
  }
  /** flat [count] -> one tensor per parameter, in the order of the specifications */
  pieces(flat: tf.Tensor1D): tf.Tensor[] {
    const parts = this.sizes.length === 1 ? [flat] : tf.split(flat, [...this.sizes]);
    return parts.map((part, i) => tf.reshape(part, [...this.specifications[i]!.shape]));
  }
  named(pieces: readonly tf.Tensor[]): Parameters {
    return Object.fromEntries(this.specifications.map(({ name }, i) => [name, pieces[i]!]));
  }
  /** flat [count] -> parameters by name */
  unflatten(flat: tf.Tensor1D): Parameters {
    return this.named(this.pieces(flat));
  }
  /** one tensor per parameter -> flat [count] */
  flatten(pieces: readonly tf.Tensor[]): tf.Tensor1D {
    return tf.concat1d(pieces.map((piece) => tf.reshape(piece, [-1]) as tf.Tensor1D));
  }
}
