import type { EngineReport } from '../../src/core/contracts/engine';
import { builtInEngines } from '../support/engine-choice';
import { fastest, hasCompiler } from '../support/compiler';

const engines = builtInEngines();

it('takes native when left to choose, and onnx where there is no C compiler', async () => {
  const engine = await engines.open('auto', { threads: 2 });
  expect(engine.name).toBe(fastest);
  expect(engine.description).toMatch(/\d+\.\d+.*, 2 threads$/);
  await engine.dispose();
});

it('takes the engine that is named', async () => {
  const engine = await engines.open('onnx', { threads: 2 });
  expect(engine.description).toMatch(/^onnxruntime-node \d+\.\d+\.\d+, 2 threads$/);
  await engine.dispose();
});

it('reports every engine, with version and reason', async () => {
  const reports = await engines.reports();
  expect(reports.map(({ name }) => name)).toEqual(['native', 'onnx', 'tensorflow', 'cpu', 'wasm']);
  for (const report of reports.slice(1))
    expect(report).toMatchObject({
      available: true,
      version: expect.stringMatching(/^\d/),
      reason: expect.any(String),
    });
  expect(engines.taken(reports)?.name).toBe(fastest);
});

(hasCompiler ? it : it.skip)('names compiler, version and flags of the native engine', async () => {
  const [native] = await engines.reports();
  expect(native).toMatchObject({
    available: true,
    implementation: 'C compiler',
    version: expect.stringMatching(/\d+\.\d+/),
    reason: expect.stringMatching(/^\S+ -m(arch|cpu)=native compiles .* kept in .*chomsky-zoo$/),
  });
});

it('falls back in the order it states', () => {
  const report = (name: string, available: boolean): EngineReport => ({
    name,
    available,
    implementation: '',
    reason: '',
  });
  expect(engines.taken([report('onnx', true), report('native', true)])?.name).toBe('native');
  expect(engines.taken([report('native', false), report('onnx', true)])?.name).toBe('onnx');
  expect(engines.taken([report('onnx', false), report('tensorflow', true), report('cpu', true)])?.name).toBe(
    'tensorflow',
  );
  expect(engines.taken([report('onnx', false)])).toBeUndefined();
});

it('opens the engines that compile', async () => {
  const opened = await engines.compiled({ threads: 1 });
  expect(opened.map(({ name }) => name)).toEqual([...(hasCompiler ? ['native'] : []), 'onnx']);
  for (const engine of opened) await engine.dispose();
});

it('says why the tensorflow engine took what it took', async () => {
  const reports = await engines.reports();
  const { implementation, reason } = reports.find(({ name }) => name === 'tensorflow')!;
  const native = implementation.startsWith('@tensorflow/tfjs-node');
  expect(native || /not taken: @tensorflow\/tfjs-node-gpu.*: .*Node.js up to 21/.test(reason)).toBe(true);
});

it('names the nearest engine where there is none of that name', async () => {
  await expect(engines.open('natvie', { threads: 1 })).rejects.toThrow(
    /no engine called "natvie" \(--engine\)[^]*Did you mean native/,
  );
});
