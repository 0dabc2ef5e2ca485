import { tokens } from '../../registry/container';
import { discover, expectUnits, indexOfUnits, unitFolders } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { unitKinds, type RegisteredUnit } from '../../registry/units';

const discovered = discover(new Registry(), ...unitFolders);
const index = indexOfUnits();

/** A registry that has loaded nothing yet, and the files that it loads. */
function expecting() {
  const registry = new Registry();
  const register = jest.spyOn(registry, 'register');
  expectUnits(registry, index, unitFolders);
  return { registry, loaded: () => register.mock.calls.map(([, { origin }]) => origin) };
}
const shown = ({ id, origin, pages }: RegisteredUnit) => [id, origin, pages];

it('loads a module when a unit of it is asked for, and once', () => {
  const { registry, loaded } = expecting();
  expect(loaded()).toEqual([]);
  expect(registry.find('task', 'parity')!.meta.title).toBe(discovered.find('task', 'parity')!.meta.title);
  expect(registry.find('task', 'parity')).toBe(registry.find('task', 'parity'));
  expect(loaded()).toEqual(['tasks/parity.ts']);
});

it.each(unitKinds)('knows every %s where all are asked for, as if all had been loaded', (kind) => {
  const { registry } = expecting();
  expect(registry.all(kind).map(shown)).toEqual(discovered.all(kind).map(shown));
  expect(registry.names(kind)).toEqual(discovered.names(kind));
});

it.each(unitKinds)('has every %s in its container, loaded or not', (kind) => {
  const listed = expecting().registry.container.resolveAll<RegisteredUnit>(tokens[kind]);
  expect(listed.map(({ id }) => id).sort()).toEqual(discovered.all(kind).map(({ id }) => id));
});

it('wraps rows and reads names of families', () => {
  const { registry, loaded } = expecting();
  expect(registry.find('architecture', 'cot-gru')!.origin).toBe(discovered.find('architecture', 'cot-gru')!.origin);
  expect(registry.find('task', 'regex:(ab)*')!.stands).toEqual(discovered.find('task', 'regex:(ab)*')!.stands);
  expect(loaded()).not.toContain('tasks/parity.ts');
  expect(expecting().registry.familyNames().sort()).toEqual(discovered.familyNames().sort());
});

it('tells the nearest names of what nobody knows', () => {
  expect(() => expecting().registry.resolve('task', 'partiy')).toThrow(/parity/);
  expect(() => expecting().registry.resolve('architecture', 'lstn')).toThrow(/lstm/);
});

it('counts the same class once, and refuses another of its name', () => {
  const { meta, unitClass, kind } = discovered.find('task', 'parity')!;
  const { registry } = expecting();
  expect(registry.register([unitClass], { origin: 'elsewhere' })).toEqual([]);
  const other = class {};
  Object.defineProperty(other, Symbol.for('chomsky-zoo/unit'), { value: { kind, meta, unitClass: other } });
  expect(() => expecting().registry.register([other], { origin: 'elsewhere' })).toThrow(
    expect.objectContaining({ code: 'duplicate-unit' }),
  );
});
