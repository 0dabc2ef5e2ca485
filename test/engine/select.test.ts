import { automaticEngine, compiledEngines, reportEngines, selectEngine } from '../../src/engine/select';
import { fastest, hasCompiler } from '../support/compiler';

it('takes native when left to choose, and onnx where there is no C compiler', async () => {
  const engine = await selectEngine('auto', { threads: 2 });
  expect(engine.name).toBe(fastest);
  expect(engine.description).toMatch(/\d+\.\d+.*, 2 threads$/);
  await engine.dispose();
});

it('takes the engine that is named', async () => {
  const engine = await selectEngine('onnx', { threads: 2 });
  expect(engine.description).toMatch(/^onnxruntime-node \d+\.\d+\.\d+, 2 threads$/);
  await engine.dispose();
});

it('reports every engine, with version and reason', async () => {
  const reports = await reportEngines();
  expect(reports.map(({ name }) => name)).toEqual(['native', 'onnx', 'tensorflow', 'wasm', 'cpu']);
  for (const report of reports.slice(1))
    expect(report).toMatchObject({
      available: true,
      version: expect.stringMatching(/^\d/),
      reason: expect.any(String),
    });
  expect(automaticEngine(reports)?.name).toBe(fastest);
});

(hasCompiler ? it : it.skip)('names compiler, version and flags of the native engine', async () => {
  const [native] = await reportEngines();
  expect(native).toMatchObject({
    available: true,
    implementation: 'C compiler',
    version: expect.stringMatching(/\d+\.\d+/),
    reason: expect.stringMatching(/^\S+ -m(arch|cpu)=native compiles .* kept in .*chomsky-zoo$/),
  });
});

it('falls back in the order it states', () => {
  const report = (name: 'native' | 'onnx' | 'tensorflow' | 'cpu', available: boolean) => ({
    name,
    available,
    implementation: '',
    reason: '',
  });
  expect(automaticEngine([report('onnx', true), report('native', true)])?.name).toBe('native');
  expect(automaticEngine([report('native', false), report('onnx', true)])?.name).toBe('onnx');
  expect(automaticEngine([report('onnx', false), report('tensorflow', true), report('cpu', true)])?.name).toBe(
    'tensorflow',
  );
  expect(automaticEngine([report('onnx', false)])).toBeUndefined();
});

it('opens the engines that compile', async () => {
  const engines = await compiledEngines({ threads: 1 });
  expect(engines.map(({ name }) => name)).toEqual([...(hasCompiler ? ['native'] : []), 'onnx']);
  for (const engine of engines) await engine.dispose();
});

it('says why the tensorflow engine took what it took', async () => {
  const reports = await reportEngines();
  const { implementation, reason } = reports.find(({ name }) => name === 'tensorflow')!;
  const native = implementation.startsWith('@tensorflow/tfjs-node');
  expect(native || /not taken: @tensorflow\/tfjs-node-gpu: /.test(reason)).toBe(true);
});
