import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { discover, unitFolders } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import { experimentSchema } from '../../../src/run/experiment/schema';

const registry = discover(new Registry(), ...unitFolders);
const validate = new Ajv({ allErrors: true, strictTypes: false }).compile(experimentSchema(registry));
const folder = join(__dirname, '..', '..', '..', 'experiments');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

it('is strict enough for a validator that refuses what is unclear', () => {
  expect(() => new Ajv({ strict: true, strictTypes: false }).compile(experimentSchema(registry))).not.toThrow();
});

it.each(files)('holds the shipped experiment %s', (file) => {
  validate(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  expect(validate.errors).toBeNull();
});

const whole = { name: 'mine', architectures: ['lstm'], tasks: ['parity'] };
it.each<[string, object]>([
  ['short forms', { seeds: 3, match: { parameters: '64k' } }],
  ['a schema of its own', { $schema: './experiment.schema.json' }],
  [
    'patterns, levels and families',
    { architectures: ['*lstm', 'family:deltanet'], tasks: ['level:counter', 'tomita-*'] },
  ],
  ['names of what a user writes', { tasks: ['regex:(ab)*', 'grammar:mine.bnf'] }],
  ['wrapped rows', { architectures: ['cot-gru', { id: 'filler-lstm', hyperparameters: { hiddenSize: 8 } }] }],
  ['hyperparameters', { architectures: [{ id: 'transformer', hyperparameters: { layers: 1, positions: 'none' } }] }],
  [
    'parts of a protocol',
    { protocol: { heldOut: { stopAt: null } }, overrides: [{ only: 'lstm', protocol: { steps: 5 } }] },
  ],
  [
    'a finite training set, or none',
    { protocol: { trainingSequences: 9 }, overrides: [{ only: 'lstm', protocol: { trainingSequences: null } }] },
  ],
  ['a sweep', { sweep: { 'task.vocabulary': [16, 32], 'protocol.trainingSequences': [100, null] } }],
  ['rows with seeds of their own', { architectures: [{ id: 'lstm', seeds: 2, tasks: ['par*'], label: 'l' }] }],
  ['probes', { probes: ['attention-entropy'] }],
  ['a probe with settings', { probes: [{ id: 'attention-entropy', hyperparameters: { rows: 'scored' } }] }],
  ['another study', { study: 'rounding', repeats: 3 }],
])('takes %s', (_, part) => {
  validate({ ...whole, ...part });
  expect(validate.errors).toBeNull();
});

it.each<[string, object]>([
  ['a misspelt key', { architecture: ['lstm'] }],
  ['a misspelt row', { architectures: ['lsmt'] }],
  ['a misspelt column', { tasks: ['partiy'] }],
  ['a misspelt baseline', { baselines: ['oracel'] }],
  ['a misspelt id in an entry', { architectures: [{ id: 'lsmt' }] }],
  ['a misspelt hyperparameter', { architectures: [{ id: 'lstm', hyperparameters: { hiddenSise: 8 } }] }],
  ['a hyperparameter of another unit', { architectures: [{ id: 'cot-gru', hyperparameters: { heads: 2 } }] }],
  ['a hyperparameter of a unit that has none', { tasks: [{ id: 'parity', hyperparameters: { modulus: 2 } }] }],
  ['a value out of range', { tasks: [{ id: 'z-m', hyperparameters: { modulus: 1 } }] }],
  ['a value that is no integer', { protocol: { steps: 1.5 } }],
  ['a misspelt protocol key', { protocol: { step: 5 } }],
  ['a misspelt key deep within', { overrides: [{ only: 'lstm', protocol: { heldOut: { evry: 5 } } }] }],
  ['a wrapper around what sees ahead', { architectures: ['cot-transformer-encoder'] }],
  ['a misspelt probe', { probes: ['attention-entropie'] }],
  ['a misspelt setting of a probe', { probes: [{ id: 'attention-entropy', hyperparameters: { row: 'all' } }] }],
  ['no probes', { probes: [] }],
  ['an unknown study', { study: 'capabilities' }],
  ['a key of another study', { repeats: 3 }],
  ['an unknown level', { tasks: ['level:countre'] }],
  ['no rows', { architectures: [] }],
  ['two budgets', { match: { parameters: 5, state: 5 } }],
  ['no training sequences', { protocol: { trainingSequences: 0 } }],
  ['a sweep without values', { sweep: { 'task.vocabulary': [] } }],
  ['a sweep of objects', { sweep: { 'protocol.optimiser': [{}] } }],
  ['no seeds', { seeds: 0 }],
])('refuses %s', (_, part) => expect(validate({ ...whole, ...part })).toBe(false));

it('refuses an experiment without columns', () => expect(validate({ architectures: ['lstm'] })).toBe(false));
