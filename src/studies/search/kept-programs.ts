import type { Engine, Executable } from '../../core/contracts/engine';
import type { CellSpecification } from '../../core/contracts/record';

/**
 * Compiled programs of trials that have them in common: rates are inputs of a program, and a trial that pauses goes on with what
 * was compiled for it. A program is a function of its inputs alone, so that nobody notices.
 */
export class KeptPrograms {
  private readonly executables = new Map<string, Promise<Executable>>();

  constructor(private readonly engine: Engine) {}

  /** The engine, as trials of this specification see it. */
  for({ architecture, protocol }: Pick<CellSpecification, 'architecture' | 'protocol'>): Engine {
    const { learningRate: _, warmUpShare: __, finalShare: ___, ...constants } = protocol.optimiser;
    const model = JSON.stringify([architecture, constants, protocol.computationSteps]);
    const compile: Engine['compile'] = async (program, signature, options) => {
      const name = JSON.stringify([model, options.label, signature]);
      const made = this.executables.get(name) ?? this.engine.compile(program, signature, options);
      this.executables.set(name, made);
      const executable = await forget(made, () => this.executables.delete(name));
      const { inputs, outputs } = executable;
      return { inputs, outputs, run: (given) => executable.run(given), dispose: async () => undefined };
    };
    return new Proxy(this.engine, { get: (engine, key) => (key === 'compile' ? compile : boundTo(engine, key)) });
  }

  async dispose(): Promise<void> {
    for (const executable of this.executables.values()) await (await executable).dispose();
    this.executables.clear();
  }
}

/** What failed is compiled again by whoever asks next. */
async function forget<T>(made: Promise<T>, failed: () => void): Promise<T> {
  return made.catch((error: unknown) => {
    failed();
    throw error;
  });
}

function boundTo(engine: Engine, key: string | symbol): unknown {
  const value: unknown = Reflect.get(engine, key);
  return typeof value === 'function' ? (value.bind(engine) as unknown) : value;
}
