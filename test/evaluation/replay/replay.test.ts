import type { Engine } from '../../../src/core/contracts/engine';
import { createRng } from '../../../src/core/random';
import type { Answer } from '../../../src/data/format';
import { ModelPredictor } from '../../../src/evaluation/model-predictor';
import { replayBundleOf } from '../../../src/evaluation/replay/bundle-of';
import { replay } from '../../../src/evaluation/replay/replay';
import type { TrainedCell } from '../../../src/evaluation/trained-cell';
import { CompiledModel } from '../../../src/model/generate/compiled-model';
import { selectEngine } from '../../support/engine-choice';
import { untrainedCell } from '../../support/trained-cell';

let engine: Engine;
beforeAll(async () => (engine = await selectEngine('onnx', { threads: 1 })));
afterAll(() => engine.dispose());

const name = { row: 'row', column: 'column', key: 'key' };

/** What the engine answers, as a replay says it. */
async function answersOf(cell: TrainedCell, inputs: readonly number[][]) {
  const { model, layout, parameters, format, task } = cell;
  const predictor = new ModelPredictor(new CompiledModel(engine, model, layout, parameters, 'test'), format);
  const answers: Answer[] = [];
  for (const length of new Set(inputs.map((input) => input.length)))
    answers.push(...(await predictor.predict(inputs.filter((input) => input.length === length))));
  await predictor.dispose();
  const { output, trace } = task.alphabets;
  return answers.map((given) => ({
    answer: given.answer.map((id) => output[id] ?? '?'),
    trace: given.trace?.map((id) => trace![id] ?? '?'),
    isUnfinished: given.isUnfinished ?? false,
  }));
}

it.each<[row: string, column: string, count?: number]>([
  ['lstm', 'reversal'],
  ['transformer', 'reversal'],
  ['transformer-encoder', 'reversal', 20],
  ['stack-rnn', 'reversal'],
  ['tape-rnn', 'reversal', 20],
  ['mamba', 'cycle-navigation'],
  ['rwkv-7', 'reversal', 20],
  ['xlstm', 'reversal', 20],
  ['feedback-transformer', 'parity', 20],
  ['cot-transformer', 'parity'],
  ['cot-lstm', 'parity', 20],
  ['filler-transformer', 'parity', 20],
])('%s x %s: what it answers is what the engine answers', async (row, column, count = 100) => {
  const cell = untrainedCell(row, column);
  const { alphabets } = cell.task;
  const rng = createRng('inputs');
  // Ascending, as they are answered.
  const inputs = Array.from({ length: count }, (_, i) =>
    cell.task.sample(rng.split(i), 1 + Math.floor((10 * i) / count)),
  );
  const asked = replay(JSON.parse(JSON.stringify(replayBundleOf(cell, name))));
  const replayed = inputs.map((input) => asked.answer(input.map((id) => alphabets.input[id]!)));
  const said = replayed.map(({ answer, trace, isUnfinished }) => ({ answer, trace, isUnfinished }));
  expect(said).toEqual(await answersOf(cell, inputs));
  expect(new Set(said.map((each) => JSON.stringify(each))).size).toBeGreaterThan(1);
});

it('has computation steps where the protocol does', async () => {
  const cell = untrainedCell('lstm', 'parity', { computationSteps: 2 });
  const { tokens } = replay(replayBundleOf(cell, name)).answer(['1', '0']);
  expect(tokens.map(({ token }) => token)).toEqual([
    ...['1', '0', '<equals>', ...Array<string>(4).fill('<computation>'), '<slot>'],
  ]);
});

it('shows the state behind each token, and of what grows what the token wrote', () => {
  const state = ({ tokens }: ReturnType<ReturnType<typeof replay>['answer']>) => tokens.map(({ states }) => states);
  const lstm = replay(replayBundleOf(untrainedCell('lstm', 'parity'), name));
  const [first, second] = [state(lstm.answer(['1', '0'])), state(lstm.answer(['1', '1']))];
  expect(first[0]).toEqual(second[0]); // the same so far
  expect(first[1]).not.toEqual(second[1]);
  const transformer = replay(replayBundleOf(untrainedCell('transformer', 'parity'), name));
  const { shape } = transformer.bundle.step!.state[0]!;
  const keys = state(transformer.answer(['1', '1', '0']))[2]!['0.key']!;
  expect(keys).toHaveLength(shape.reduce((size, extent) => size * extent, 1) / shape[2]!);
  expect(keys.some((number) => number !== 0)).toBe(true);
});

it('shows attention whose weights sum to one, of tokens that were there', () => {
  const { attention, tokens } = replay(replayBundleOf(untrainedCell('cot-transformer', 'parity'), name)).answer([
    '1',
    '0',
    '1',
  ]);
  const { layers, heads, weights } = attention()!;
  expect(weights).toHaveLength(layers * heads * tokens.length ** 2);
  for (let row = 0; row < layers * heads * tokens.length; row++) {
    const line = weights.slice(row * tokens.length, (row + 1) * tokens.length);
    expect(line.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    expect(line.slice((row % tokens.length) + 1).every((weight) => weight < 1e-6)).toBe(true); // causal
  }
});

it('brings examples that the row was not trained on, with their right answers', () => {
  const bundle = replayBundleOf(untrainedCell('stack-rnn', 'reversal'), name);
  expect(bundle.examples.length).toBeGreaterThan(3);
  for (const { input, output } of bundle.examples) expect(output).toEqual([...input].reverse());
});

it('is the same for equal cells', () => {
  const [a, b] = [1, 2].map(() => JSON.stringify(replayBundleOf(untrainedCell('stack-rnn', 'reversal'), name)));
  expect(a).toBe(b);
});

it('refuses what it cannot read', () => {
  const bundle = replayBundleOf(untrainedCell('lstm', 'parity'), name);
  const { answer } = replay(bundle);
  expect(() => answer(['1', 'x'])).toThrow('"x" is none of the symbols 0 1');
  expect(() => answer([])).toThrow(`An input has 1 to ${bundle.longest} symbols, and this one has 0`);
  expect(() => replay({ ...bundle, version: 2 as 1 })).toThrow('This is a replay of version 2, not 1');
});
