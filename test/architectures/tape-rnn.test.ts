import * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from '../../src/core/contracts/architecture';
import { createRng } from '../../src/core/random';
import { DirectFormat } from '../../src/data/format';
import { initialParameters, mapState, movedParameters, randomTokens } from '../../src/testing/models';
import { StackHyperparameters, StackRnn } from '../../architectures/stack-rnn';
import { StackLstm } from '../../architectures/stack-lstm';
import { TapeHyperparameters, TapeRnn } from '../../architectures/tape-rnn';
import { DuplicateString } from '../../tasks/duplicate-string';

beforeAll(() => tf.setBackend('cpu'));

const task = new DuplicateString();
const format = new DirectFormat(task);
const { vocabulary } = format;

/** What the units of the controller written below say; what is two units is the sum of its halves, -1, 0 or 1. */
const units = [
  'a-',
  'a+',
  'b-',
  'b+',
  'isMarkOfA',
  'isMarkOfB',
  'isEquals',
  'isInput',
  'isSecond',
  'secondOfA',
] as const;
type Unit = (typeof units)[number];
const hiddenSize = units.length;
const at = (name: Unit) => units.indexOf(name);

/** A matrix with these entries, zero elsewhere. */
function matrix(rows: number, columns: number, entries: readonly (readonly [number, number, number])[]): tf.Tensor {
  const values = new Float32Array(rows * columns);
  for (const [row, column, value] of entries) values[row * columns + column] = value;
  return tf.tensor2d(values, [rows, columns]);
}
const vector = (size: number, entries: readonly (readonly [number, number])[]): tf.Tensor =>
  tf.reshape(
    matrix(
      1,
      size,
      entries.map(([column, value]) => [0, column, value]),
    ),
    [size],
  );

/**
 * A controller that duplicates strings with two tapes of (symbol, mark). Both take the string down; at <equals> both mark its
 * end and jump back to its start. Tape A waits there while B is read to its mark, then A is read.
 */
function duplicating(): { hyperparameters: TapeHyperparameters; parameters: Parameters } {
  const hyperparameters = Object.assign(new TapeHyperparameters(), {
    ...{ embeddingWidth: vocabulary.size, hiddenSize, tapes: 2, tapeWidth: 2, memory: { training: 26 } },
  });
  const [gain, sure] = [10, 30];
  const [zero, one] = vocabulary.input as [number, number];
  const equals = vocabulary.special('<equals>');
  const halves = [at('a-'), at('a+'), at('b-'), at('b+')];
  const [symbolA, markA, symbolB, markB] = [0, 1, 2, 3]; // what is read
  const parameters = {
    'embedding.weight': tf.eye(vocabulary.size),
    'controller.input.weight': matrix(vocabulary.size, hiddenSize, [
      ...halves.flatMap((half) => [[zero, half, -gain] as const, [one, half, gain] as const]),
      ...[at('isMarkOfA'), at('isMarkOfB'), at('isEquals')].map((unit) => [equals, unit, 2 * gain] as const),
      ...[zero, one].map((token) => [token, at('isInput'), 2 * gain] as const),
    ]),
    'controller.input.bias': vector(hiddenSize, [
      ...[at('a-'), at('b-')].map((half) => [half, -gain / 2] as const),
      ...[at('a+'), at('b+')].map((half) => [half, gain / 2] as const),
      ...(['isMarkOfA', 'isMarkOfB', 'isEquals', 'isInput', 'isSecond'] as const).map(
        (name) => [at(name), -gain] as const,
      ),
      [at('secondOfA'), -2.5 * gain],
    ]),
    'fromMemory.weight': matrix(4, hiddenSize, [
      ...[at('a-'), at('a+')].map((half) => [symbolA, half, gain] as const),
      ...[at('b-'), at('b+')].map((half) => [symbolB, half, gain] as const),
      [markA, at('isMarkOfA'), 2 * gain],
      [markB, at('isMarkOfB'), 2 * gain],
      [markB, at('isSecond'), 2 * gain],
      [markB, at('secondOfA'), 2 * gain],
      [symbolA, at('secondOfA'), gain],
    ]),
    'controller.hidden.weight': matrix(hiddenSize, hiddenSize, []),
    // Actions of A, then of B: stay, right, left, jump to the right, jump to the left.
    'tape.action.weight': matrix(hiddenSize, 10, [
      [at('isInput'), 1, sure],
      [at('isSecond'), 1, sure],
      [at('isEquals'), 4, 2 * sure],
      [at('isSecond'), 5, 2 * sure],
      [at('isEquals'), 9, 3 * sure],
    ]),
    'tape.action.bias': vector(10, [[1, sure], ...[2, 3, 7, 8].map((action) => [action, -3 * sure] as const)]),
    // Symbols are written by their positive and their negative part, marks by (1 + unit) / 2.
    'tape.value.0.weight': matrix(hiddenSize, 64, [
      ...[at('a-'), at('a+')].flatMap((half) => [[half, 0, 0.5] as const, [half, 1, -0.5] as const]),
      ...[at('b-'), at('b+')].flatMap((half) => [[half, 2, 0.5] as const, [half, 3, -0.5] as const]),
      [at('isMarkOfA'), 4, 0.5],
      [at('isMarkOfB'), 5, 0.5],
    ]),
    'tape.value.0.bias': vector(64, [
      [4, 0.5],
      [5, 0.5],
    ]),
    'tape.value.1.weight': matrix(
      64,
      64,
      [0, 1, 2, 3, 4, 5].map((unit) => [unit, unit, 1] as const),
    ),
    'tape.value.1.bias': vector(64, []),
    'tape.value.2.weight': matrix(64, 4, [
      [0, symbolA, 1],
      [1, symbolA, -1],
      [2, symbolB, 1],
      [3, symbolB, -1],
      [4, markA, 1],
      [5, markB, 1],
    ]),
    'tape.value.2.bias': vector(4, []),
    'readout.weight': matrix(hiddenSize, vocabulary.size, [
      ...[at('b-'), at('b+'), at('secondOfA')].flatMap((unit) => [[unit, one, 1] as const, [unit, zero, -1] as const]),
    ]),
    'readout.bias': vector(vocabulary.size, [
      [zero, 9],
      [one, 9],
    ]),
  };
  return { hyperparameters, parameters };
}

