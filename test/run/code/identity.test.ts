import { join } from 'node:path';
import { discover, unitFolders } from '../../../registry/discover';
import { loadPlugin } from '../../../registry/plugins';
import { Registry } from '../../../registry/registry';
import { wrapper } from '../../../registry/units';
import { jobOf } from '../../../src/core/cell';
import type { CellSpecification } from '../../../src/core/contracts/record';
import { differences, differencesFromHere, identified, isIdentified } from '../../../src/run/code/identity';
import { makeSpecification } from '../../support/records';

const registry = discover(new Registry(), ...unitFolders);
const plugins = join(__dirname, '..', '..', 'support', 'registry', 'plugins');
const specification = (changes: Partial<CellSpecification> = {}): CellSpecification => ({
  ...makeSpecification(),
  ...changes,
});
const identity = (changes: Partial<CellSpecification> = {}) =>
  identified(registry, jobOf(specification(changes), [])).specification;
const unit = (id: string) => ({ id, version: 1, hyperparameters: {} });

beforeAll(async () => {
  await loadPlugin(registry, join(plugins, 'echo.ts'));
  await loadPlugin(registry, join(plugins, 'machinery.ts'));
  await loadPlugin(registry, join(plugins, 'watchers.ts'));
});

describe('the code in a specification', () => {
  it('is study and engine where all units are built in', () => {
    expect(identity()).toEqual({ ...specification(), protocol: expect.anything(), studyVersion: 2, engineRevision: 1 });
    expect(isIdentified(identity())).toBe(true);
    expect(isIdentified(specification())).toBe(false);
  });

  it('has no engine where nothing is trained', () => {
    const baseline = identity({ architecture: unit('uniform'), mode: 'baseline', engine: 'none' });
    expect(baseline).not.toHaveProperty('engineRevision');
  });

  it('has the plugins of its task, its engine and its baseline, and of nothing else', () => {
    const echo = { name: 'echo', version: '1.2.3', digest: expect.stringMatching(/^[0-9a-f]{64}$/) };
    const machinery = { name: 'machinery', version: '1.0.0', digest: expect.any(String) };
    expect(identity({ task: unit('echo') }).pluginCode).toEqual([echo]);
    expect(identity({ task: unit('echo'), engine: 'borrowed' }).pluginCode).toEqual([echo, machinery]);
    const baseline = { architecture: unit('first-symbol'), mode: 'baseline', engine: 'none' } as const;
    expect(identity(baseline).pluginCode).toEqual([machinery]);
  });

  it('has the plugin of a probe', () => {
    const watchers = { name: 'watchers', version: '1.0.0', digest: expect.any(String) };
    expect(identity({ probes: [unit('attention-entropy'), unit('weight-norm')] }).pluginCode).toEqual([watchers]);
    expect(identity({ probes: [unit('attention-entropy')] })).not.toHaveProperty('pluginCode');
  });

  it('has the plugin of a wrapper, whose base is built in', () => {
    const digest = '0'.repeat(64);
    const chained = registry.resolve('architecture', 'cot-lstm').unitClass;
    registry.register([wrapper('mine', () => chained)], { origin: 'x', plugin: { name: 'x', version: '1', digest } });
    expect(identity({ architecture: unit('mine-gru') }).pluginCode).toEqual([{ name: 'x', version: '1', digest }]);
  });

  it('moves the key, and is the same when it is asked for again', () => {
    const job = jobOf(specification(), []);
    const once = identified(registry, job);
    expect(once.key).not.toBe(job.key);
    expect(identified(registry, once)).toEqual(once);
  });
});

describe('differences', () => {
  const digests = ['0'.repeat(64), '1'.repeat(64)] as const;
  const plugin = (digest: string, version = '1.0.0') => ({ pluginCode: [{ name: 'mine', version, digest }] });
  const then = { ...specification(), studyVersion: 2, engineRevision: 1 };

  it.each<[string, object, object]>([
    ['lstm went from version 1 to 2', {}, { architecture: { ...unit('lstm'), version: 2 } }],
    ['parity went from version 1 to 3', {}, { task: { ...unit('parity'), version: 3 } }],
    ['the study went from version 2 to 3', {}, { studyVersion: 3 }],
    [
      'weight-norm went from version 1 to 3',
      { probes: [unit('other'), unit('weight-norm')] },
      { probes: [unit('other'), { ...unit('weight-norm'), version: 3 }, unit('new')] },
    ],
    ['the engine onnx went from revision 1 to 2', {}, { engineRevision: 2 }],
    ['the engine onnx went from revision unknown to 1', { engineRevision: undefined }, {}],
    ['plugin mine changed', plugin(digests[0]), plugin(digests[1])],
    ['plugin mine went from 1.0.0 to 1.1.0', plugin(digests[0]), plugin(digests[1], '1.1.0')],
    ['plugin mine got a part in it', {}, plugin(digests[0])],
    ['plugin mine lost its part in it', plugin(digests[0]), {}],
  ])('say that %s', (text, before, after) => {
    expect(differences({ ...then, ...before }, { ...then, ...after })).toEqual([text]);
  });

  it('are none between a job and the code that it was made with', () => {
    expect(differencesFromHere(registry, identity({ task: unit('echo') }))).toEqual([]);
    expect(differencesFromHere(registry, { ...identity(), architecture: { ...unit('lstm'), version: 9 } })).toEqual([
      'lstm went from version 9 to 1',
    ]);
    const probed = { ...identity(), probes: [{ ...unit('attention-entropy'), version: 7 }, unit('weight-norm')] };
    expect(differencesFromHere(registry, { ...probed, pluginCode: identity(probed).pluginCode })).toEqual([
      'attention-entropy went from version 7 to 1',
      'weight-norm went from version 1 to 3',
    ]);
  });
});
