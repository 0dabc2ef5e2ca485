import fc from 'fast-check';
import { jobOf } from '../../src/core/cell';
import type { Job } from '../../src/core/contracts/record';
import { Protocol } from '../../src/core/protocol';
import { Estimator } from '../../src/run/estimate';
import { shardOf } from '../../src/run/shard';
import { makeSpecification } from '../support/records';

const names = fc.constantFrom('lstm', 'gru', 'transformer', 'mamba', 'rwkv-7');
const job = fc
  .record({
    architecture: names,
    task: fc.constantFrom('parity', 'reversal', 'brackets', 'sorting'),
    seed: fc.integer({ min: 1, max: 5 }),
    baseline: fc.boolean(),
    steps: fc.constantFrom(100, 1000, 5000),
  })
  .map(({ steps, ...given }): Job => {
    const specification = makeSpecification(given);
    return jobOf({ ...specification, protocol: Object.assign(new Protocol(), { steps }) }, []);
  });
const jobs = fc.uniqueArray(job, { selector: ({ key }) => key, maxLength: 60 });
const parts = fc.integer({ min: 1, max: 20 });
const all = (some: readonly Job[], of: number) =>
  Array.from({ length: of }, (_, at) => shardOf(some, { index: at + 1, of }));
const keysOf = (some: readonly Job[]) => some.map(({ key }) => key);

it('puts every job into exactly one part, in their order', () => {
  fc.assert(
    fc.property(jobs, parts, (some, of) => {
      const shards = all(some, of);
      expect(keysOf(shards.flat()).sort()).toEqual(keysOf(some).sort());
      for (const shard of shards) expect(shard).toEqual(some.filter((each) => shard.includes(each)));
    }),
  );
});

it('expects about as much of each part: no two differ by more than the longest job', () => {
  const typical = new Estimator();
  const seconds = (some: readonly Job[]) => some.reduce((sum, each) => sum + typical.cell(each).seconds, 0);
  fc.assert(
    fc.property(jobs, parts, (some, of) => {
      const loads = all(some, of).map(seconds);
      const longest = Math.max(0, ...some.map((each) => seconds([each])));
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(longest + 1e-9);
    }),
  );
});

it('parts alike whatever the order of jobs, and whatever engine is to train them', () => {
  const question = ({ specification: { architecture, task, seed, mode, protocol } }: Job) =>
    JSON.stringify([architecture, task, seed, mode, protocol]);
  const sorted = (shards: Job[][]) => shards.map((shard) => shard.map(question).sort());
  const withEngine = ({ specification, plugins }: Job) =>
    specification.engine === 'none'
      ? jobOf(specification, plugins)
      : jobOf({ ...specification, engine: 'native', engineRevision: 7 }, plugins);
  const unlike = fc.uniqueArray(job, {
    selector: ({ specification: { architecture, task, seed } }) => `${architecture?.id} ${task?.id} ${seed}`,
    maxLength: 60,
  });
  fc.assert(
    fc.property(unlike, parts, (some, of) => {
      const shards = sorted(all(some, of));
      expect(sorted(all(some.toReversed(), of))).toEqual(shards);
      expect(sorted(all(some.map(withEngine), of))).toEqual(shards);
    }),
  );
});
