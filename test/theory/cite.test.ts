import { cite, citedPropositions, listed } from '../../src/theory/cite';
import type { Proposition, Theory } from '../../src/theory/proposition';

const one: Proposition = {
  id: 'L1',
  statement: 'It cannot.',
  kind: 'upper bound',
  mark: 'V',
  source: 'a',
  place: 'theorem 1',
  assumptions: [],
};
const known: Theory = {
  propositions: [one, { ...one, id: 'D1', mark: 'D', source: undefined, place: undefined, from: ['L1'] }],
  sources: {
    a: { authors: 'A 2025', identifier: 'arXiv:2501.00001' },
    b: { authors: 'B 2026', title: 'On B' },
  },
};

it('names authors, place and identifier', () => {
  expect(cite(one, known)).toBe('A 2025, theorem 1, arXiv:2501.00001');
});
it('names the title where no identifier was seen', () => {
  expect(cite({ ...one, source: 'b' }, known)).toBe('B 2026, "On B", theorem 1');
});
it('says who summarised what was not read', () => {
  expect(cite({ ...one, mark: 'S', summarisedBy: ['b'] }, known)).toMatch(/arXiv:2501.00001; as summarised by B 2026$/);
});
it('names further sources', () => {
  expect(cite({ ...one, also: [{ source: 'b', place: 'page 1' }] }, known)).toBe(
    'A 2025, theorem 1, arXiv:2501.00001; B 2026, "On B", page 1',
  );
});
it('says what is our derivation, and from what', () => {
  expect(cite(known.propositions[1]!, known)).toBe('our derivation, from L1');
  expect(cite({ ...one, mark: 'D' }, known)).toBe('our derivation');
});
it('lists propositions for the readers of a table, in the order of the files', () => {
  expect(citedPropositions(['D1', 'L1', 'D1'], known)).toEqual([
    { id: 'L1', statement: 'It cannot.', citation: 'A 2025, theorem 1, arXiv:2501.00001', evidence: 'theorem' },
    { id: 'D1', statement: 'It cannot.', citation: 'our derivation, from L1', evidence: 'our derivation' },
  ]);
});
it('joins texts as a sentence does', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
