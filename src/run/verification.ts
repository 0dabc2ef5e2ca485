import type { Job, RecordOf } from '../core/contracts/record';
import type { Rng } from '../core/contracts/random';
import type { RecordWords } from '../core/contracts/study';
import { digestOf } from './store/record-file';

/** What came of measuring a job again, best first. */
export const repetitions = {
  identical: 'the same to the byte',
  'same outcome': 'the same outcome, on another machine or engine',
  'other bytes': 'NOT the same, though machine and engine are',
  'other outcome': 'ANOTHER OUTCOME, on another machine or engine',
  failed: 'could not be measured',
} as const;
/** Name of what came of it. */
export type Repetition = keyof typeof repetitions;

/** Whether a repetition speaks against the record, or says nothing about it. */
export const isSound = (repetition: Repetition): boolean => repetition === 'identical' || repetition === 'same outcome';

/**
 * Two measurements of one job. The same engine on the same processor makes the same bytes, apart from provenance; elsewhere
 * sums round in another way, and what the study says of both must be the same.
 */
export function compared(before: RecordOf, now: RecordOf, tell: (record: RecordOf) => RecordWords): Repetition {
  if (digestOf(before) === digestOf(now)) return 'identical';
  if (machineOf(before) === machineOf(now)) return 'other bytes';
  return tell(before).outcome === tell(now).outcome ? 'same outcome' : 'other outcome';
}

/** What can move bits besides the code: processor, engine with what it is made with, versions. */
const machineOf = ({ specification, provenance: { machine, engine, versions } }: RecordOf): string =>
  JSON.stringify([specification.engine, machine.replace(/, \d+ cores?, .*$/, ''), engine, versions]);

/** So many of the jobs, each as likely as any other, in their order. */
export function sampled<J extends Job>(jobs: readonly J[], count: number, rng: Rng): J[] {
  const drawn = jobs.map((job, at) => ({ job, at, ticket: rng.split(job.key).uniform() }));
  const chosen = drawn.sort((a, b) => a.ticket - b.ticket).slice(0, count);
  return chosen.sort((a, b) => a.at - b.at).map(({ job }) => job);
}
