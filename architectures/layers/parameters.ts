import type { Tensor } from '@tensorflow/tfjs-core';
import type { Initializer, Parameters, ParameterSpecification } from '../../registry';

/** Looks a declared parameter up among all parameters of a model. */
export type Parameter = (parameters: Parameters) => Tensor;

/** A map applied to every token alone: [batch, width] or [batch, time, width] -> the same with another last extent. */
export type Layer = (parameters: Parameters, x: Tensor) => Tensor;

/** A number that may depend on how many tokens there are to look at. */
type PerTime = number | ((time: number) => number);
const at = (amount: PerTime, time: number): number => (typeof amount === 'number' ? amount : amount(time));

/** What the layers of a model declared. */
interface Declared {
  readonly parameters: ParameterSpecification[];
  /** Multiplications per token, of every matrix product. */
  readonly products: ((time: number) => number)[];
}

/**
 * Collects the parameters of a model under dotted names such as `layers.0.attention.output.weight`, and what its matrix
 * products cost. Layers declare what they need in the scope they are given and never know where in the model they stand.
 */
export class ParameterScope {
  private constructor(
    private readonly prefix: string,
    private readonly declared: Declared,
    /** How often per token whatever is declared here is used. */
    private readonly uses: PerTime = 1,
  ) {}

  static root(): ParameterScope {
    return new ParameterScope('', { parameters: [], products: [] });
  }
  /** Every parameter declared so far, in the order of declaration. */
  get specifications(): readonly ParameterSpecification[] {
    return this.declared.parameters;
  }
  /** Floating-point operations per token: a multiplication and an addition each, of all products declared so far. */
  readonly flops = (time: number): number =>
    2 * this.declared.products.reduce((sum, product) => sum + product(time), 0);

  child(name: string | number): ParameterScope {
    return new ParameterScope(`${this.prefix}${name}.`, this.declared, this.uses);
  }
  /** The same scope for what is used so many times per token instead of once. */
  repeated(times: PerTime): ParameterScope {
    return new ParameterScope(this.prefix, this.declared, (time) => at(this.uses, time) * at(times, time));
  }
  declare(
    name: string,
    shape: readonly number[],
    initializer: Initializer,
    options: Pick<ParameterSpecification, 'weightDecay'> = {},
  ): Parameter {
    const full = this.prefix + name;
    this.declared.parameters.push({ name: full, shape, initializer, ...options });
    return (parameters) => parameters[full]!;
  }
  /** Declares the cost of matrix products: rows x inner x columns of each, per token. */
  multiplies(perToken: PerTime): void {
    this.declared.products.push((time) => at(this.uses, time) * at(perToken, time));
  }
}
