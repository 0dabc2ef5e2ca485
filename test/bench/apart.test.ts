import { measureApart } from '../../src/bench/apart';
import type { StepQuestion } from '../../src/bench/step';

const question: StepQuestion = {
  architecture: 'lstm',
  hyperparameters: { hiddenSize: 4, embeddingWidth: 4 },
  plugins: [],
  engine: 'onnx',
  threads: 1,
  batch: 2,
  tokens: 3,
  vocabulary: 5,
  steps: 3,
};

it('brings figures back from another process', async () => {
  expect(await measureApart(question)).toMatchObject({ type: 'measured', measurement: { stepsTimed: 3 } });
});

it('brings errors back with their code', async () => {
  const answer = await measureApart({ ...question, hyperparameters: { hiddenSize: 0 } });
  expect(answer).toMatchObject({
    type: 'failed',
    error: { code: 'invalid-value', message: expect.stringContaining('hiddenSize') },
  });
});
