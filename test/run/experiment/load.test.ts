import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { discover } from '../../../registry/discover';
import {
  findExperiment,
  readExperiment,
  shippedExperiments,
  understandExperiment,
} from '../../../src/run/experiment/load';
import { builtIn, loadExperiment } from '../../support/experiment';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-experiment-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const file = (text: string): string => {
  writeFileSync(join(folder, 'my.json'), text);
  return join(folder, 'my.json');
};
const plain = { architectures: ['lstm'], tasks: ['parity'] };

it('fills in what a file leaves out', () => {
  const { experiment } = loadExperiment(file(JSON.stringify(plain)));
  expect(experiment).toMatchObject({ name: 'my', seeds: [1], plugins: [], protocol: { steps: 1000 } });
});

it('lays settings over protocol and hyperparameters', () => {
  const { experiment } = loadExperiment(file(JSON.stringify(plain)), [
    'protocol.steps=7',
    'lstm.hiddenSize=16',
    'protocol.optimiser.beta1=0.5',
  ]);
  expect(experiment.protocol).toMatchObject({ steps: 7, optimiser: { beta1: 0.5 } });
  expect(experiment.architectures[0]!.hyperparameters).toEqual({ hiddenSize: 16 });
});

it.each([
  ['name.first=x', /nothing called "name" in this experiment/],
  ['protocol.stesp=7', /my\.json with --set: protocol\.stesp is not a key here[^]*Did you mean steps/],
  ['lsmt.hiddenSize=7', /nothing called "lsmt" in this experiment[^]*Did you mean lstm/],
  ['protocol', /is not of the form path=value/],
  ['protocol.steps=many', /protocol\.steps is "many": /],
])('--set %s is refused', (setting, message) => {
  expect(() => loadExperiment(file(JSON.stringify(plain)), [setting])).toThrow(message);
});

it('says where a file is not JSON', () => {
  expect(() => loadExperiment(file('{\n  "name": "x",\n}'))).toThrow(/my\.json, line 3, column 1: this is not JSON: /);
});

it('says what is wrong with a file that is none', () => {
  expect(() => loadExperiment(join(folder, 'absent.json'))).toThrow('There is no file');
  expect(() => loadExperiment(folder)).toThrow('cannot be read: it is a folder');
  expect(() => loadExperiment(file('[1]'))).toThrow('an experiment must be an object');
});

describe('findExperiment', () => {
  it('takes a path, a name in the working folder, then one that comes with the package', () => {
    file('{}');
    mkdirSync(join(folder, 'experiments'));
    writeFileSync(join(folder, 'experiments', 'own.json'), '{}');
    expect(findExperiment('my.json', folder)).toBe(join(folder, 'my.json'));
    expect(findExperiment('own', folder)).toBe(join(folder, 'experiments', 'own.json'));
    expect(findExperiment('quick', folder)).toMatch(/experiments.quick\.json$/);
    expect(findExperiment('experiments/quick.json', folder)).toMatch(/experiments.quick\.json$/);
  });

  it('answers an unknown name with the nearest', () => {
    expect(() => findExperiment('smok', folder)).toThrow(/no file smok[^]*Did you mean smoke/);
  });
});

it.each(shippedExperiments())('%s, which comes with the package, can be expanded', (name) => {
  const registry = discover(builtIn(), 'studies', 'probes', 'interventions');
  const { study, experiment, file } = understandExperiment(registry, readExperiment(findExperiment(name, folder)));
  const manifest = registry.create(study).expand(experiment, { file, engine: 'onnx', plugins: [] });
  expect(manifest.cells.length).toBeGreaterThan(0);
  expect(experiment.name).toBe(name);
});

it('a file may name its JSON Schema, which is nothing to what it means', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'zoo-schema-')), 'mine.json');
  writeFileSync(file, JSON.stringify({ $schema: './s.json', architectures: ['lstm'], tasks: ['parity'] }));
  expect(readExperiment(file).plain).toEqual({ name: 'mine', architectures: ['lstm'], tasks: ['parity'] });
  rmSync(dirname(file), { recursive: true });
});
