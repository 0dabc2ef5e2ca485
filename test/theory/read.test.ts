import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { theoryFolder } from '../../src/theory/propositions';
import { readTheory } from '../../src/theory/read';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-theory-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sources = { 'nobody-2026': { authors: 'Nobody 2026', identifier: 'arXiv:2601.00001' } };
const bound = {
  id: 'L1',
  statement: 'No such row computes such a column.',
  kind: 'upper bound',
  concludes: 'cannot',
  mark: 'V',
  source: 'nobody-2026',
  place: 'theorem 1',
  assumptions: ['finite precision'],
  cases: [{ row: { update: 'scan' }, column: { evenCycle: true } }],
};
const read = (...propositions: readonly object[]) => {
  writeFileSync(join(folder, 'sources.json'), JSON.stringify(sources));
  writeFileSync(join(folder, 'bounds.json'), JSON.stringify({ propositions }));
  return readTheory(folder);
};

it('reads propositions with their sources', () => {
  expect(read(bound)).toEqual({ propositions: [bound], sources });
});

it('reads those of the zoo: no mark from memory, every one cited or a derivation of ours, every sentence a sentence', () => {
  const { propositions, sources: cited } = readTheory(theoryFolder);
  expect(propositions.length).toBeGreaterThan(50);
  for (const { mark, source, statement, assumptions } of propositions) {
    expect(['V', 'S', 'D']).toContain(mark);
    expect(source === undefined).toBe(mark === 'D');
    expect(statement).toMatch(/^[A-Z].*\.$/);
    expect(assumptions.filter((each) => /\.$/.test(each))).toEqual([]);
  }
  const used = new Set(
    propositions.flatMap(({ source, also = [], summarisedBy = [] }) => [
      source,
      ...also.map((other) => other.source),
      ...summarisedBy,
    ]),
  );
  expect(Object.keys(cited).filter((id) => !used.has(id))).toEqual([]);
});

it('names no text that readers do not have', () => {
  for (const file of readdirSync(theoryFolder)) {
    expect(readFileSync(join(theoryFolder, file), 'utf8')).not.toMatch(/\.md\b|\[\d+\]|published\.md|studies\.md/);
  }
});

const withCase = (change: object) => ({ ...bound, cases: [{ ...bound.cases[0]!, ...change }] });

it.each([
  ['what is only remembered', { ...bound, mark: 'M' }, 'propositions[0].mark is "M": one of V (read), S'],
  ['a proposition without a mark', { ...bound, mark: undefined }, 'propositions[0].mark'],
  ['a proposition without a citation', { ...bound, source: undefined }, 'names its source and the place in it'],
  ['a proposition without a place', { ...bound, place: undefined }, 'names its source and the place in it'],
  ['a source that is not in the list', { ...bound, source: 'grazzi' }, 'sources.json has no source grazzi'],
  ['a derivation that is cited', { ...bound, mark: 'D' }, 'a derivation of ours has no source'],
  ['a summary by nobody', { ...bound, mark: 'S' }, 'summarisedBy is for the mark S, which needs it'],
  ['a summary by an unknown', { ...bound, mark: 'S', summarisedBy: ['x'] }, 'sources.json has no source x'],
  ['a case without a conclusion', { ...bound, concludes: undefined }, 'come together'],
  ['a conclusion without a case', { ...bound, cases: undefined }, 'come together'],
  ['a law that does not say so', { ...bound, kind: 'length generalisation' }, 'strength is for length generalisation'],
  ['a bound that is a law', { ...bound, strength: 'empirical law' }, 'strength is for length generalisation'],
  ['what rests on nothing', { ...bound, from: ['L9'] }, 'it rests on L9, which there is not'],
  ['a property of no row', withCase({ row: { updates: 'scan' } }), 'cases[0].row.updates: there is no such property'],
  ['a property of no column', withCase({ column: { even: true } }), 'column.even: there is no such property'],
  ['a value of no row', withCase({ row: { update: 'parallel' } }), '"parallel" is no value of it'],
  ['a size that is no comparison', withCase({ sizes: ['units > 3'] }), '"units > 3" is no formula'],
  ['a size of nothing', withCase({ sizes: ['units >= words'] }), 'words is no number of a row or column'],
  ['a length of nothing', withCase({ binds: '32 * words' }), 'words is no number of a row or column'],
  ['a misspelt key', withCase({ columns: {} }), 'propositions[0].cases[0].columns is not a key here'],
  ['a note', { ...bound, statement: 'no sentence' }, 'one sentence that ends with a full stop'],
])('refuses %s, naming file and place', (_, proposition, problem) => {
  expect(() => read(proposition)).toThrow(problem);
  expect(() => read(proposition)).toThrow('bounds.json');
});

it('refuses an id that is there twice, in two files too', () => {
  expect(() => read(bound, bound)).toThrow('L1: the id is there twice');
  cpSync(join(folder, 'bounds.json'), join(folder, 'others.json'));
  expect(() => read(bound)).toThrow('L1: the id is there twice');
});
