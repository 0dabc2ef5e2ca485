import type { Tensor } from '@tensorflow/tfjs-core';
import type {
  CompileOptions,
  Engine,
  Executable,
  Handle,
  Program,
  Accumulation,
  TensorSpecification,
} from '../core/contracts/engine';

/** The names of `Tensors`, each with a value of another type; what may be absent still may. */
export type Named<Tensors, Value> = { readonly [Name in keyof Tensors]: Value };

/** Which tensors a program takes: the one place that puts their names into the order of an engine's list, and back. */
export class Signature<Tensors extends object> {
  readonly names: readonly (keyof Tensors & string)[];
  readonly specifications: readonly TensorSpecification[];

  /** What is undefined is not taken. */
  constructor(named: Named<Tensors, TensorSpecification | undefined>) {
    const taken = Object.entries<TensorSpecification | undefined>(named).filter(([, value]) => value !== undefined);
    this.names = taken.map(([name]) => name as keyof Tensors & string);
    this.specifications = taken.map(([, value]) => value!);
  }

  /** Values by name -> the engine's list. @throws TypeError where a name that is taken has no value */
  flatten<Value>(named: Named<Tensors, Value>): NonNullable<Value>[] {
    return this.names.map((name) => {
      const value = named[name];
      if (value === undefined || value === null) throw new TypeError(`No value for ${name}`);
      return value;
    });
  }
  /** The engine's list, of which only the first values may be of this signature -> values by name. */
  name<Value>(list: readonly Value[]): Named<Tensors, Value> {
    return Object.fromEntries(this.names.map((name, at) => [name, list[at]])) as Named<Tensors, Value>;
  }
}

/** An `Accumulation` on named tensors. */
export interface NamedAccumulation<Inputs extends object, Outputs extends object> {
  /** Inputs whose first dimension is the batch, where they are taken. */
  readonly batched: readonly (keyof Inputs & string)[];
  readonly part: (inputs: Inputs) => Tensor[];
  readonly finish: (inputs: Inputs, sums: readonly Tensor[]) => Outputs;
}

interface Definition<Inputs extends object, Outputs extends object> {
  readonly inputs: Signature<Inputs>;
  readonly outputs: readonly (keyof Outputs & string)[];
  readonly compute: (inputs: Inputs) => Outputs;
  /** The same as an accumulation over the batch, where an engine may cut that into micro-batches. */
  readonly accumulation?: NamedAccumulation<Inputs, Outputs>;
  /** See `CompileOptions`. */
  readonly origin?: string;
}

/** A program whose inputs and outputs have names; an engine has them as lists. */
export class NamedProgram<Inputs extends object, Outputs extends object> {
  readonly inputs: Signature<Inputs>;
  readonly compute: (inputs: Inputs) => Outputs;
  /** The same on lists. */
  readonly program: Program;
  readonly signature: readonly TensorSpecification[];
  readonly accumulation: Accumulation | undefined;
  private readonly origin: string | undefined;
  private readonly outputs: readonly (keyof Outputs & string)[];

  constructor({ inputs, outputs, compute, accumulation, origin }: Definition<Inputs, Outputs>) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.compute = compute;
    this.origin = origin;
    this.signature = inputs.specifications;
    this.program = (...list) => this.list(compute(this.tensors(list)));
    this.accumulation = accumulation && {
      batched: accumulation.batched.flatMap((name) => {
        const at = inputs.names.indexOf(name);
        return at < 0 ? [] : at;
      }),
      part: (...list) => accumulation.part(this.tensors(list)),
      finish: (...list) => this.list(accumulation.finish(this.tensors(list), list.slice(inputs.names.length))),
    };
  }

  async compile(engine: Engine, options: Pick<CompileOptions, 'label'>): Promise<NamedExecutable<Inputs, Outputs>> {
    const { program, signature, accumulation, origin } = this;
    const executable = await engine.compile(program, signature, { ...options, accumulation, origin });
    return new NamedExecutable(executable, this.inputs, this.outputs);
  }

  private tensors(list: readonly Tensor[]): Inputs {
    return this.inputs.name(list) as unknown as Inputs;
  }
  private list(outputs: Outputs): Tensor[] {
    return this.outputs.map((name) => outputs[name] as Tensor);
  }
}

/** A compiled `NamedProgram`. */
export class NamedExecutable<Inputs extends object, Outputs extends object> {
  constructor(
    private readonly executable: Executable,
    private readonly inputs: Signature<Inputs>,
    private readonly outputs: readonly (keyof Outputs & string)[],
  ) {}

  /** Inputs are borrowed; outputs belong to the caller, who releases them. */
  async run(inputs: Named<Inputs, Handle>): Promise<Named<Outputs, Handle>> {
    const results = await this.executable.run(this.inputs.flatten(inputs));
    return Object.fromEntries(this.outputs.map((name, at) => [name, results[at]])) as Named<Outputs, Handle>;
  }
  dispose(): Promise<void> {
    return this.executable.dispose();
  }
}
