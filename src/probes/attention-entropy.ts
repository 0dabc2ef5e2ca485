import * as tf from '@tensorflow/tfjs-core';
import { IsIn } from 'class-validator';
import { probe } from '../../registry/units';
import type { SequenceModel } from '../core/contracts/architecture';
import type { Probe, ProbedSequence, ProbeSubject, Readings } from '../core/contracts/probe';

export class AttentionEntropyHyperparameters {
  /** Queries that count: every token of a sequence, or those whose prediction is scored. */
  @IsIn(['all', 'scored']) rows: 'all' | 'scored' = 'all';
}

/** Weights below this have no entropy that matters; the logarithm stays finite. */
const least = 1e-30;

/**
 * Normalised attention entropy of every head (Wen et al. 2024, equation 1). Of the weights a_ij of query i, which sees i keys,
 *   e_i = -sum_j a_ij log a_ij / log i,     the minimum over i >= 2, the mean over sequences:
 * 1 where attention is uniform at every token, 0 where each sequence has a token that looks at one other alone.
 */
@probe({
  id: 'attention-entropy',
  version: 1,
  title: 'Attention entropy',
  summary: 'How evenly every head of attention looks at what it can see, from 1 (at all alike) to 0 (at one token).',
  reference: {
    authors: 'Wen et al. 2024',
    title:
      'From Sparse Dependence to Sparse Attention: Unveiling How Chain-of-Thought Enhances Transformer Sample Efficiency',
    identifier: '2410.05459',
    place: 'equation 1',
  },
  hyperparameters: AttentionEntropyHyperparameters,
})
export class AttentionEntropy implements Probe<AttentionEntropyHyperparameters> {
  refuses(model: SequenceModel): string | undefined {
    return model.attention ? undefined : 'it has no attention to look at';
  }

  /** "layer 1 head 2": of every head, where some sequence has a row that counts. */
  async look(subject: ProbeSubject, { rows }: AttentionEntropyHyperparameters): Promise<Readings> {
    const { model, sequences, time } = subject;
    const results = await subject.compute('attention-entropy', (parameters, tokens) => {
      const weights = model.attention!(parameters, tokens); // [sequences, layers, heads, queries, keys]
      const entropies = tf.neg(tf.sum(tf.mul(weights, tf.log(tf.maximum(weights, least))), -1));
      const ahead = tf.mul(weights, future(weights.shape.at(-2)!, weights.shape.at(-1)!));
      return [entropies, tf.max(ahead), tf.tensor1d(weights.shape.slice(1, 3))];
    });
    const [entropies, [ahead], [layers, heads]] = results as [Float32Array, [number], [number, number]];
    const counted = sequences.map((sequence) => rowsOf(sequence, rows));
    const entropyOf = (sequence: number, head: number): number => {
      const { length } = sequences[sequence]!.tokens;
      const first = (sequence * layers * heads + head) * time;
      return Math.min(
        ...counted[sequence]!.map((row) => entropies[first + row]! / Math.log(ahead > 0 ? length : row + 1)),
      );
    };
    const looked = counted.flatMap((each, sequence) => (each.length > 0 ? [sequence] : []));
    if (looked.length === 0) return {};
    return Object.fromEntries(
      Array.from({ length: layers * heads }, (_, head) => {
        const sum = looked.reduce((total, sequence) => total + entropyOf(sequence, head), 0);
        const name = `layer ${Math.floor(head / heads) + 1} head ${(head % heads) + 1}`;
        return [name, Math.min(1, sum / looked.length)]; // rounding of uniform weights may exceed 1
      }),
    );
  }
}

/** 1 where a key comes after the query: [queries, keys] */
const future = (queries: number, keys: number): tf.Tensor =>
  tf.tensor2d(
    Float32Array.from({ length: queries * keys }, (_, at) => (at % keys > Math.floor(at / keys) ? 1 : 0)),
    [queries, keys],
  );

/** Rows that count, from 0. The first row sees itself alone: it has nothing to choose. */
function rowsOf({ tokens, scored: { first, count } }: ProbedSequence, rows: 'all' | 'scored'): number[] {
  const [from, to] = rows === 'all' ? [1, tokens.length] : [Math.max(1, first), first + count];
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}
