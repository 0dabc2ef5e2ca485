import type { Registry } from '../../registry/registry';
import type { Handle } from '../core/contracts/engine';
import type { Probe, ProbedSequence, Readings } from '../core/contracts/probe';
import type { UnitChoice } from '../core/contracts/record';
import type { Protocol } from '../core/protocol';
import { createRng } from '../core/random';
import type { SequenceFormat } from '../data/format';
import { trainedLengths } from '../data/lengths';
import type { Split } from '../data/split';
import { ProbedModel, type ProbedModelSettings } from './probed-model';

/** Sequences that probes are shown. */
const probedSequences = 64;

export interface ProbingSettings extends Omit<ProbedModelSettings, 'task' | 'specialTokens' | 'sequences'> {
  readonly format: SequenceFormat;
  readonly split: Split;
  readonly protocol: Protocol;
  /** Names the sequences: every architecture meets the same inputs of a task. */
  readonly taskId: string;
}

interface ChosenProbe {
  readonly id: string;
  readonly probe: Probe;
  readonly hyperparameters: object;
}

/** Probes as a specification names them, on one model in training. */
export class Probing {
  private constructor(
    private readonly probed: ProbedModel,
    private readonly chosen: readonly ChosenProbe[],
  ) {}

  /** Undefined where nothing looks, or the task has nothing to show. */
  static open(
    registry: Registry,
    choices: readonly UnitChoice[] | undefined,
    { format, split, protocol, taskId, ...settings }: ProbingSettings,
  ): Probing | undefined {
    const { lengths } = trainedLengths(format, protocol, 'validation');
    if (!choices || lengths.length === 0) return undefined;
    const chosen = choices.map(({ id, hyperparameters }) => {
      const unit = registry.resolve('probe', id);
      const all = registry.hyperparameters(unit, hyperparameters, { place: id });
      return { id, probe: registry.create(unit), hyperparameters: all };
    });
    const sequences = sequencesToProbe(format, split, lengths, taskId);
    const { specialTokens } = format.vocabulary;
    return new Probing(new ProbedModel({ ...settings, task: format.task, specialTokens, sequences }), chosen);
  }

  /** Every reading under the name of its probe: "attention-entropy.layer 1 head 2". */
  readonly look = async (parameters: Handle): Promise<Readings> => {
    const readings: [string, number][] = [];
    for (const { id, probe, hyperparameters } of this.chosen) {
      const found = await this.probed.look(parameters, (subject) => probe.look(subject, hyperparameters));
      readings.push(...Object.entries(found).map(([name, value]): [string, number] => [`${id}.${name}`, value]));
    }
    return Object.fromEntries(readings);
  };

  dispose(): Promise<void> {
    return this.probed.dispose();
  }
}

/** Kept from training, of the lengths in turn. */
export function sequencesToProbe(
  format: SequenceFormat,
  split: Split,
  lengths: readonly number[],
  taskId: string,
): ProbedSequence[] {
  const rng = createRng('probed').split(taskId);
  return Array.from({ length: probedSequences }, (_, at) => {
    const input = split.draw('validation', rng.split(at), lengths[at % lengths.length]!);
    const { tokens, scored } = format.encode(input);
    return { input, tokens, scored, inputTokens: input.length };
  });
}
