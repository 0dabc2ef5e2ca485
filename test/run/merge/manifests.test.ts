import fc from 'fast-check';
import type { Manifest } from '../../../src/core/contracts/manifest';
import type { Job } from '../../../src/core/contracts/record';
import { cellKey, jobOf } from '../../../src/core/cell';
import { mergeManifests } from '../../../src/run/merge/manifests';
import { makeManifest, type GivenManifest } from '../../support/records';

const keyed = (given: GivenManifest): Manifest => {
  const manifest = makeManifest(given);
  return { ...manifest, cells: manifest.cells.map((cell) => ({ ...cell, key: cellKey(cell.specification) })) };
};
const merged = (...manifests: Manifest<Job>[]) =>
  mergeManifests(manifests.map((manifest, at) => ({ name: `folder ${at + 1}`, manifest })));
const keysOf = ({ cells }: Pick<Manifest<Job>, 'cells'>) => cells.map(({ key }) => key).sort();

it('has the rows, columns and cells of all, each once', () => {
  const subset = <T>(...values: T[]) => fc.subarray(values, { minLength: 1 });
  const given = fc.record({
    architectures: subset('lstm', 'gru', 'transformer'),
    baselines: subset('uniform', 'oracle'),
    tasks: subset<[string, string]>(['parity', 'regular'], ['reversal', 'deterministic-context-free']),
    seeds: subset(1, 2, 3),
  });
  fc.assert(
    fc.property(fc.array(given, { minLength: 1, maxLength: 4 }), (all) => {
      const manifests = all.map(keyed);
      const { manifest, notes } = merged(...manifests);
      expect(notes).toEqual([]);
      expect(keysOf(manifest)).toEqual([...new Set(manifests.flatMap(keysOf))].sort());
      const ids = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id).sort();
      const once = (values: readonly string[]) => [...new Set(values)].sort();
      expect(ids(manifest.architectures)).toEqual(once(manifests.flatMap(({ architectures }) => ids(architectures))));
      expect(ids(manifest.tasks)).toEqual(once(manifests.flatMap(({ tasks }) => ids(tasks))));
      expect(merged(manifest, ...manifests).manifest).toEqual(manifest);
    }),
  );
});

it('is the manifest of one where all are the same, theory and costs included', () => {
  const plain = keyed({ predictions: [{ architecture: 'lstm', task: 'parity', propositions: ['a'] }] });
  const kind = { mode: 'direct', update: 'sequential', transition: null, leastEigenvalue: null } as const;
  const rows = [{ architecture: 'lstm', ...kind, softmaxAttention: false, externalMemory: null }];
  const manifest = {
    ...plain,
    theory: { ...plain.theory!, rows },
    experimentFingerprint: 'f'.repeat(64),
    costs: [{ architecture: 'lstm', task: 'parity', parameters: 1, state: 2, flops: 3, tokensPerAnswer: 4 }],
  };
  expect(merged(manifest, manifest, manifest).manifest).toEqual(manifest);
  expect(merged(manifest, { ...manifest, experimentFingerprint: '0'.repeat(64) }).manifest).toEqual({
    ...manifest,
    experimentFingerprint: undefined,
  });
});

it('joins what theory says, what cells cost, and drops a pair that does not apply where another has its cell', () => {
  const reason = 'it has no trace';
  const one = keyed({
    architectures: ['lstm'],
    inapplicable: [{ architecture: 'cot-lstm', task: 'parity', reason }],
    predictions: [{ architecture: 'lstm', task: 'parity', propositions: ['a', 'b'] }],
  });
  const two = keyed({
    architectures: ['gru', 'cot-lstm'],
    inapplicable: [{ architecture: 'gru', task: 'reversal', reason }],
    predictions: [
      { architecture: 'gru', task: 'parity', propositions: ['b', 'c'] },
      { architecture: 'lstm', task: 'parity', propositions: ['d'] },
    ],
  });
  const { theory, inapplicable } = merged(one, two).manifest;
  expect(theory!.predictions.map(({ architecture, propositions }) => [architecture, propositions])).toEqual([
    ['lstm', ['a', 'b']],
    ['gru', ['b', 'c']],
  ]);
  expect(theory!.propositions.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(inapplicable).toEqual([{ architecture: 'gru', task: 'reversal', reason }]);
});

it('leaves cells out that a folder before asks for otherwise, and says how they differ', () => {
  const one = keyed({ architectures: ['lstm', 'gru'], tasks: [['parity', 'regular']], baselines: [] });
  const byNative = {
    ...one,
    cells: one.cells.map(({ specification }) => jobOf({ ...specification, engine: 'native' }, [])),
  };
  const both = merged(one, byNative);
  expect(both.manifest.cells).toEqual(one.cells);
  expect(both.notes).toEqual([
    '2 cells of folder 2 not taken (lstm x parity, gru x parity): asked for otherwise by a folder named before it: ' +
      'the engine native instead of onnx.',
  ]);
  expect(merged(byNative, one).manifest.cells).toEqual(byNative.cells);
});

it('refuses folders of different studies', () => {
  const other = { ...keyed({}), study: 'matching' };
  expect(() => merged(keyed({}), other)).toThrow(
    'folder 1 has results of the study "capability" and folder 2 of "matching"',
  );
});
