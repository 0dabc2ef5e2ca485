import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type Parameters, type SequenceModel, type State } from '../registry';
import {
  embedding,
  equalsToken,
  type ExternalMemory,
  linear,
  memoryAugmented,
  MemoryHyperparameters,
  ParameterScope,
  range,
  scan,
  shapeOf,
  withExternalMemory,
  withGradient,
} from './layers';
import { elman } from './rnn';

export class TapeHyperparameters extends MemoryHyperparameters {
  /** Tapes side by side, each with a head that moves on its own. */
  @IsInt() @Min(1) @Max(16) tapes = 1;
  /** Numbers per cell. */
  @IsInt() @Min(1) @Max(256) tapeWidth = 8;

  static override readonly tiny = { embeddingWidth: 6, hiddenSize: 8, memory: { training: 7 }, tapeWidth: 3 };
}

/** The ring rotated by one cell: M'[i] = M[i + 1] or M[i - 1]. */
function rotated(tape: Tensor, by: 1 | -1): Tensor {
  const last = tape.shape[1]! - 1;
  const [from, length] = by === 1 ? [1, last] : [last, 1];
  return tf.concat([tf.slice(tape, [0, from, 0], [-1, length, -1]), tf.slice(tape, [0, 0, 0], [-1, from, -1])], 1);
}

/**
 * The ring rotated by a whole number of cells, another one for every sequence: M'[i] = M[i + by]. tape [batch, size,
 * numbers], by [batch, 1]
 */
function rotatedBy(tape: Tensor, by: Tensor): Tensor {
  const [batch, size, numbers] = shapeOf(tape);
  const cell = tf.reshape(tf.range(0, size), [1, size]);
  const source = tf.mod(tf.add(cell, by), tf.scalar(size)); // [batch, size]
  const start = tf.mul(tf.reshape(tf.range(0, batch), [batch, 1]), size);
  const flat = tf.cast(tf.reshape(tf.add(start, source), [batch * size]), 'int32');
  return tf.reshape(tf.gather(tf.reshape(tape, [batch * size, numbers]), flat), [batch, size, numbers]);
}

// Moves are permutations of cells: the gradient of a move is the move back, cheaper than that of slices and of gather.
const step = (tape: Tensor, by: 1 | -1): Tensor =>
  withGradient(
    (cells: Tensor) => ({ value: rotated(cells, by), kept: {} }),
    (gradient) => [rotated(gradient, by === 1 ? -1 : 1)],
  )(tape);

const jump = withGradient(
  (tape: Tensor, by: Tensor) => ({ value: rotatedBy(tape, by), kept: { by } }),
  (gradient, { by }) => [rotatedBy(gradient, tf.neg(by)), tf.zerosLike(by)],
);

/**
 * Baby-NTM (Suzgun et al. 2019) with jumps (Deletang et al. 2023, appendix A). The tape is a ring M of real vectors. The head
 * stays at cell 0, and the ring rotates. L is the number of input tokens read so far, to which nothing after the input
 * adds, be it computation steps or slots:
 *   M[0] := w(h_t),  w of two hidden layers
 *   M[i] := p_0 M[i] + p_1 M[i+1] + p_2 M[i-1] + p_3 M[i+L] + p_4 M[i-L],  p = softmax(h_t A + a)
 */
