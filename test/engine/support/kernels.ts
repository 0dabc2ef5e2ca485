import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { Engine, Program } from '../../../src/core/contracts/engine';
import { OnnxEngine } from '../../../src/engine/onnx/engine';
import { selectEngine } from '../../support/engine-choice';
import type { LoweringTable } from '../../../src/engine/trace/backend';
import { evaluate, expectClose, type HostTensor } from './engines';
import { InterpreterEngine } from './interpreter-engine';
import { describeNative, openNative } from './native';

/** One call of a TensorFlow.js kernel; some take a list of inputs, most take named ones. */
export interface KernelCall {
  readonly inputs: readonly HostTensor[] | Readonly<Record<string, HostTensor>>;
  readonly attributes?: object;
}

export interface KernelCase {
  readonly calls: fc.Arbitrary<KernelCall>;
  /** Relative to the larger of 1 and the right number; default 2e-6, which is 16 roundings. */
  readonly tolerance?: number;
  /** Brings results to a form in which two right answers are equal. */
  readonly compare?: (results: readonly HostTensor[]) => readonly HostTensor[];
}

function callProgram(kernel: string, { inputs, attributes }: KernelCall): Program {
  const names = Object.keys(inputs);
  return (...tensors) => {
    const named = Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));
    const given = Array.isArray(inputs) ? tensors : named;
    const results = tf.engine().runKernel(kernel, given as tf.NamedTensorMap, { ...attributes });
    return Array.isArray(results) ? results : [results];
  };
}

/** The results of each call. All are made in one program, since compiling one takes longer than running it. */
async function evaluateTogether(engine: Engine, kernel: string, calls: readonly KernelCall[]): Promise<HostTensor[][]> {
  let counts: number[] = [];
  const program: Program = (...tensors) => {
    const rest = [...tensors];
    const results = calls.map((call) => callProgram(kernel, call)(...rest.splice(0, Object.keys(call.inputs).length)));
    counts = results.map(({ length }) => length);
    return results.flat();
  };
  const results = await evaluate(
    engine,
    program,
    calls.flatMap(({ inputs }) => Object.values(inputs)),
    kernel,
  );
  return counts.map((count) => results.splice(0, count));
}

/** Tests every lowering of a table against TensorFlow.js `cpu` on random calls; fails for a lowering without a case. */
export function testLowerings(table: LoweringTable, cases: Readonly<Record<string, KernelCase>>): void {
  let onnx: Engine;
  let cpu: Engine;
  beforeAll(async () => {
    onnx = new OnnxEngine(1);
    cpu = await selectEngine('cpu', { threads: 1 });
  });
  afterAll(() => onnx.dispose());

  const expectSameCalls = async (
    engine: Engine,
    kernel: string,
    sample: readonly KernelCall[],
    compare: NonNullable<KernelCase['compare']>,
    tolerance: number,
  ) => {
    const actual = await evaluateTogether(engine, kernel, sample);
    for (const [i, call] of sample.entries()) {
      const expected = await evaluate(cpu, callProgram(kernel, call), Object.values(call.inputs), kernel);
      expectClose(compare(actual[i]!), compare(expected), tolerance, 1, fc.stringify(call));
    }
  };

  it('has a case for every lowering', () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(table).sort());
  });

  it.each(Object.keys(cases))('%s', async (kernel) => {
    const { calls, tolerance = 2e-6, compare = (results) => results } = cases[kernel]!;
    await expectSameCalls(onnx, kernel, fc.sample(calls, { numRuns: 25, seed: 1 }), compare, tolerance);
  });

  describe('by the interpreter', () => {
    const interpreter = new InterpreterEngine();

    it.each(Object.keys(cases))('%s', async (kernel) => {
      const { calls, tolerance = 2e-6, compare = (results) => results } = cases[kernel]!;
      await expectSameCalls(interpreter, kernel, fc.sample(calls, { numRuns: 25, seed: 3 }), compare, tolerance);
    });
  });

  describeNative('on the native engine', () => {
    let native: Engine;
    beforeAll(async () => (native = await openNative()));

    it.each(Object.keys(cases))('%s', async (kernel) => {
      const { calls, tolerance = 2e-6, compare = (results) => results } = cases[kernel]!;
      await expectSameCalls(native, kernel, fc.sample(calls, { numRuns: 12, seed: 2 }), compare, tolerance);
    });
  });
}
