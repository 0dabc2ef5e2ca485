import type { Registry } from '../../../registry/registry';
import { instanceOf } from '../../../registry/units';
import { cellLabel } from '../../core/cell';
import type { AnswerMode } from '../../core/contracts/architecture';
import type { CellSpecification, Job } from '../../core/contracts/record';
import { zooError } from '../../core/errors';
import { withSettings } from '../../core/search';
import { createFormat } from '../../data/format';

/** Bytes that a job has to hold at once. */
export interface Demand {
  readonly job: Job;
  /** Weights with gradient and moments; or one batch as tokens, targets and weights of positions: there is no way around. */
  readonly least: { readonly bytes: number; readonly of: string };
  /**
   * With what a training step keeps for its gradient: every product leaves as many numbers per token as its weights have
   * columns, and a few arrays of that size live at a time. Attention over long inputs takes more.
   */
  readonly likely: number;
}

const word = 4;
const arraysOfWeights = 4;
const arraysOfTokens = 3;
const arraysOfProducts = 4;

/** What each trained job takes; equal models are built once. */
export function demandsOf(registry: Registry, jobs: readonly Job[]): Demand[] {
  const models = new Map<string, { readonly parameters: number; readonly columns: number }>();
  const vocabularies = new Map<string, number>();
  const vocabularyOf = ({ task, mode }: Job['specification']): number => {
    const key = JSON.stringify([task, mode]);
    const size = () =>
      createFormat(registry.createTask(task!.id, task!.hyperparameters), mode as AnswerMode).vocabulary.size;
    if (!vocabularies.has(key)) vocabularies.set(key, size());
    return vocabularies.get(key)!;
  };
  const modelOf = ({ architecture }: Job['specification'], vocabularySize: number) => {
    const { id, hyperparameters } = architecture!;
    const key = JSON.stringify([id, hyperparameters, vocabularySize]);
    if (!models.has(key)) {
      const unit = registry.resolve('architecture', id);
      const full = registry.hyperparameters(unit, hyperparameters, { place: id });
      const shapes = instanceOf(unit)
        .build(full, vocabularySize)
        .parameters.map(({ shape }) => shape);
      const sum = (of: (shape: readonly number[]) => number) => shapes.reduce((total, shape) => total + of(shape), 0);
      const parameters = sum((shape) => shape.reduce((product, extent) => product * extent, 1));
      models.set(key, { parameters, columns: sum((shape) => shape.at(-1) ?? 1) });
    }
    return models.get(key)!;
  };
  return jobs.flatMap(withTrials).flatMap((job): Demand[] => {
    const { architecture, task, protocol, mode } = job.specification;
    if (!architecture || !task || !protocol || mode === 'baseline') return [];
    const { trainingTokenBudget, trainingLengths, batchSize, heldOut, evaluation } = protocol;
    const { parameters, columns } = modelOf(job.specification, vocabularyOf(job.specification));
    const tokens = Math.min(trainingTokenBudget, trainingLengths.maximum);
    const weights = parameters * word * arraysOfWeights;
    const batch = batchSize * tokens * word * arraysOfTokens;
    const sets = Math.max(heldOut.sequences, evaluation.sequencesPerLength) * word * arraysOfTokens;
    const parts = [
      { bytes: weights, of: `the ${parameters.toLocaleString('en')} weights with gradient and moments` },
      { bytes: batch, of: `${batchSize.toLocaleString('en')} sequences of ${tokens} tokens at a time` },
      { bytes: sets, of: 'the sequences that it is measured on' },
    ];
    const least = parts.reduce((most, part) => (part.bytes > most.bytes ? part : most));
    return [{ job, least, likely: weights + batch + batchSize * tokens * columns * word * arraysOfProducts }];
  });
}

/** A job, or what its search tries: the largest may be among them. */
function withTrials(job: Job): Job[] {
  const { specification } = job;
  if (!specification.search) return [job];
  const settings = new Map(
    specification.search.trials.map((trial) => [JSON.stringify(trial.settings), trial.settings]),
  );
  return [...settings.values()].map((each) => ({
    ...job,
    specification: withSettings(specification as CellSpecification, each),
  }));
}

/**
 * Refuses what no machine of this memory can train; a sentence where what is likely does not fit.
 * @throws invalid-value for lengths that are none, not-enough-memory
 */
export function checkDemands(
  registry: Registry,
  jobs: readonly Job[],
  { file, workers, memory }: { readonly file: string; readonly workers: number; readonly memory: number },
): string | undefined {
  for (const job of jobs) {
    const { minimum, maximum } = job.specification.protocol?.trainingLengths ?? { minimum: 1, maximum: 1 };
    const problem = `${cellLabel(job)}: protocol.trainingLengths: minimum is ${minimum}, more than maximum, which is ${maximum}`;
    if (minimum > maximum) throw zooError('invalid-value', { place: file, problems: [problem] });
  }
  const demands = demandsOf(registry, jobs);
  for (const { job, least } of demands) {
    if (least.bytes <= memory) continue;
    const details = { what: least.of, needed: gibibytes(least.bytes), there: gibibytes(memory) };
    throw zooError('not-enough-memory', { cell: cellLabel(job), ...details });
  }
  const byJob = new Map(demands.sort((a, b) => a.likely - b.likely).map((demand) => [demand.job.key, demand]));
  const largest = [...byJob.values()].sort((a, b) => b.likely - a.likely).slice(0, Math.max(1, workers));
  const together = largest.reduce((sum, { likely }) => sum + likely, 0);
  if (together <= memory) return undefined;
  const many = largest.length > 1 ? `the ${largest.length} largest cells at a time` : cellLabel(largest[0]!.job);
  return `About ${gibibytes(together)} of memory for ${many}, and this machine has ${gibibytes(memory)}: use fewer --workers, or a smaller batch.`;
}

const gibibytes = (bytes: number): string => {
  const amount = bytes / 2 ** 30;
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount).toLocaleString('en')} GiB`;
};
