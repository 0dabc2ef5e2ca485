import { parseSetting, applySettings } from '../../../src/run/experiment/settings';
import { overlaid } from '../../../src/core/overlay';

it.each([
  ['a.b=1', ['a', 'b'], 1],
  ['a=true', ['a'], true],
  ['a=[1,2]', ['a'], [1, 2]],
  ['a="1"', ['a'], '1'],
  ['a=text', ['a'], 'text'],
  ['a=b=c', ['a'], 'b=c'],
  ['a=', ['a'], ''],
])('%s sets %j to %j', (setting, path, value) => {
  expect(parseSetting(setting)).toEqual({ path, value });
});

it('sets hyperparameters of the labelled row alone, or of every row of the id', () => {
  const experiment = {
    architectures: [{ id: 'lstm' }, { id: 'lstm', label: 'wide' }],
    tasks: [{ id: 'parity' }],
  };
  expect(applySettings(experiment, ['wide.hiddenSize=9']).architectures).toEqual([
    { id: 'lstm' },
    { id: 'lstm', label: 'wide', hyperparameters: { hiddenSize: 9 } },
  ]);
  const both = applySettings(experiment, ['lstm.hiddenSize=9']).architectures as {
    hyperparameters: object;
  }[];
  expect(both.map(({ hyperparameters }) => hyperparameters)).toEqual([{ hiddenSize: 9 }, { hiddenSize: 9 }]);
  expect(experiment.architectures[0]).toEqual({ id: 'lstm' });
});

it('sets hyperparameters of a probe', () => {
  const experiment = {
    architectures: [{ id: 'lstm' }],
    probes: [{ id: 'entropy', hyperparameters: { rows: 'all', a: 1 } }],
  };
  expect(applySettings(experiment, ['entropy.rows=scored']).probes).toEqual([
    { id: 'entropy', hyperparameters: { rows: 'scored', a: 1 } },
  ]);
});

it('overlays objects key by key and replaces lists', () => {
  expect(overlaid({ a: { b: 1, c: 2 }, d: [1, 2] }, { a: { c: 3 }, d: [4], e: 5 })).toEqual({
    a: { b: 1, c: 3 },
    d: [4],
    e: 5,
  });
  expect(overlaid({ a: 1 }, undefined)).toEqual({ a: 1 });
});

it.each(['__proto__', 'constructor', 'toString'])('%s is the key of nothing', (key) => {
  expect(() => parseSetting(`protocol.${key}.x=1`)).toThrow(`"${key}" is not a key of anything`);
});
