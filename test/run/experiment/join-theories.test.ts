import type { ManifestTheory } from '../../../src/core/contracts/theory';
import { firstOfEach, joinTheories } from '../../../src/run/experiment/join-theories';
import { makeManifest, type GivenPrediction } from '../../support/records';

const theory = (...predictions: GivenPrediction[]): ManifestTheory =>
  makeManifest({ architectures: [], baselines: [], tasks: [], predictions }).theory!;
const of = (architecture: string, task: string, ...propositions: string[]) => ({ architecture, task, propositions });

it('has of each pair what the first says, and the propositions of those alone', () => {
  const joined = joinTheories([
    theory(of('lstm', 'parity', 'R1')),
    theory(of('lstm', 'parity', 'R2'), of('gru', 'parity', 'R3', 'R1')),
  ]);
  expect(joined.predictions.map(({ architecture, propositions }) => [architecture, propositions])).toEqual([
    ['lstm', ['R1']],
    ['gru', ['R3', 'R1']],
  ]);
  expect(joined.propositions.map(({ id }) => id).sort()).toEqual(['R1', 'R3']);
  expect(joined).not.toHaveProperty('rows');
});

it('changes nothing where there is one, and has nothing where there is none', () => {
  const one = theory(of('lstm', 'parity', 'R1'), of('gru', 'dyck-1', 'R2'));
  expect(joinTheories([one, one])).toEqual(one);
  expect(joinTheories([])).toEqual({ propositions: [], predictions: [] });
});

it('takes the first of each name', () => {
  expect(firstOfEach(['ab', 'cd', 'ax'], (text) => text[0]!)).toEqual(['ab', 'cd']);
});
