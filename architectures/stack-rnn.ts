import * as tf from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type ArchitectureMeta, type SequenceModel } from '../registry';
import {
  type ExternalMemory,
  languageModel,
  linear,
  memoryAugmented,
  MemoryHyperparameters,
  ParameterScope,
  recurrence,
  split,
  withExternalMemory,
} from './layers';
import { elman } from './rnn';

export class StackHyperparameters extends MemoryHyperparameters {
  /** Numbers per cell. */
  @IsInt() @Min(1) @Max(256) stackWidth = 8;

  static override readonly tiny = { embeddingWidth: 6, hiddenSize: 8, memory: { training: 5 }, stackWidth: 3 };
}

/**
 * A stack of real vectors, top first (Joulin and Mikolov 2015, section 3.2):
 *   [p_push, p_pop, p_keep] = softmax(h_t A + a),  v = h_t V + b
 *   s_t[i] = p_push s_{t-1}[i-1] + p_pop s_{t-1}[i+1] + p_keep s_{t-1}[i],  s[-1] = v, s[cells] = 0
 * A push onto a full stack drops the lowest cell.
 */
export function softStack(
  scope: ParameterScope,
  hiddenSize: number,
  stackWidth: number,
  cells: number,
): ExternalMemory {
  const action = linear(scope.child('action'), hiddenSize, 3);
  const value = linear(scope.child('value'), hiddenSize, stackWidth);
  return {
    width: stackWidth,
    initialState: (batch) => ({ stack: tf.zeros([batch, cells, stackWidth]) }),
    read: ({ stack }) => tf.squeeze(tf.slice(stack!, [0, 0, 0], [-1, 1, -1]), [1]),
    write: (parameters, state, hidden) => {
      const stack = state.stack!;
      const shares = tf.expandDims(tf.softmax(action(parameters, hidden)), -1); // [batch, 3, 1]
      const [push, pop, keep] = split(shares, 3, 1);
      const pushed = tf.concat([tf.expandDims(value(parameters, hidden), 1), stack], 1); // [batch, cells + 1, width]
      const lowered = tf.slice(pushed, [0, 0, 0], [-1, cells, -1]);
      const raised = tf.pad(tf.slice(stack, [0, 1, 0], [-1, cells - 1, -1]), [
        [0, 0],
        [0, 1],
        [0, 0],
      ]);
      return { stack: tf.add(tf.add(tf.mul(push, lowered), tf.mul(pop, raised)), tf.mul(keep, stack)) };
    },
  };
}

export const stackMeta = {
  id: 'stack-rnn',
  version: 2,
  title: 'Stack-RNN',
  year: 2015,
  summary: 'An Elman network that pushes to, pops from and sees the top of a differentiable stack.',
  reference: {
    authors: 'Joulin and Mikolov 2015',
    title: 'Inferring Algorithmic Patterns with Stack-Augmented Recurrent Nets',
    identifier: '1503.01007',
    place: 'section 3.2',
  },
  capabilities: { causal: true },
  theory: { externalMemory: 'stack' },
  hyperparameters: StackHyperparameters,
} satisfies ArchitectureMeta<StackHyperparameters>;

@architecture({
  ...stackMeta,
})
export class StackRnn implements Architecture<StackHyperparameters> {
  build(hyperparameters: StackHyperparameters, vocabularySize: number): SequenceModel {
    const { embeddingWidth, hiddenSize, stackWidth, memory } = hyperparameters;
    const options = { vocabularySize, width: embeddingWidth, outputWidth: hiddenSize };
    return withExternalMemory(memory, (cells) =>
      languageModel(ParameterScope.root(), options, (scope) => {
        const controller = elman(scope.child('controller'), embeddingWidth, hiddenSize, tf.tanh);
        const stack = softStack(scope.child('stack'), hiddenSize, stackWidth, cells);
        return recurrence(memoryAugmented(scope, controller, hiddenSize, stack));
      }),
    );
  }
}
