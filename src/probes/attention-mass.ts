import * as tf from '@tensorflow/tfjs-core';
import { IsIn } from 'class-validator';
import { probe } from '../../registry/units';
import type { SequenceModel } from '../core/contracts/architecture';
import type { Probe, ProbedSequence, ProbeSubject, Readings } from '../core/contracts/probe';

export class AttentionMassHyperparameters {
  /** Queries that count: every token of a sequence, or those whose prediction is scored. */
  @IsIn(['all', 'scored']) rows: 'all' | 'scored' = 'all';
}

/**
 * Share of attention on tokens without content, the special ones of the vocabulary. With a_ij the weight of key j for query i
 * and S the special tokens, the mean over heads, queries that count, and sequences of
 *   sum_{j in S} a_ij / sum_j a_ij
 */
@probe({
  id: 'attention-mass',
  version: 1,
  title: 'Attention on tokens without content',
  summary:
    'Which share of its attention every layer spends on tokens that belong to no task, such as <equals> and <slot>.',
  reference: {
    authors: 'Liao and Vargas 2024',
    title: 'Extending Token Computation for LLM Reasoning',
    identifier: '2403.14932',
  },
  hyperparameters: AttentionMassHyperparameters,
})
export class AttentionMass implements Probe<AttentionMassHyperparameters> {
  refuses(model: SequenceModel): string | undefined {
    return model.attention ? undefined : 'it has no attention to look at';
  }

  /** "layer 1" and so on; "uniform": the share if all tokens that are seen weighed the same. */
  async look(subject: ProbeSubject, { rows }: AttentionMassHyperparameters): Promise<Readings> {
    const { model, sequences, specialTokens, time } = subject;
    const counted = sequences.map((sequence) => rowsOf(sequence, rows));
    const count = counted.reduce((sum, each) => sum + each.length, 0);
    if (count === 0) return {};
    const results = await subject.compute('attention-mass', (parameters, tokens) => {
      const weights = model.attention!(parameters, tokens); // [sequences, layers, heads, queries, keys]
      const isSpecial = specialTokens
        .map((token) => tf.cast(tf.equal(tokens, tf.scalar(token, 'int32')), 'float32'))
        .reduce((some, each) => tf.maximum(some, each)); // [sequences, keys]
      const onSpecial = tf.sum(tf.mul(weights, tf.reshape(isSpecial, [sequences.length, 1, 1, 1, time])), -1);
      const shares = tf.div(onSpecial, tf.sum(weights, -1)); // [sequences, layers, heads, queries]
      const ahead = tf.mul(weights, tf.sub(1, tf.linalg.bandPart(tf.ones([time, time]), -1, 0)));
      return [tf.mean(shares, 2), tf.max(ahead)];
    });
    const [shares, [ahead]] = results as [Float32Array, [number]]; // [sequences, layers, queries]
    const layers = shares.length / (sequences.length * time);
    const over = (value: (sequence: number, row: number) => number): number =>
      counted.reduce((sum, each, sequence) => each.reduce((part, row) => part + value(sequence, row), sum), 0) / count;
    const uniform = (sequence: number, row: number): number => {
      const { tokens } = sequences[sequence]!;
      const seen = ahead > 0 ? tokens : tokens.slice(0, row + 1);
      return seen.filter((token) => specialTokens.includes(token)).length / seen.length;
    };
    return {
      ...Object.fromEntries(
        Array.from({ length: layers }, (_, layer) => [
          `layer ${layer + 1}`,
          over((sequence, row) => shares[(sequence * layers + layer) * time + row]!),
        ]),
      ),
      uniform: over(uniform),
    };
  }
}

function rowsOf({ tokens, scored: { first, count } }: ProbedSequence, rows: 'all' | 'scored'): number[] {
  const [from, to] = rows === 'all' ? [0, tokens.length] : [first, first + count];
  return Array.from({ length: to - from }, (_, at) => from + at);
}
