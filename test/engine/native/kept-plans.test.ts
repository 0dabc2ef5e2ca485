import * as tf from '@tensorflow/tfjs-core';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Graph } from '../../../src/engine/ir/graph';
import type { Machine } from '../../../src/engine/native/compile/machine';
import { compileGraph, planKey } from '../../../src/engine/native/kept-plans';
import { Planner } from '../../../src/engine/native/plan/planner';
import { stages, type PlanOptions } from '../../../src/engine/native/plan/plan';
import { whole, type Cut, type NativeProgram } from '../../../src/engine/native/program';
import { graphOf } from '../support/graphs';
import { describeNative, openMachine } from '../support/native';

const options = { inputStages: [stages.run], addOutputs: false };

it('have another key where graph, vectors, options, cut or code are others', () => {
  const graph = (add = 1, size = 4) => graphOf((x) => [tf.add(x!, add)], [size]);
  const machine = { lanes: 8, panelColumns: 16 };
  const cut: Cut = { slices: 2, threads: 1, inputStrides: [4], outputStrides: [0] };
  const key = (given: Partial<PlanOptions> = {}, of = graph(), how = whole, code = 'code') =>
    planKey(of, { ...options, machine, ...given }, how, code);
  const keys = [
    key(),
    key({}, graph(2)),
    key({}, graph(1, 5)),
    key({ inputStages: [stages.slice] }),
    key({ addOutputs: true }),
    key({ machine: { ...machine, lanes: 16 } }),
    key({ machine: { ...machine, panelColumns: 32 } }),
    key({}, graph(), cut),
    key({}, graph(), { ...cut, threads: 2 }),
    key({}, graph(), { ...cut, inputStrides: [8] }),
    key({}, graph(), { ...cut, outputStrides: [4] }),
    key({}, graph(), whole, 'other code'),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(key()).toBe(keys[0]);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(planKey(graph(), { ...options, machine }, whole)).not.toBe(keys[0]);
});

describeNative('plans', () => {
  const before = { ...process.env };
  let base: string;
  let machine: Machine;
  const plan = jest.spyOn(Planner.prototype, 'plan');
  /** As other processes have it, with nothing compiled yet. */
  let others: Machine[];
  beforeAll(async () => {
    machine = await openMachine();
    others = await Promise.all([openMachine(), openMachine()]);
  });
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'plans-'));
    process.env.XDG_CACHE_HOME = base;
    plan.mockClear();
  });
  afterEach(() => {
    process.env = { ...before };
    rmSync(base, { recursive: true, force: true });
  });
  afterAll(() => plan.mockRestore());

  const folder = () => join(base, 'chomsky-zoo');
  const plans = () =>
    readdirSync(folder())
      .filter((name) => name.endsWith('.plan'))
      .map((name) => join(folder(), name));
  /** All that a run needs: products, loops, calls, constants, what is computed once, and several outputs. */
  const example = () =>
    graphOf(
      (x) => {
        const weights = tf.exp(tf.div(tf.reshape(tf.range(0, 20), [4, 5]), 10));
        const product = tf.matMul(x!, weights);
        return [tf.softmax(product), tf.cumsum(tf.sum(x!, 0)), tf.greater(tf.sum(product), 1), tf.tensor1d([5, 6])];
      },
      [3, 4],
    );
  const numbers = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i));
  const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;
  const results = (program: NativeProgram) => {
    const written = program.outputs.map(
      ({ shape, dtype }) => new arrays[dtype as keyof typeof arrays](shape.reduce((size, extent) => size * extent, 1)),
    );
    program.run([numbers], written);
    return written;
  };
  const compile = async (graph: Graph = example()) => (await compileGraph(graph, machine, options)).program;

  it('are made once, and the second time taken from the disk with all that they say', async () => {
    const first = await compile();
    expect(plan).toHaveBeenCalledTimes(1);
    expect(plans()).toHaveLength(1);
    const second = await compile();
    expect(plan).toHaveBeenCalledTimes(1);
    expect([second.inputs, second.outputs]).toEqual([first.inputs, first.outputs]);
    expect(second.outputs.map(({ dtype }) => dtype)).toEqual(['float32', 'float32', 'bool', 'float32']);
    expect(results(second)).toEqual(results(first));
    expect(results(second)).toEqual(results(first)); // what is computed once is still there
    expect([...results(first)[3]!]).toEqual([5, 6]);
  });

  it('say where their kernels are, so that the list of all kernels is not needed', async () => {
    const [earlier, later] = others;
    const { program: first } = await compileGraph(example(), earlier!, options);
    rmSync(join(folder(), 'kernels.txt'));
    const { program: second } = await compileGraph(example(), later!, options);
    expect(second.libraries).toEqual(first.libraries);
    expect(second.libraries.length).toBeGreaterThan(0);
    expect(existsSync(join(folder(), 'kernels.txt'))).toBe(false); // nothing was compiled
    expect(results(second)).toEqual(results(first));
  });

  it('of another program are made for it', async () => {
    const adding = (constant: number) => graphOf((x) => [tf.add(x!, tf.tensor1d([constant, 0]))], [2]);
    const sums = [];
    for (const constant of [1, 2, 1]) {
      const sum = new Float32Array(2);
      (await compile(adding(constant))).run([Float32Array.of(1, 1)], [sum]);
      sums.push([...sum]);
    }
    expect(sums).toEqual([
      [2, 1],
      [3, 1],
      [2, 1],
    ]);
    expect(plan).toHaveBeenCalledTimes(2);
  });

  it.each<[string, (file: string) => void]>([
    ['empty', (file) => truncateSync(file)],
    ['cut short', (file) => truncateSync(file, readFileSync(file).length >> 1)],
    [
      'changed in one bit',
      (file) => {
        const content = readFileSync(file);
        content[content.length - 70]! ^= 1;
        writeFileSync(file, content);
      },
    ],
    ['gone', (file) => rmSync(file)],
    ['a folder', (file) => (rmSync(file), mkdirSync(file))],
  ])('that are %s are made anew', async (_, damage) => {
    const wanted = results(await compile());
    plans().forEach(damage);
    expect(results(await compile())).toEqual(wanted);
    expect(plan).toHaveBeenCalledTimes(2);
  });

  it('with large constants are not kept', async () => {
    const large = Float32Array.from({ length: 2 ** 20 + 1 }, (_, i) => i);
    const graph = () => graphOf((x) => [tf.add(x!, tf.tensor1d(large))], [large.length]);
    for (let time = 1; time <= 2; time++) {
      const sum = new Float32Array(large.length);
      (await compile(graph())).run([large], [sum]);
      expect(sum.at(-1)).toBe(2 * large.at(-1)!);
      expect(plan).toHaveBeenCalledTimes(time);
    }
    expect(plans()).toEqual([]);
  });

  it('that cannot be written are no error, and leave nothing', async () => {
    const wanted = results(await compile());
    rmSync(base, { recursive: true });
    writeFileSync(base, ''); // no folder can be made there
    expect(results(await compile())).toEqual(wanted);
    expect(existsSync(folder())).toBe(false);
    const own = process.env.CHOMSKY_ZOO_PRIVATE_CACHE!;
    expect(readdirSync(own).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(results(await compile())).toEqual(wanted); // kept for this run
    expect(plan).toHaveBeenCalledTimes(2);
  });

  it('of programs without code or memory are not kept: they are errors each time', async () => {
    const outer = () => graphOf((x) => [tf.sum(tf.matMul(x!, tf.transpose(x!)))], [40_000, 1]);
    const { nodes, ...rest } = graphOf((x) => [tf.exp(x!)], [2]);
    const unknown: Graph = { ...rest, nodes: nodes.map((node) => Object.assign(node, { operator: 'Unheard' })) };
    for (let time = 0; time < 2; time++) {
      await expect(compile(outer())).rejects.toMatchObject({ code: 'native-memory' });
      await expect(compile(unknown)).rejects.toMatchObject({ code: 'missing-native' });
    }
    expect(plans()).toEqual([]);
  });

  it('are a thousand at most, those that were used last', async () => {
    await compile();
    const [used] = plans();
    for (let i = 0; i < 1000; i++) writeFileSync(join(folder(), `${i}.plan`), '');
    writeFileSync(join(folder(), '0.kernels.so'), '');
    await compile(); // takes it from the disk
    await compile(graphOf((x) => [tf.exp(x!)], [2]));
    expect(plans()).toHaveLength(1002 - 100);
    expect(plans()).toContain(used);
    expect(existsSync(join(folder(), '0.kernels.so'))).toBe(true);
  });
});
