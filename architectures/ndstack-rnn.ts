import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type Parameters, type SequenceModel } from '../registry';
import {
  type AutomatonSize,
  beneath,
  type Beneath,
  bottom,
  languageModel,
  linear,
  normalised,
  ParameterScope,
  pushed,
  range,
  RecurrentHyperparameters,
  remembered,
  replacedOrPopped,
  type Runs,
  type SequenceLayer,
  split,
  stackReading,
  type Transitions,
} from './layers';
import { elman } from './rnn';

export class NondeterministicStackHyperparameters extends RecurrentHyperparameters {
  /** One layer: the automaton belongs to it. */
  @IsInt() @Min(1) @Max(1) declare layers: number;
  /** Of the pushdown automaton. */
  @IsInt() @Min(1) @Max(8) states = 2;
  /** Of the stack, the bottom among them. */
  @IsInt() @Min(2) @Max(16) symbols = 3;

  static override readonly tiny = { embeddingWidth: 6, hiddenSize: 8, states: 2, symbols: 2 };
}

/**
 * Weights of all transitions of the automaton; the softmax over them is exp but for a factor that cancels:
 *   [push, replace, pop] = softmax(h_t A + a)
 */
function transitions(scope: ParameterScope, hiddenSize: number, { states, symbols }: AutomatonSize) {
  const tops = states * symbols;
  const scores = linear(scope, hiddenSize, tops * (2 * tops + states));
  return (parameters: Parameters, hidden: Tensor): Transitions => {
    const all = tf.reshape(tf.softmax(scores(parameters, hidden)), [-1, tops, 2 * tops + states]);
    const [push, replace, pop] = split(all, [tops, tops, states], 2);
    return { push, replace, pop };
  };
}

/**
 * Nondeterministic stack RNN (DuSell and Chiang 2020; unnormalised weights and a stack reading that includes the state are
 * those of DuSell and Chiang 2022). The controller gives the transitions of a weighted pushdown automaton, and reads the tops
 * of all its runs in proportion to their weights:
 *   h_t = tanh(x_t W + a_{t-1} R + h_{t-1} U + b)
 *   runs_t = every run_{t-1} followed by every transition(h_t)
 *   a_t[x, q] = weight of the runs_t with x on top in state q / weight of all
 */
function nondeterministicStack(
  scope: ParameterScope,
  { embeddingWidth, hiddenSize, states, symbols }: NondeterministicStackHyperparameters,
): SequenceLayer {
  const size: AutomatonSize = { states, symbols };
  const tops = size.states * size.symbols;
  const controller = elman(scope.child('controller'), embeddingWidth, hiddenSize, tf.tanh);
  const fromTop = linear(scope.child('fromTop'), tops, hiddenSize, { bias: false });
  const transitionsOf = transitions(scope.child('transitions'), hiddenSize, size);

  /** The controller's part of a step: its new output from input and stack reading, and the transitions. */
  const control = (parameters: Parameters, hidden: Tensor, runs: Runs, fromX: Tensor) => {
    const input = tf.add(fromX, fromTop(parameters, stackReading(runs)));
    const { output } = controller.update(parameters, { hidden }, [input]);
    return { hidden: output, allowed: transitionsOf(parameters, output) };
  };
  const inputs = (parameters: Parameters, x: Tensor) =>
    controller.inputs(parameters, { x, projected: x, earlier: [], positions: range(1) })[0]!;

  return {
    /** Runs grow with every token, so that nothing is computed for tokens to come. */
    forward: (parameters, x) => {
      const [batch] = x.shape;
      let state = { hidden: tf.zeros([batch, hiddenSize]), runs: bottom(batch, size, 0) };
      let earlier: Beneath = [];
      const outputs = tf.unstack(inputs(parameters, x), 1).map((fromX) => {
        const { hidden, allowed } = control(parameters, state.hidden, state.runs, fromX);
        const stayed = replacedOrPopped(state.runs, earlier, allowed, size);
        const runs = normalised(tf.concat([stayed, pushed(state.runs, allowed)], 1));
        earlier = remembered(earlier, beneath(state.runs, size));
        state = { hidden, runs };
        return hidden;
      });
      return tf.stack(outputs, 1);
    },
    initialState: (batch, maximumTime) => ({
      hidden: tf.zeros([batch, hiddenSize]),
      runs: bottom(batch, size, maximumTime),
      beneath: tf.zeros([batch, size.symbols, maximumTime * size.states, (maximumTime + 1) * tops]),
    }),
    /** As `forward`, with room for tokens to come: what belongs to a time is put in its place. */
    step: (parameters, state, x, position: Tensor) => {
      const [runs, earlier] = [state.runs!, state.beneath!];
      const maximumTime = earlier.shape[2]! / size.states;
      const { hidden, allowed } = control(parameters, state.hidden!, runs, inputs(parameters, x));
      const now = tf.cast(tf.equal(range(maximumTime), tf.cast(position, 'float32')), 'float32');

      const stayed = replacedOrPopped(runs, [earlier], allowed, size);
      const above = tf.mul(tf.reshape(tf.pad(now, [[1, 0]]), [1, -1, 1, 1]), tf.expandDims(pushed(runs, allowed), 1));
      const latest = tf.mul(tf.reshape(now, [1, 1, -1, 1, 1]), tf.expandDims(beneath(runs, size), 2));
      return {
        state: {
          hidden,
          runs: normalised(tf.add(stayed, tf.reshape(above, stayed.shape))),
          beneath: tf.add(earlier, tf.reshape(latest, earlier.shape)),
        },
        output: hidden,
      };
    },
  };
}

@architecture({
  id: 'ndstack-rnn',
  version: 1,
  title: 'Nondeterministic Stack-RNN',
  year: 2020,
  summary:
    'An Elman network that steers a nondeterministic pushdown automaton and sees what all its runs have on top of their stacks.',
  reference: {
    authors: 'DuSell and Chiang 2020',
    title: 'Learning Context-Free Languages with Nondeterministic Stack RNNs',
    identifier: '2010.04674',
  },
  capabilities: { causal: true },
  theory: { externalMemory: 'nondeterministic-stack' },
  hyperparameters: NondeterministicStackHyperparameters,
})
export class NondeterministicStackRnn implements Architecture<NondeterministicStackHyperparameters> {
  build(hyperparameters: NondeterministicStackHyperparameters, vocabularySize: number): SequenceModel {
    const { embeddingWidth, hiddenSize } = hyperparameters;
    return languageModel(
      ParameterScope.root(),
      { vocabularySize, width: embeddingWidth, outputWidth: hiddenSize },
      (scope) => nondeterministicStack(scope, hyperparameters),
    );
  }
}
