import type { Tensor } from '@tensorflow/tfjs-core';
import type { Initializer, Parameters, ParameterSpecification } from '../../registry';

/** Looks a declared parameter up among all parameters of a model. */
export type Parameter = (parameters: Parameters) => Tensor;

/** A map applied to every token alone: [batch, width] or [batch, time, width] -> the same with another last extent. */
export type Layer = (parameters: Parameters, x: Tensor) => Tensor;

/**
 * Collects the parameters of a model under dotted names such as `layers.0.attention.output.weight`. Layers declare what
 * they need in the scope they are given and never know where in the model they stand.
 */
export class ParameterScope {
  private constructor(
    private readonly prefix: string,
    private readonly declared: ParameterSpecification[],
  ) {}

  static root(): ParameterScope {
    return new ParameterScope('', []);
  }
  /** Every parameter declared so far, in the order of declaration. */
  get specifications(): readonly ParameterSpecification[] {
    return this.declared;
  }
  child(name: string | number): ParameterScope {
    return new ParameterScope(`${this.prefix}${name}.`, this.declared);
  }
  declare(
    name: string,
    shape: readonly number[],
    initializer: Initializer,
    options: Pick<ParameterSpecification, 'weightDecay'> = {},
  ): Parameter {
    const full = this.prefix + name;
    this.declared.push({ name: full, shape, initializer, ...options });
    return (parameters) => parameters[full]!;
  }
}
