import { measureStep, type StepQuestion } from '../../src/bench/step';
import { hasCompiler } from '../support/compiler';

const question: StepQuestion = {
  architecture: 'lstm',
  hyperparameters: { hiddenSize: 8, embeddingWidth: 4 },
  plugins: [],
  engine: 'onnx',
  threads: 1,
  batch: 3,
  tokens: 5,
  vocabulary: 7,
  steps: 4,
};

// embedding, input and hidden weights with one bias, read-out
const parameters = 7 * 4 + (4 + 8 + 1) * 32 + (8 + 1) * 7;

it('measures the model that was asked for, with figures that agree with each other', async () => {
  const measured = await measureStep(question);
  expect(measured).toMatchObject({
    implementation: expect.stringContaining('onnxruntime'),
    parameters,
    stepsTimed: 4,
  });
  expect(measured.tokensPerSecond * measured.millisecondsPerStep).toBeCloseTo(15_000, 3);
  const gigaflopsPerSecond = measured.gigaflopsPerStep / (measured.millisecondsPerStep / 1000);
  expect(measured.shareOfLimit * measured.limitGigaflopsPerSecond).toBeCloseTo(gigaflopsPerSecond, 6);
  expect(measured.nodes).toBeGreaterThan(10);
  expect(measured.traceMilliseconds).toBeGreaterThan(0);
  expect(measured.sessionMilliseconds).toBeGreaterThan(0);
  expect(measured.residentMebibytes).toBeGreaterThan(10);
});

(hasCompiler ? it : it.skip)(
  'measures the native engine as if it had compiled nothing before, and keeps its cache as it was',
  async () => {
    const before = process.env.XDG_CACHE_HOME;
    const native = { ...question, engine: 'native' } as const;
    const [first, again] = [await measureStep(native), await measureStep(native)];
    expect(first).toMatchObject({
      parameters,
      stepsTimed: 4,
      nodes: again.nodes,
      gigaflopsPerStep: again.gigaflopsPerStep,
    });
    expect(first.nodes).toBeGreaterThan(10);
    for (const { traceMilliseconds, sessionMilliseconds } of [first, again]) {
      expect(traceMilliseconds).toBeGreaterThan(0);
      // No compiler starts, reads and writes in less.
      expect(sessionMilliseconds).toBeGreaterThan(5);
    }
    expect(process.env.XDG_CACHE_HOME).toBe(before);
  },
);

it('counts the same work on an engine that compiles nothing', async () => {
  const [compiled, eager] = [await measureStep(question), await measureStep({ ...question, engine: 'cpu' })];
  expect(eager).toMatchObject({
    parameters,
    nodes: null,
    traceMilliseconds: null,
    sessionMilliseconds: null,
  });
  expect(eager.gigaflopsPerStep).toBe(compiled.gigaflopsPerStep);
});

it('counts at least the products of the forward pass three times, less those of the first state', async () => {
  const { gigaflopsPerStep } = await measureStep(question);
  const [batch, time] = [3, 5];
  const forward = 2 * batch * time * (4 * 32 + 8 * 32 + 8 * 7);
  expect(gigaflopsPerStep * 1e9).toBeGreaterThan(2.5 * forward);
  expect(gigaflopsPerStep * 1e9).toBeLessThan(4 * forward);
});
