import type { Engine, Executable } from '../../../src/core/contracts/engine';
import { Protocol } from '../../../src/core/protocol';
import { KeptPrograms } from '../../../src/studies/search/kept-programs';
import { selectEngine } from '../../support/engine-choice';

const vector = [{ shape: [2], dtype: 'float32' as const }];
const label = { label: 'test' };
let engine: Engine;
let made: Executable[];
let disposed: number;
beforeEach(async () => {
  engine = await selectEngine('cpu', { threads: 1 });
  [made, disposed] = [[], 0];
  const compile = engine.compile.bind(engine);
  engine.compile = async (...given) => {
    const executable = await compile(...given);
    const dispose = executable.dispose.bind(executable);
    made.push(Object.assign(executable, { dispose: () => (disposed++, dispose()) }));
    return executable;
  };
});
afterEach(() => engine.dispose());

const specification = (optimiser: Partial<Protocol['optimiser']> = {}, layers = 1) => ({
  architecture: { id: 'lstm', version: 1, hyperparameters: { layers } },
  protocol: Object.assign(new Protocol(), { optimiser: { ...new Protocol().optimiser, ...optimiser } }),
});

it('compiles what trials have in common once: rates are no part of a program, other constants and models are', async () => {
  const programs = new KeptPrograms(engine);
  const compile = async (...given: Parameters<typeof specification>) =>
    programs.for(specification(...given)).compile((x) => [x!], vector, label);
  await (await compile({ learningRate: 0.1 })).dispose();
  const again = await compile({ learningRate: 0.2 });
  expect(made).toHaveLength(1);
  const given = engine.upload(Float32Array.of(1, 2), vector[0]!);
  const [out] = await again.run([given]);
  expect([...(await engine.read(out!))]).toEqual([1, 2]);
  await compile({ beta1: 0.5 });
  await compile({}, 2);
  await programs.for(specification()).compile((x) => [x!], [{ shape: [3], dtype: 'float32' }], label);
  expect(made).toHaveLength(4);
  expect(disposed).toBe(0);
  await programs.dispose();
  expect(disposed).toBe(4);
});

it('compiles again what failed', async () => {
  const programs = new KeptPrograms(engine);
  const own = programs.for(specification());
  const failing = Object.assign(engine, {
    compile: jest
      .fn()
      .mockRejectedValueOnce(new Error('no'))
      .mockResolvedValue({ dispose: async () => undefined }),
  });
  await expect(own.compile((x) => [x!], vector, label)).rejects.toThrow('no');
  await expect(own.compile((x) => [x!], vector, label)).resolves.toBeDefined();
  expect(failing.compile).toHaveBeenCalledTimes(2);
});