function softTape(
  scope: ParameterScope,
  hiddenSize: number,
  { tapes, tapeWidth }: TapeHyperparameters,
  cells: number,
): ExternalMemory {
  const numbers = tapes * tapeWidth;
  const action = linear(scope.child('action'), hiddenSize, tapes * 5);
  const layer = (i: number, inputs: number, outputs: number) => linear(scope.child('value').child(i), inputs, outputs);
  const [first, second, last] = [layer(0, hiddenSize, 64), layer(1, 64, 64), layer(2, 64, numbers)];
  return {
    width: numbers,
    initialState: (batch) => ({
      tape: tf.zeros([batch, cells, numbers]),
      reading: tf.ones([batch, 1]), // 1 until the input has ended
      inputLength: tf.zeros([batch, 1]),
    }),
    read: ({ tape }) => tf.squeeze(tf.slice(tape!, [0, 0, 0], [-1, 1, -1]), [1]),
    write: (parameters, state, hidden, inputEnds) => {
      const batch = hidden.shape[0];
      const reading = tf.mul(state.reading!, tf.sub(1, inputEnds!));
      const inputLength = tf.add(state.inputLength!, reading);
      const value = last(parameters, tf.relu(second(parameters, tf.relu(first(parameters, hidden)))));
      const rest = tf.slice(state.tape!, [0, 1, 0], [-1, cells - 1, -1]);
      const written = tf.concat([tf.expandDims(value, 1), rest], 1);
      const moves = [
        written,
        step(written, 1),
        step(written, -1),
        jump(written, inputLength),
        jump(written, tf.neg(inputLength)),
      ];
      const shares = tf.split(tf.softmax(tf.reshape(action(parameters, hidden), [batch, 1, tapes, 5])), 5, 3); // [batch, 1, tapes, 1] each
      const tape = moves
        .map((moved, i): Tensor => tf.mul(tf.reshape(moved, [batch, cells, tapes, tapeWidth]), shares[i]!))
        .reduce((sum, moved) => tf.add(sum, moved));
      return { tape: tf.reshape(tape, [batch, cells, numbers]), reading, inputLength };
    },
  };
}

@architecture({
  id: 'tape-rnn',
  version: 2,
  title: 'Tape-RNN',
  year: 2019,
  summary:
    'An Elman network that writes on a differentiable tape and moves along it, by one cell or by the length of the input.',
  reference: {
    authors: 'Suzgun et al. 2019',
    title: 'Memory-Augmented Recurrent Neural Networks Can Learn Generalized Dyck Languages',
    identifier: '1911.03329',
  },
  capabilities: { causal: true },
  theory: { externalMemory: 'tape' },
  hyperparameters: TapeHyperparameters,
})
export class TapeRnn implements Architecture<TapeHyperparameters> {
  build(hyperparameters: TapeHyperparameters, vocabularySize: number): SequenceModel {
    return withExternalMemory(hyperparameters.memory, (cells) => tapeModel(hyperparameters, vocabularySize, cells));
  }
}

function tapeModel(hyperparameters: TapeHyperparameters, vocabularySize: number, cells: number): SequenceModel {
  const { embeddingWidth, hiddenSize } = hyperparameters;
  const scope = ParameterScope.root();
  const embed = embedding(scope.child('embedding'), vocabularySize, embeddingWidth);
  const controller = elman(scope.child('controller'), embeddingWidth, hiddenSize, tf.tanh);
  const tape = softTape(scope.child('tape'), hiddenSize, hyperparameters, cells);
  const { inputs, initialState, update } = memoryAugmented(scope, controller, hiddenSize, tape);
  const readOut = linear(scope.child('readout'), hiddenSize, vocabularySize);

  /** Inputs of the controller, and 1 where the input ends: beside the embedding, since shifts have no gradient. */
  const read = (parameters: Parameters, tokens: Tensor) => {
    const x = embed(parameters, tokens);
    const ends = tf.cast(tf.equal(tokens, tf.scalar(equalsToken, 'int32')), 'float32');
    return [...inputs(parameters, { x, projected: x, earlier: [], positions: range(1) }), tf.expandDims(ends, -1)];
  };
  return {
    parameters: scope.specifications,
    forward: (parameters, tokens) => {
      const advance = (state: State, now: Tensor[]) => update(parameters, state, now);
      return readOut(parameters, scan(advance, initialState(tokens.shape[0]), read(parameters, tokens)));
    },
    initialState,
    step: (parameters, state, token) => {
      const next = update(parameters, state, read(parameters, token));
      return { state: next.state, logits: readOut(parameters, next.output) };
    },
  };
}
