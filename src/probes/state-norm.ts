import * as tf from '@tensorflow/tfjs-core';
import { probe } from '../../registry/units';
import type { SequenceModel } from '../core/contracts/architecture';
import type { Probe, ProbeSubject, Readings } from '../core/contracts/probe';
import { afterEveryToken, constantParts, whyNoState } from './parts/states';

/** Shares of the tokens of a sequence after which its state is looked at. */
const shares = [0.25, 0.5, 1];

/**
 * How large a recurrent state is while a sequence is read. Of every tensor h of the state that does not grow,
 *   |h_t| = sqrt(sum of its squares)     t = the first quarter, half and all of the tokens, the mean over sequences
 */
@probe({
  id: 'state-norm',
  version: 1,
  title: 'Norm of the state',
  summary: 'How large every tensor of a recurrent state is after a quarter, a half and all of a sequence.',
})
export class StateNorm implements Probe {
  refuses(model: SequenceModel): string | undefined {
    return whyNoState(model);
  }

  /** "0.hidden at 25 %": of every tensor of the state, by its name. */
  async look(subject: ProbeSubject): Promise<Readings> {
    const { model, sequences } = subject;
    const parts = constantParts(model);
    const [norms] = await subject.compute('state-norm', (parameters, tokens) => {
      const normsOf = (tensor: tf.Tensor) => tf.sqrt(tf.sum(tf.square(tf.reshape(tensor, [sequences.length, -1])), 1));
      return [
        afterEveryToken(model, parameters, tokens, (state) =>
          tf.stack(
            parts.map(({ name }) => normsOf(state[name]!)),
            1,
          ),
        ),
      ];
    });
    const normOf = (token: number, sequence: number, part: number) =>
      norms![(token * sequences.length + sequence) * parts.length + part]!; // [time, sequences, parts]
    return Object.fromEntries(
      parts.flatMap(({ name }, part) =>
        shares.map((share) => {
          const sum = sequences.reduce(
            (total, { tokens }, at) => total + normOf(Math.ceil(share * tokens.length) - 1, at, part),
            0,
          );
          return [`${name} at ${100 * share} %`, sum / sequences.length];
        }),
      ),
    );
  }
}
