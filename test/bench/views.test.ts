import type { StepMeasurement, StepQuestion } from '../../src/bench/step';
import { stepLines, taskLines } from '../../src/bench/views';

const question: StepQuestion = {
  architecture: 'lstm',
  hyperparameters: {},
  plugins: [],
  engine: 'onnx',
  threads: 2,
  batch: 128,
  tokens: 40,
  vocabulary: 16,
  steps: 20,
};
const measurement: StepMeasurement = {
  implementation: 'onnxruntime-node 1.30.0, 2 threads',
  parameters: 1000,
  stepsTimed: 20,
  millisecondsPerStep: 8,
  tokensPerSecond: 640_000,
  gigaflopsPerStep: 0.4,
  limitGigaflopsPerSecond: 100,
  shareOfLimit: 0.5,
  nodes: 321,
  traceMilliseconds: 12.3,
  sessionMilliseconds: 45.6,
  residentMebibytes: 200.4,
};

it('has a line for each measurement and explains them', () => {
  const [head, line, , sizes, limit] = stepLines([{ question, answer: { type: 'measured', measurement } }]);
  expect(head!.split(/ {2,}/)).toEqual([
    'architecture',
    'engine',
    'ms/step',
    'tokens/s',
    '% of limit',
    'nodes',
    'trace ms',
    'session ms',
    'MiB',
  ]);
  expect(line!.split(/ +/)).toEqual(['lstm', 'onnx', '8.00', '640000', '50.0', '321', '12', '46', '200']);
  expect(sizes).toContain('128 sequences of 40 tokens, vocabulary 16; native and onnx on 2 threads');
  expect(limit).toContain('100 GFLOP/s');
});

it('leaves out what an engine does not have', () => {
  const eager = { ...measurement, nodes: null, traceMilliseconds: null, sessionMilliseconds: null };
  const [, line] = stepLines([
    { question: { ...question, engine: 'cpu' }, answer: { type: 'measured', measurement: eager } },
  ]);
  expect(line!.split(/ +/)).toEqual(['lstm', 'cpu', '8.00', '640000', '50.0', '200']);
});

it('says what failed', () => {
  const error = { code: 'missing-kernel', message: 'no such kernel' };
  expect(stepLines([{ question, answer: { type: 'failed', error } }])).toEqual(['lstm on onnx: no such kernel']);
});

it('lists the slowest task first', () => {
  const rows = [0.1, 0.3, 0.2].map((millisecondsPerBatch, i) => ({
    task: `task-${i}`,
    length: 38,
    tokens: 40,
    millisecondsPerBatch,
  }));
  const [, ...lines] = taskLines(rows, 128, 40);
  expect(lines.slice(0, 3).map((line) => line.split(' ')[0])).toEqual(['task-1', 'task-2', 'task-0']);
  expect(lines.at(-1)).toContain('128 sequences of at most 40 tokens');
});
