import type { Engine, Executable, Handle, Program, TensorSpecification } from '../../../src/core/contracts/engine';
import { specificationOf } from '../../../src/engine/handles';
import { Interpreter } from '../../../src/engine/interpreter/interpreter';
import type { Graph } from '../../../src/engine/ir/graph';
import { optimise, type Pass } from '../../../src/engine/passes/pipeline';
import { capture } from '../../../src/engine/trace/capture';
import type { HostData } from './engines';

class InterpreterHandle implements Handle {
  readonly engine = 'interpreter';
  constructor(
    readonly data: HostData,
    readonly shape: readonly number[],
    readonly dtype: TensorSpecification['dtype'],
  ) {}
}

/** The interpreter as an engine, so that what engines are tested with tests it too. */
export class InterpreterEngine implements Engine {
  readonly name = 'interpreter';
  readonly description = 'interpreter';
  readonly productThreads = 1;
  /** Operators of all graphs that it was given. */
  readonly operators = new Set<string>();

  /** Programs are rewritten by these passes first. */
  constructor(private readonly passes: readonly Pass[] = []) {}

  async compile(program: Program, signature: readonly TensorSpecification[], { label }: { label: string }) {
    const graph: Graph = optimise(this.passes, capture(program, signature, label, this.name));
    for (const { operator } of graph.nodes) this.operators.add(operator);
    const interpreter = new Interpreter(graph);
    const outputs = graph.outputs.map(specificationOf);
    return {
      inputs: graph.inputs.map(specificationOf),
      outputs,
      run: async (inputs: readonly Handle[]) => {
        const results = interpreter.run(inputs.map((handle) => (handle as InterpreterHandle).data));
        return outputs.map(({ shape, dtype }, i) => new InterpreterHandle(results[i] as HostData, shape, dtype));
      },
      dispose: async () => undefined,
    } satisfies Executable;
  }
  upload(data: HostData, { shape, dtype }: TensorSpecification): Handle {
    return new InterpreterHandle(data, shape, dtype);
  }
  read = async (handle: Handle): Promise<HostData> => (handle as InterpreterHandle).data;
  release = (): void => undefined;
  dispose = async (): Promise<void> => undefined;
}
