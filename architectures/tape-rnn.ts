import * as tf from '@tensorflow/tfjs-core';
import type { GradSaveFunc, Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type Parameters, type SequenceModel, type State } from '../registry';
import {
  embedding,
  equalsToken,
  type ExternalMemory,
  type Layer,
  linear,
  ParameterScope,
  range,
  RecurrentHyperparameters,
  scan,
  withMemory,
} from './layers';
import { deletang2023 } from './layers/references';
import { elman } from './rnn';

export class TapeHyperparameters extends RecurrentHyperparameters {
  /** One layer: the tape belongs to it. */
  @IsInt() @Min(1) @Max(1) declare layers: number;
  /** Tapes side by side, each with a head that moves on its own. */
  @IsInt() @Min(1) @Max(16) tapes = 1;
  /** Cells of a tape, which is a ring. */
  @IsInt() @Min(2) @Max(4096) tapeSize = 128;
  /** Numbers per cell. */
  @IsInt() @Min(1) @Max(256) tapeWidth = 8;

  static override readonly tiny = { embeddingWidth: 6, hiddenSize: 8, tapeSize: 7, tapeWidth: 3 };
}

/** The ring turned by one cell: M'[i] = M[i + 1] or M[i - 1]. */
function turned(tape: Tensor3D, by: 1 | -1): Tensor3D {
  const last = tape.shape[1] - 1;
  const [from, length] = by === 1 ? [1, last] : [last, 1];
  return tf.concat([tf.slice(tape, [0, from, 0], [-1, length, -1]), tf.slice(tape, [0, 0, 0], [-1, from, -1])], 1);
}

/** The ring turned by a whole number of cells, for every row another: M'[i] = M[i + by]. tape [batch, size, numbers], by [batch, 1] */
function leapt(tape: Tensor3D, by: Tensor2D): Tensor3D {
  const [batch, size, numbers] = tape.shape;
  const cell = tf.reshape(tf.range(0, size), [1, size]);
  const source = tf.mod(tf.add(cell, by), tf.scalar(size)); // [batch, size]
  const row = tf.mul(tf.reshape(tf.range(0, batch), [batch, 1]), size);
  const flat = tf.cast(tf.reshape(tf.add(row, source), [batch * size]), 'int32');
  return tf.reshape(tf.gather(tf.reshape(tape, [batch * size, numbers]), flat), [batch, size, numbers]);
}

// Moves are permutations of cells: the gradient of a move is the move back, cheaper than that of slices and of gather.
const step = (tape: Tensor3D, by: 1 | -1): Tensor3D =>
  tf.customGrad((cells) => ({
    value: turned(cells as Tensor3D, by),
    gradFunc: (gradient) => turned(gradient as Tensor3D, by === 1 ? -1 : 1),
  }))(tape) as Tensor3D;

const jump = (tape: Tensor3D, by: Tensor2D): Tensor3D =>
  tf.customGrad((cells, distance, save) => {
    (save as GradSaveFunc)([distance as Tensor]);
    return {
      value: leapt(cells as Tensor3D, distance as Tensor2D),
      gradFunc: (gradient, [saved]) => [leapt(gradient as Tensor3D, tf.neg(saved as Tensor2D)), tf.zerosLike(saved!)],
    };
  })(tape, by) as Tensor3D;

/**
 * Baby-NTM (Suzgun et al. 2019) with jumps (Deletang et al. 2023, appendix A). The head is at cell 0 of a ring M of real
 * vectors, and it is the ring that turns. L is the number of input tokens read so far:
 *   M[0] := w(h_t),  w of two hidden layers
 *   M[i] := p_0 M[i] + p_1 M[i+1] + p_2 M[i-1] + p_3 M[i+L] + p_4 M[i-L],  p = softmax(h_t A + a)
 */
