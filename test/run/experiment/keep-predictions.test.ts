import { keepPredictions } from '../../../src/run/experiment/keep-predictions';
import type { ManifestRowKind } from '../../../src/core/contracts/theory';
import { makeManifest, type GivenPrediction } from '../../support/records';

const of = (architecture: string, ...propositions: string[]): GivenPrediction => ({
  architecture,
  task: 'parity',
  propositions,
});
const manifest = (architectures: string[], predictions?: GivenPrediction[]) =>
  makeManifest({ architectures, baselines: [], tasks: [['parity', 'regular']], predictions });
const kept = (previous: ReturnType<typeof manifest> | null, next: string[], asked: GivenPrediction[]) => {
  const { predictions, propositions } = keepPredictions(previous, manifest(next), manifest([], asked).theory!);
  return [predictions.map(({ architecture }) => architecture), propositions.map(({ id }) => id)];
};

test('what is asked anew takes the place of what was there, and the rest is kept with its propositions', () => {
  const previous = manifest(['lstm', 'gru'], [of('lstm', 'R1', 'R2'), of('gru', 'R2', 'R3')]);
  expect(kept(previous, ['lstm', 'gru'], [of('lstm', 'R4')])).toEqual([
    ['lstm', 'gru'],
    ['R4', 'R2', 'R3'],
  ]);
});

test('what is of another experiment, or of jobs that are others now, is not kept', () => {
  const previous = manifest(['lstm', 'gru'], [of('lstm', 'R1'), of('gru', 'R2')]);
  expect(kept(previous, ['lstm'], [])).toEqual([['lstm'], ['R1']]);
  const changed = { ...previous, cells: previous.cells.map((cell) => ({ ...cell, key: `${cell.key}-of-before` })) };
  expect(kept(changed, ['lstm', 'gru'], [])).toEqual([[], []]);
});

test('what rows are is kept with their predictions', () => {
  const kind = (architecture: string, least: number): ManifestRowKind => ({
    architecture,
    mode: 'direct',
    update: 'scan',
    transition: 'elementwise',
    leastEigenvalue: least,
    softmaxAttention: false,
    externalMemory: null,
  });
  const before = manifest(['lstm', 'gru'], [of('lstm', 'R1'), of('gru', 'R2')]);
  const previous = { ...before, theory: { ...before.theory!, rows: [kind('lstm', 0), kind('gru', 0)] } };
  const asked = { ...manifest([], [of('lstm', 'R1')]).theory!, rows: [kind('lstm', -1)] };
  const { rows } = keepPredictions(previous, manifest(['lstm', 'gru']), asked);
  expect(rows).toEqual([kind('lstm', -1), kind('gru', 0)]);
  expect(keepPredictions(previous, manifest(['lstm']), asked).rows).toEqual([kind('lstm', -1)]);
});

test('manifests without theory keep nothing', () => {
  expect(kept(null, ['lstm'], [of('lstm', 'R1')])).toEqual([['lstm'], ['R1']]);
  expect(kept(manifest(['lstm']), ['lstm'], [])).toEqual([[], []]);
});
