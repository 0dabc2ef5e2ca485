import { familyBeside, familyOf } from '../../src/studies/family';
import { builtIn } from '../support/experiment';

const registry = builtIn();
const ofTask = (id: string) => familyOf(registry, registry.resolve('task', id));
const ofRow = (id: string) => familyOf(registry, registry.resolve('architecture', id));

test('languages of one module and variants of a task are one family', () => {
  const tomita = [1, 2, 3, 4, 5, 6, 7].map((number) => ofTask(`tomita-${number}`));
  expect(new Set(tomita)).toEqual(new Set(['tomita']));
  expect(ofTask('iterated-squaring-decimal')).toBe('iterated-squaring');
  expect(ofTask('regex:(ab)*')).toBe('regex');
  expect([ofTask('parity'), ofTask('k-parity')]).toEqual(['parity', 'k-parity']);
});

test('a wrapped row is of the family of its base', () => {
  expect(ofRow('lstm')).toBe('lstm');
  expect(ofRow('cot-lstm')).toBe('lstm');
});

test('a manifest says only what the name does not tell', () => {
  const beside = (id: string, shown = id) => familyBeside(registry, registry.resolve('task', id), shown);
  expect(beside('parity')).toEqual({});
  expect(beside('mqar', 'mqar{keys=32}')).toEqual({});
  expect(beside('tomita-1')).toEqual({ family: 'tomita' });
  expect(beside('parity', 'my-parity')).toEqual({ family: 'parity' });
});
