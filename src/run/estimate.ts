import type { Job, RecordOf, JobSpecification } from '../core/contracts/record';
import type { CellProgress } from '../core/contracts/execution';
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
const trainingWork = ({ protocol }: JobSpecification): number =>
  protocol ? protocol.steps * protocol.batchSize * protocol.trainingLengths.maximum : 1;

/** From most to least alike; the first that any finished cell fulfils decides. */
const likeness: readonly ((a: JobSpecification, b: JobSpecification) => boolean)[] = [
  (a, b) => a.architecture?.id === b.architecture?.id && a.task?.id === b.task?.id,
  (a, b) => a.architecture?.id === b.architecture?.id,
  (a, b) => a.mode === b.mode && a.task?.id === b.task?.id,
  (a, b) => (a.engine === 'none') === (b.engine === 'none'),
];

/** Learns from finished cells how long others take. */
export class Estimator {
  private readonly timings: Timing[] = [];

  constructor(finished: readonly RecordOf[] = []) {
    finished.forEach((record) => this.learn(record));
  }

  learn({ specification, provenance }: RecordOf): void {
    const { trainingSeconds, evaluationSeconds } = provenance;
    this.timings.push({ specification, trainingSeconds, evaluationSeconds });
  }

  /** Expected seconds of one cell from start to end: the median of the finished cells most like it. */
  cell({ specification }: Job): Estimate {
    const alike = this.mostAlike(specification);
    if (alike.length > 0)
      return { seconds: median(alike.map((timing) => scale(timing, specification))), measured: true };
    if (specification.engine === 'none') return { seconds: typicalBaselineSeconds, measured: false };
    const direct = trainingWork(specification) * typicalSecondsPerToken + typicalEvaluationSeconds;
    return { seconds: direct * (specification.mode === 'direct' ? 1 : typicalAutoregressiveFactor), measured: false };
  }

  /** Expected seconds until everything is done by so many workers. */
  remaining(waiting: readonly Job[], running: readonly RunningCell[], workers: number): Estimate {
    const estimates = waiting.map((cell) => this.cell(cell));
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
    if (progress?.phase !== 'training' || !pace?.steps) return Math.max(0, this.cell(cell).seconds - elapsedSeconds);
    const training = ((progress.steps - progress.step) * pace.seconds) / pace.steps;
    const evaluations = this.mostAlike(cell.specification).map((timing) => timing.evaluationSeconds);
    return training + (evaluations.length > 0 ? median(evaluations) : typicalEvaluationSeconds);
  }

  private mostAlike(specification: JobSpecification): Timing[] {
    for (const alike of likeness) {
      const timings = this.timings.filter((timing) => alike(timing.specification, specification));
      if (timings.length > 0) return timings;
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