/** Shares of right symbols of strings of this length, written by the controller above on tapes of so many cells. */
function rightSymbols(length: number, cells: number): number {
  const { hyperparameters, parameters } = duplicating();
  const model = new TapeRnn().build(hyperparameters, vocabulary.size).externalMemory!.withCells(cells);
  const inputs = Array.from({ length: 2 }, (_, i) => task.sample(createRng(i), length));
  const predicted = tf.tidy(() => {
    const tokens = tf.tensor2d(
      inputs.map((input) => format.prompt(input)),
      undefined,
      'int32',
    );
    return tf.argMax(model.forward(parameters, tokens), -1).arraySync() as number[][];
  });
  const right = inputs.flatMap((input, row) => {
    const { answer } = format.decode(input, predicted[row]!);
    return task.solve(input).map((id, i): number => (id === answer[i] ? 1 : 0));
  });
  return right.reduce((sum, one) => sum + one, 0) / right.length;
}

it.each([
  [26, 25],
  [256, 255],
])('a tape of %i cells, parameters unchanged, copies strings of up to %i symbols', (cells, longest) => {
  for (const length of [1, 2, longest]) expect([length, rightSymbols(length, cells)]).toEqual([length, 1]);
  expect(rightSymbols(longest + 1, cells)).toBeLessThan(1);
});

describe.each([
  ['tape-rnn', new TapeRnn(), new TapeHyperparameters(), TapeHyperparameters.tiny],
  ['stack-rnn', new StackRnn(), new StackHyperparameters(), StackHyperparameters.tiny],
  ['stack-lstm', new StackLstm(), new StackHyperparameters(), StackHyperparameters.tiny],
] as const)('%s with a memory of another size', (_, architecture, defaults, tiny) => {
  const model = architecture.build(Object.assign(defaults, tiny) as never, 5);
  const larger = model.externalMemory!.withCells(19);

  it('has the same parameters', () => {
    const shapes = (list: typeof model.parameters) => list.map(({ name, shape }) => [name, ...shape]);
    expect(shapes(larger.parameters)).toEqual(shapes(model.parameters));
  });

  it('says the same where the smaller one has room, and something else where it has not', () => {
    const parameters = mapState(movedParameters(model, createRng('memory')), (value) => tf.mul(value, 2));
    const tokens = randomTokens(createRng('tokens'), 3, 40);
    const logits = (which: typeof model, time: number) =>
      which.forward(parameters, tf.slice(tokens, [0, 0], [-1, time])).dataSync();
    const apart = (time: number) => {
      const [small, large] = [logits(model, time), logits(larger, time)];
      return Math.max(...small.map((x, i) => Math.abs(x - large[i]!)));
    };
    expect(apart(2)).toBeLessThan(1e-6);
    expect(apart(40)).toBeGreaterThan(1e-4);
  });

  it('says the same in one pass and in steps', () => {
    const parameters = movedParameters(larger, createRng('memory'));
    const tokens = randomTokens(createRng('tokens'), 2, 24);
    let state = larger.initialState!(2, 24);
    const inSteps = (tf.unstack(tokens, 1) as tf.Tensor1D[]).map((token, position) => {
      const next = larger.step!(parameters, state, token, tf.scalar(position, 'int32'));
      state = next.state;
      return next.logits;
    });
    const [whole, steps] = [larger.forward(parameters, tokens), tf.stack(inSteps, 1)].map((x) => x.dataSync());
    whole!.forEach((x, i) => expect(Math.abs(x - steps![i]!)).toBeLessThan(1e-5));
  });
});

it('jumps by the number of input tokens, which computation steps and slots do not add to', () => {
  const steps = new DirectFormat(task, 2);
  const hyperparameters = Object.assign(new TapeHyperparameters(), TapeHyperparameters.tiny);
  const model = new TapeRnn().build(hyperparameters, steps.vocabulary.size);
  const parameters = initialParameters(model, createRng('jumps'));
  let state = model.initialState!(1, 32);
  const lengths = steps.prompt([1, 0, 0, 1]).map((token, position) => {
    state = model.step!(parameters, state, tf.tensor1d([token], 'int32'), tf.scalar(position, 'int32')).state;
    return state['memory.inputLength']!.dataSync()[0];
  });
  expect(lengths).toEqual([1, 2, 3, 4, ...Array<number>(1 + 8 + 8).fill(4)]);
});
