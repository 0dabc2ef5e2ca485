import fc from 'fast-check';
import { discover, unitFolders } from '../../registry/discover';
import { metaProblems } from '../../registry/meta-rules';
import { Registry } from '../../registry/registry';
import { architecture, task, unitKinds, view, type RegisteredUnit, type UnitKind } from '../../registry/units';

const registry = discover(new Registry(), ...unitFolders);
const units = unitKinds.flatMap((kind): RegisteredUnit[] => registry.all(kind));
const texts = (kind: RegisteredUnit['kind'], meta: unknown) => metaProblems(kind, meta).map(({ text }) => text);

class NothingToSet {}
const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };
const row = {
  id: 'row',
  version: 1,
  title: 'Row',
  year: 2026,
  summary: 'A row.',
  reference,
  capabilities: { causal: true },
  hyperparameters: NothingToSet,
};
const register = (unit: unknown) => new Registry().register([unit], { origin: 'plugin p@1.0.0', file: '/my/p.ts' });
const decorated = (meta: object) => architecture(meta as never)(class Row {} as never);

it('has no word against any unit of the zoo, of every kind', () => {
  expect(new Set(units.map(({ kind }) => kind)).size).toBe(unitKinds.length);
  for (const { kind, meta } of units) expect(texts(kind, meta)).toEqual([]);
});

const optional = /^(mode|claims|variantOf|otherNames|usesSolver|automatic|contradiction|place|conjectured|theory)$/;
const optionalOf: Partial<Record<UnitKind, readonly string[]>> = {
  task: ['hyperparameters'],
  plot: ['by'],
  probe: ['hyperparameters', 'reference'],
  intervention: ['hyperparameters', 'reference'],
  executor: ['settings'],
};
/** Every unit with each key that has to be there. */
const required = units.flatMap(({ kind, id, meta }) =>
  Object.entries(meta)
    .filter(([key]) => !optional.test(key) && !optionalOf[kind]?.includes(key))
    .map(([key, value]) => ({ kind, id, meta, key, value: value as unknown })),
);

it('misses every key that has to be there, and takes no other value for it', () => {
  for (const { kind, id, meta, key, value } of required) {
    const { [key as keyof typeof meta]: _, ...others } = meta;
    expect([id, ...texts(kind, others)]).toContainEqual(
      expect.stringMatching(new RegExp(`^${key} is undefined: must be`)),
    );
    const other = typeof value === 'number' ? 'much' : 17;
    expect([id, ...texts(kind, { ...meta, [key]: other })]).toEqual([id, expect.stringContaining(`${key} is `)]);
  }
});

it('refuses every key that it does not know', () => {
  fc.assert(
    fc.property(fc.constantFrom(...required), fc.string({ minLength: 1 }), ({ kind, meta, key, value }, letters) => {
      const { [key as keyof typeof meta]: _, ...others } = meta;
      const misspelt = `${key}${letters}`;
      if (misspelt in Object.prototype || Object.hasOwn(meta, misspelt)) return;
      expect(texts(kind, { ...others, [misspelt]: value })).toHaveLength(2);
      expect(metaProblems(kind, { ...others, [`${key}x`]: value })[0]!.nearest[0]).toBe(key);
    }),
  );
});

it.each<[string, object, string[], string[]]>([
  ['a missing year', { ...row, year: undefined }, ['year is undefined: must be a year, such as 1997'], []],
  ['a year as a text', { ...row, year: '1997' }, ['year is "1997": must be a year, such as 1997'], []],
  [
    'a misspelt key, and so the missing one',
    (({ capabilities, ...others }) => ({ ...others, capabilites: capabilities }))(row),
    [
      'capabilites is not a key here; keys are id, version, title, year, summary, reference, capabilities, mode, ' +
        'hyperparameters, claims, variantOf, otherNames, theory',
      'capabilities is undefined: must be an object',
    ],
    ['capabilities'],
  ],
  [
    'a key within a key',
    { ...row, capabilities: { casual: true } },
    [
      'capabilities.casual is not a key here; keys are causal',
      'capabilities.causal is undefined: must be true or false',
    ],
    ['causal'],
  ],
  [
    'a claim',
    { ...row, claims: [{ task: 'parity', range: 'inrange', atLeast: 95, reference }] },
    [
      'claims[0].range is "inrange": must be one of inRange, near, far',
      'claims[0].atLeast is 95: must be a number from 0 to 1',
    ],
    ['inRange'],
  ],
  [
    'a class that cannot be made',
    {
      ...row,
      hyperparameters: class Hard {
        constructor() {
          throw new Error('no');
        }
      },
    },
    ['hyperparameters is Hard(), which cannot be made: no'],
    [],
  ],
  ['a name', { ...row, id: 'My Row' }, ['id is "My Row": must be lower-case words joined by hyphens'], []],
])('%s is told with what is nearest', (_, meta, expected, nearest) => {
  const problems = metaProblems('architecture', meta);
  expect(problems.map(({ text }) => text)).toEqual(expected);
  expect(problems.flatMap((problem) => problem.nearest)).toEqual(expect.arrayContaining(nearest));
});

it('is asked where a unit is registered: the error names kind, unit and file', () => {
  const { year, ...aged } = row;
  expect(year).toBe(2026);
  expect(() => register(decorated(aged))).toThrow(
    /^The architecture "row" \(\/my\/p\.ts\) says something wrong of itself:\n {2}- year is undefined/,
  );
  expect(() => register(decorated({}))).toThrow(/^The architecture "Row" \(/);
  expect(() => register(task({ id: 'a' } as never)(class {} as never))).toThrow(/^The task "a"/);
  expect(() => register(view({ of: 'matrix', format: 'x', title: '', summary: 'a' })(class {} as never))).toThrow(
    /^The view "matrix-x" .*\n {2}- title is "": must be a text that is not empty/,
  );
  expect(register(decorated(row))).toHaveLength(1);
});
