import { createHash } from 'node:crypto';
import { columnOf, rowOf } from '../core/cell';
import type { Job } from '../core/contracts/record';
import { Estimator } from './estimate';

/** One of several parts of the jobs of an experiment: the first of four is 1 of 4. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/**
 * The jobs of one part, in their order. Every job is in exactly one part, and the parts expect about equal times. They are the
 * same on every machine: neither what is finished nor the engine, whose name and revision are in the keys, moves a job.
 */
export function shardOf<J extends Job>(jobs: readonly J[], { index, of }: Shard): J[] {
  const typical = new Estimator();
  const longestFirst = jobs
    .map((job) => ({ job, seconds: typical.cell(job).seconds, place: placeOf(job) }))
    .sort((a, b) => b.seconds - a.seconds || (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  const loads = new Array<number>(of).fill(0);
  const own = new Set<J>();
  for (const { job, seconds } of longestFirst) {
    let least = 0;
    for (let at = 1; at < of; at++) if (loads[at]! < loads[least]!) least = at;
    loads[least]! += seconds;
    if (least === index - 1) own.add(job);
  }
  return jobs.filter((job) => own.has(job));
}

/** As good as drawn: neighbours in a grid take alike, so that an order of names would give whole columns to one part. */
const placeOf = (job: Job): string =>
  createHash('sha1')
    .update(JSON.stringify([rowOf(job), columnOf(job), job.specification.seed]))
    .digest('hex');
