import * as tf from '@tensorflow/tfjs-core';
import { IsInt, IsNumber, Max, Min } from 'class-validator';
import { probe } from '../../registry/units';
import type { SequenceModel } from '../core/contracts/architecture';
import type { Probe, ProbedSequence, ProbeSubject, Readings } from '../core/contracts/probe';
import type { AnswerAutomaton, Task } from '../core/contracts/task';
import { ridgeClassifier } from './parts/ridge';
import { afterEveryToken, constantParts, whyNoState } from './parts/states';

export class LinearProbeHyperparameters {
  /** Added to the mean squares of the features, which are 1, so that the map stays small. */
  @IsNumber() @Min(1e-9) @Max(1e3) ridge = 0.01;
  /** Prefixes that the map is fitted on, and at most as many that it is tested on; evenly taken where there are more. */
  @IsInt() @Min(2) @Max(4096) prefixes = 512;
}

/** A prefix of an input: what the row keeps after it, and the state of the automaton. */
interface Sample {
  readonly features: readonly number[];
  readonly state: number;
}

/**
 * Whether the state of the task can be read off the state of the row by a linear map (Alain and Bengio 2016). The task's is that
 * of the automaton that computes its answer, after every prefix of the input: of parity, whether the ones so far are odd. The
 * map is fitted by ridge regression on the first half of the sequences and tested on the other.
 */
@probe({
  id: 'linear-probe',
  version: 1,
  title: 'Linear probe of the state',
  summary: "How well the state of the task's automaton can be read off a recurrent state by a linear map.",
  reference: {
    authors: 'Alain and Bengio 2016',
    title: 'Understanding intermediate layers using linear classifier probes',
    identifier: '1610.01644',
  },
  hyperparameters: LinearProbeHyperparameters,
})
export class LinearProbe implements Probe<LinearProbeHyperparameters> {
  refuses(model: SequenceModel, task?: Task): string | undefined {
    return (
      whyNoState(model) ?? (task && !task.answerAutomaton?.() ? 'no finite automaton is known of the task' : undefined)
    );
  }

  /** `accuracy`; `chance`, that of the most frequent state alone; `states` that occur. Nothing where there is no automaton. */
  async look(subject: ProbeSubject, { ridge, prefixes }: LinearProbeHyperparameters): Promise<Readings> {
    const { model, task, sequences } = subject;
    const automaton = task.answerAutomaton?.();
    if (!automaton) return {};
    const parts = constantParts(model);
    const [values] = await subject.compute('linear-probe', (parameters, tokens) => {
      const flat = (tensor: tf.Tensor) => tf.reshape(tensor, [sequences.length, -1]);
      return [
        afterEveryToken(model, parameters, tokens, (state) =>
          tf.concat(
            parts.map(({ name }) => flat(state[name]!)),
            1,
          ),
        ),
      ];
    });
    const width = parts.reduce((sum, { size }) => sum + size, 0);
    const half = Math.ceil(sequences.length / 2);
    const samples = (from: number, to: number): readonly Sample[] => {
      const all = sequences.slice(from, to).flatMap(({ input }, at) =>
        statesAlong(automaton, input).map((state, token): Sample => {
          const start = (token * sequences.length + from + at) * width; // [time, sequences, width]
          return { features: Array.from(values!.subarray(start, start + width)), state };
        }),
      );
      return evenly(all, prefixes);
    };
    const [fitted, tested] = [samples(0, half), samples(half, sequences.length)];
    if (fitted.length === 0 || tested.length === 0) return {};
    const known = [...new Set(fitted.map(({ state }) => state))];
    const label = ({ state }: Sample) => known.indexOf(state);
    const classify = ridgeClassifier(
      fitted.map(({ features }) => features),
      fitted.map(label),
      { classes: known.length, ridge },
    );
    const shareOf = (guess: (sample: Sample) => number) =>
      tested.filter((sample) => guess(sample) === label(sample)).length / tested.length;
    const counts = known.map((state) => fitted.filter((sample) => sample.state === state).length);
    const common = counts.indexOf(Math.max(...counts));
    return {
      accuracy: shareOf(({ features }) => classify(features)),
      chance: shareOf(() => common),
      states: known.length,
    };
  }
}

/** State after every symbol. */
function statesAlong({ transitions }: AnswerAutomaton, input: ProbedSequence['input']): number[] {
  let state = 0;
  return input.map((symbol) => (state = transitions[state]![symbol]!));
}

const evenly = <T>(values: readonly T[], most: number): readonly T[] =>
  values.length <= most
    ? values
    : Array.from({ length: most }, (_, i) => values[Math.floor((i * values.length) / most)]!);
