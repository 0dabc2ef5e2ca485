import { keepSeeds } from '../../../src/run/experiment/keep-seeds';
import type { Manifest } from '../../../src/core/contracts/manifest';
import type { Job } from '../../../src/core/contracts/record';
import { builtIn, expand } from '../../support/experiment';

const registry = builtIn();
const manifest = (seeds: number[], steps = 5) =>
  expand(registry, { architectures: ['lstm'], tasks: ['parity'], seeds, protocol: { steps } });
const trained = ({ cells }: Manifest<Job>) =>
  cells.flatMap(({ specification: { mode, seed } }) => (mode === 'direct' ? seed : []));

it('loses no seed of an earlier run', () => {
  expect(trained(keepSeeds(manifest([1, 2, 3]), manifest([1, 5])))).toEqual([1, 5, 2, 3]);
  expect(trained(keepSeeds(null, manifest([1])))).toEqual([1]);
});

it('drops what is no longer the same measurement', () => {
  expect(trained(keepSeeds(manifest([1, 2, 3], 5), manifest([1], 6)))).toEqual([1]);
});
