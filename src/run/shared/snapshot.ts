import { cellLabel } from '../../core/cell';
import { hostOfName } from '../../core/atomic-file';
import { systemClock } from '../../core/clock';
import type { CellPhase } from '../../core/contracts/execution';
import type { Manifest } from '../../core/contracts/manifest';
import type { Job } from '../../core/contracts/record';
import { Estimator, type RunningCell } from '../estimate';
import type { FileStore } from '../store/file-store';
import { Claims, type Claimed } from './claims';

/** A job that somebody measures. */
export interface AtWork {
  readonly key: string;
  readonly cell: string;
  /** Null where its claim does not say. */
  readonly host: string | null;
  readonly processId: number | null;
  readonly phase: CellPhase;
  readonly step?: number;
  readonly steps?: number;
  readonly loss?: number;
  /** Since the last heartbeat. */
  readonly silentSeconds: number;
  /** False where its owner is dead or silent: another will take it. */
  readonly holds: boolean;
  /** Of its training; absent before the second report. */
  readonly secondsLeft?: number;
}

/** What a folder of results that is worked on looks like at one moment. */
export interface Snapshot {
  readonly experiment: string;
  readonly cells: number;
  readonly finished: number;
  readonly failed: readonly { readonly cell: string; readonly message: string }[];
  readonly atWork: readonly AtWork[];
  /** With as many at work as now; null where nobody is. */
  readonly secondsLeft: number | null;
  /** Whether that rests on cells of this folder. */
  readonly measured: boolean;
}

/** Records from which the time left is estimated; reading all of a large folder takes longer than anybody watches. */
const sampledRecords = 60;

/** Looks at a folder: records by their names, and every claim. */
export async function snapshotOf(store: FileStore, manifest: Manifest<Job>): Promise<Snapshot> {
  const jobs = new Map(manifest.cells.map((job) => [job.key, job]));
  const there = new Set(store.recordKeys());
  const finished = [...jobs.keys()].filter((key) => there.has(key));
  const failed = store.failed().filter((key) => jobs.has(key) && !there.has(key));
  const claims = new Claims(store.location).all().filter(({ key }) => jobs.has(key) && !there.has(key));
  const estimator = new Estimator();
  const stride = Math.max(1, Math.ceil(finished.length / sampledRecords));
  for (const key of finished.filter((_, at) => at % stride === 0)) {
    const found = await store.find(jobs.get(key)!);
    if (found.status === 'finished') estimator.learn(found.record);
  }
  const closed = new Set([...there, ...failed, ...claims.map(({ key }) => key)]);
  const waiting = [...jobs.values()].filter(({ key }) => !closed.has(key));
  const holding = claims.filter(({ holds }) => holds);
  const { seconds, measured } = estimator.remaining(
    waiting,
    holding.map((claim) => runningOf(jobs.get(claim.key)!, claim)),
    Math.max(1, holding.length),
  );
  return {
    experiment: manifest.experiment,
    cells: jobs.size,
    finished: finished.length,
    failed: failed.map((key) => {
      const message = store.failureOf({ key })?.message ?? '';
      return { cell: cellLabel(jobs.get(key)!), message: message.split('\n')[0]! };
    }),
    atWork: claims.map((claim) => atWorkOf(jobs.get(claim.key)!, claim)),
    secondsLeft: holding.length > 0 ? seconds : null,
    measured,
  };
}

/** By the clock of its owner and ours, which may differ: it is an estimate. */
const secondsSince = (since: string | undefined): number =>
  since === undefined ? 0 : Math.max(0, (Date.parse(systemClock.timestamp()) - Date.parse(since)) / 1000);

function runningOf(cell: Job, { progress, since }: Claimed): RunningCell {
  const elapsedSeconds = secondsSince(since);
  return {
    cell,
    elapsedSeconds,
    progress,
    ...(progress && { pace: { steps: progress.step, seconds: elapsedSeconds } }),
  };
}

function atWorkOf(job: Job, { key, owner, silent, holds, progress, secondsLeft }: Claimed): AtWork {
  const { phase = 'starting', step, steps, loss } = progress ?? {};
  return {
    key,
    cell: cellLabel(job),
    host: owner && hostOfName(owner.host),
    processId: owner && owner.processId,
    phase,
    step,
    steps,
    loss,
    silentSeconds: Math.max(0, silent / 1000),
    holds,
    ...(secondsLeft !== undefined && { secondsLeft }),
  };
}
