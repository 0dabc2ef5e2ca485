import type { CapabilityBody, Job, RecordOf, JobSpecification } from '../core/contracts/record';
import type { CellProgress } from '../core/contracts/execution';
import type { SearchSpecification } from '../core/contracts/search';
import type { Protocol } from '../core/protocol';
import { searchJobOf } from '../core/search';
import { mostStepsOf, rungsOf } from '../studies/search/halving';
import { median } from '../studies/statistics/summaries';

/** A cell at work now. */
export interface RunningCell {
  readonly cell: Job;
  /** Since this process took it up. */
  readonly elapsedSeconds: number;
  readonly progress?: CellProgress;
  /** Steps between its first and its latest report, and the seconds they took: a continued cell does not start at 0. */
  readonly pace?: { readonly steps: number; readonly seconds: number };
}

export interface Estimate {
  readonly seconds: number;
  /** False while no cell of the folder has finished: then it rests on typical figures of one core, not on this machine. */
  readonly measured: boolean;
}

interface Timing {
  readonly specification: JobSpecification;
  readonly trainingSeconds: number;
  readonly evaluationSeconds: number;
}

/** Before anything was measured: seconds for a step per token of the longest trained input, for small models on one core. */
const typicalSecondsPerToken = 4e-6;
const typicalEvaluationSeconds = 1;
/** Rows that write or are given a chain of thought have longer sequences, and answer token by token. */
const typicalAutoregressiveFactor = 6;
const typicalBaselineSeconds = 0.5;

/** Tokens that training passes through, up to a factor that similar cells share. */
const trainingWork = ({ protocol, study }: JobSpecification): number => {
  if (!protocol) return 1;
  const trials = study?.hyperparameters as Partial<SearchSpecification> | undefined;
  const steps = trials?.trials && trials.rule ? searchSteps(trials as SearchSpecification, protocol) : protocol.steps;
  return steps * protocol.batchSize * protocol.trainingLengths.maximum;
};

/** Of all trials of a search, where none learns before its last rung. */
const searchSteps = ({ rule, trials }: Pick<SearchSpecification, 'rule' | 'trials'>, protocol: Protocol): number =>
  mostStepsOf(rungsOf(rule, trials.length, protocol));

/** What alike cells have in common, from most to least alike; the first that any finished cell shares decides. */
const likeness: readonly ((specification: JobSpecification) => string)[] = [
  ({ architecture, task }) => `row and column ${architecture?.id} ${task?.id}`,
  ({ architecture }) => `row ${architecture?.id}`,
  ({ mode, task }) => `mode and column ${mode} ${task?.id}`,
  ({ engine }) => `trained ${engine !== 'none'}`,
];

/** Learns from finished cells how long others take. */
export class Estimator {
  /** By what they have in common with others. */
  private readonly timings = new Map<string, Timing[]>();
  /** Of cells whose estimate is the same, since a cell was last learnt: there may be thousands that wait. */
  private readonly estimates = new Map<string, Estimate>();
  /** Keys of searches that are made. */
  private readonly searched = new Set<string>();

  constructor(finished: readonly RecordOf[] = []) {
    finished.forEach((record) => this.learn(record));
  }

  /** What a cell took, or a search. */
  learn(record: RecordOf & Pick<Partial<CapabilityBody>, 'search'>): void {
    const { specification, provenance } = record;
    this.searched.add(record.search?.key ?? record.key);
    const { trainingSeconds, evaluationSeconds } = provenance;
    const timing: Timing = { specification, trainingSeconds, evaluationSeconds };
    for (const shared of likeness.map((of) => of(specification))) {
      const alike = this.timings.get(shared);
      if (alike) alike.push(timing);
      else this.timings.set(shared, [timing]);
    }
    this.estimates.clear();
  }

  /** Expected seconds of one cell from start to end: the median of the finished cells most like it. */
  cell({ specification }: Job): Estimate {
    const { mode } = specification;
    const kind = [...likeness.map((of) => of(specification)), mode, trainingWork(specification)].join('\n');
    const known = this.estimates.get(kind) ?? this.estimateOf(specification);
    this.estimates.set(kind, known);
    return known;
  }

  private estimateOf(specification: JobSpecification): Estimate {
    const alike = this.mostAlike(specification);
    if (alike.length > 0)
      return { seconds: median(alike.map((timing) => scale(timing, specification))), measured: true };
    if (specification.engine === 'none') return { seconds: typicalBaselineSeconds, measured: false };
    const direct = trainingWork(specification) * typicalSecondsPerToken + typicalEvaluationSeconds;
    return { seconds: direct * (specification.mode === 'direct' ? 1 : typicalAutoregressiveFactor), measured: false };
  }

  /** The search that a cell needs, where it is still to be made. */
  search(cell: Job): Estimate & { readonly key?: string } {
    const needed = searchJobOf(cell);
    if (!needed || this.searched.has(needed.key)) return { seconds: 0, measured: true };
    return { ...this.cell(needed), key: needed.key };
  }

  /** Each cell, with the search that it needs where no cell before it brings that. */
  private withSearches(cells: readonly Job[], begun: readonly Job[]): Estimate[] {
    const taken = new Set(begun.flatMap((cell) => this.search(cell).key ?? []));
    return cells.map((job) => {
      const cell = this.cell(job);
      const { key, seconds, measured } = this.search(job);
      if (key === undefined || taken.has(key)) return cell;
      taken.add(key);
      return { seconds: cell.seconds + seconds, measured: cell.measured && measured };
    });
  }

  /** Expected seconds until everything is done by so many workers. */
  remaining(waiting: readonly Job[], running: readonly RunningCell[], workers: number): Estimate {
    const estimates = this.withSearches(
      waiting,
      running.map(({ cell }) => cell),
    );
    const busy = running.map((cell) => this.restOf(cell));
    return {
      seconds: makespan(
        estimates.map(({ seconds }) => seconds),
        workers,
        busy,
      ),
      measured: estimates.every(({ measured }) => measured),
    };
  }

  /** What a running cell still needs: its own pace once it has one, else what cells like it took. */
  private restOf({ cell, elapsedSeconds, progress, pace }: RunningCell): number {
    if (progress?.phase !== 'training' || !pace?.steps) {
      const search = progress?.phase === 'searching' ? this.search(cell).seconds : 0;
      return Math.max(0, this.cell(cell).seconds + search - elapsedSeconds);
    }
    const training = ((progress.steps - progress.step) * pace.seconds) / pace.steps;
    const evaluations = this.mostAlike(cell.specification).map((timing) => timing.evaluationSeconds);
    return training + (evaluations.length > 0 ? median(evaluations) : typicalEvaluationSeconds);
  }

  private mostAlike(specification: JobSpecification): Timing[] {
    for (const shared of likeness) {
      const timings = this.timings.get(shared(specification));
      if (timings) return timings;
    }
    return [];
  }
}

const scale = ({ specification, trainingSeconds, evaluationSeconds }: Timing, to: JobSpecification): number =>
  (trainingSeconds * trainingWork(to)) / trainingWork(specification) + evaluationSeconds;

/**
 * Seconds until the last of these jobs ends when every free worker takes the longest one left. `busy` holds the
 * seconds that working workers still need.
 */
export function makespan(seconds: readonly number[], workers: number, busy: readonly number[] = []): number {
  const free: number[] = Array.from({ length: Math.max(1, workers, busy.length) }, (_, worker) => busy[worker] ?? 0);
  for (const job of [...seconds].sort((a, b) => b - a)) {
    const first = free.indexOf(Math.min(...free));
    free[first]! += job;
  }
  return Math.max(...free);
}