function softTape(
  scope: ParameterScope,
  hiddenSize: number,
  { tapes, tapeSize, tapeWidth }: TapeHyperparameters,
): ExternalMemory {
  const numbers = tapes * tapeWidth;
  const action = linear(scope.child('action'), hiddenSize, tapes * 5);
  const layers: Layer[] = [
    [hiddenSize, 64],
    [64, 64],
    [64, numbers],
  ].map(([inputs, outputs], i) => linear(scope.child('value').child(i), inputs!, outputs!));
  const [first, second, last] = layers as [Layer, Layer, Layer];
  return {
    width: numbers,
    initialState: (batch) => ({
      tape: tf.zeros([batch, tapeSize, numbers]),
      reading: tf.ones([batch, 1]), // 1 until the input has ended
      inputLength: tf.zeros([batch, 1]),
    }),
    read: ({ tape }) => tf.squeeze(tf.slice(tape as Tensor3D, [0, 0, 0], [-1, 1, -1]), [1]) as Tensor2D,
    write: (parameters, state, hidden, inputEnds) => {
      const batch = hidden.shape[0];
      const reading = tf.mul(state.reading!, tf.sub(1, inputEnds!)) as Tensor2D;
      const inputLength = tf.add(state.inputLength!, reading) as Tensor2D;
      const value = last(parameters, tf.relu(second(parameters, tf.relu(first(parameters, hidden)))));
      const rest = tf.slice(state.tape as Tensor3D, [0, 1, 0], [-1, tapeSize - 1, -1]);
      const written = tf.concat([tf.expandDims(value, 1), rest], 1) as Tensor3D;
      const moves = [
        written,
        step(written, 1),
        step(written, -1),
        jump(written, inputLength),
        jump(written, tf.neg(inputLength)),
      ];
      const shares = tf.split(tf.softmax(tf.reshape(action(parameters, hidden), [batch, 1, tapes, 5])), 5, 3); // [batch, 1, tapes, 1] each
      const tape = moves
        .map((moved, i): Tensor => tf.mul(tf.reshape(moved, [batch, tapeSize, tapes, tapeWidth]), shares[i]!))
        .reduce((sum, moved) => tf.add(sum, moved));
      return { tape: tf.reshape(tape, [batch, tapeSize, numbers]), reading, inputLength };
    },
  };
}

@architecture({
  id: 'tape-rnn',
  version: 1,
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
  hyperparameters: TapeHyperparameters,
  claims: [
    {
      task: 'duplicate-string',
      range: 'far',
      atLeast: 0.9,
      reference: deletang2023('main results: 100 at lengths 41..500'),
    },
  ],
})
export class TapeRnn implements Architecture<TapeHyperparameters> {
  build(hyperparameters: TapeHyperparameters, vocabularySize: number): SequenceModel {
    const { embeddingWidth, hiddenSize } = hyperparameters;
    const scope = ParameterScope.root();
    const embed = embedding(scope.child('embedding'), vocabularySize, embeddingWidth);
    const controller = elman(scope.child('controller'), embeddingWidth, hiddenSize, tf.tanh);
    const tape = softTape(scope.child('tape'), hiddenSize, hyperparameters);
    const { inputs, initialState, update } = withMemory(scope, controller, hiddenSize, tape);
    const readOut = linear(scope.child('readout'), hiddenSize, vocabularySize);

    /** Inputs of the controller, and 1 where the input ends: beside the embedding, since shifts have no gradient. */
    const read = (parameters: Parameters, tokens: Tensor1D | Tensor2D) => {
      const x = embed<Tensor3D>(parameters, tokens);
      const ends = tf.cast(tf.equal(tokens, tf.scalar(equalsToken, 'int32')), 'float32');
      return [...inputs(parameters, { x, projected: x, earlier: [], positions: range(1) }), tf.expandDims(ends, -1)];
    };
    return {
      parameters: scope.specifications,
      forward: (parameters, tokens) => {
        const advance = (state: State, now: Tensor[]) => update(parameters, state, now);
        return readOut(parameters, scan(advance, initialState(tokens.shape[0]), read(parameters, tokens)) as Tensor3D);
      },
      initialState,
      step: (parameters, state, token) => {
        const next = update(parameters, state, read(parameters, token));
        return { state: next.state, logits: readOut(parameters, next.output as Tensor2D) };
      },
    };
  }
}
