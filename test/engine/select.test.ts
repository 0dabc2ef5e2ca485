import { automaticEngine, reportEngines, selectEngine } from '../../src/engine/select';

it('takes onnx when left to choose', async () => {
  const engine = await selectEngine('auto', { threads: 2 });
  expect(engine.name).toBe('onnx');
  expect(engine.description).toMatch(/^onnxruntime-node \d+\.\d+\.\d+, 2 threads$/);
  await engine.dispose();
});

it('reports every engine, with version and reason', async () => {
  const reports = await reportEngines();
  expect(reports.map(({ name }) => name)).toEqual(['onnx', 'tensorflow', 'wasm', 'cpu']);
  for (const report of reports) expect(report).toMatchObject({ available: true, version: expect.stringMatching(/^\d/), reason: expect.any(String) });
  expect(automaticEngine(reports)?.name).toBe('onnx');
});

it('falls back on tensorflow in the order it states', () => {
  const report = (name: 'onnx' | 'tensorflow' | 'cpu', available: boolean) => ({ name, available, implementation: '', reason: '' });
  expect(automaticEngine([report('onnx', false), report('tensorflow', true), report('cpu', true)])?.name).toBe('tensorflow');
  expect(automaticEngine([report('onnx', false)])).toBeUndefined();
});

it('says why the tensorflow engine took what it took', async () => {
  const reports = await reportEngines();
  const { implementation, reason } = reports.find(({ name }) => name === 'tensorflow')!;
  const native = implementation.startsWith('@tensorflow/tfjs-node');
  expect(native || /not taken: @tensorflow\/tfjs-node-gpu: /.test(reason)).toBe(true);
});
