import {
  cut,
  cutName,
  percent,
  scoreSentence,
  thousands,
  wrapName,
} from '../../../../src/studies/capability/drawing/wording';
import { makeMatrix, smallMatrix } from '../../../support/matrix';

test.each([
  [1, '100'],
  [0.9999, '99'],
  [0.995, '99'],
  [0.994, '99'],
  [0.5, '50'],
  [0.004, '0'],
  [0, '0'],
])('%p is %p percent: 100 means every single one', (share, text) => expect(percent(share)).toBe(text));

test('sentences say what was measured and with how many seeds', () => {
  expect(scoreSentence(smallMatrix(), 'exact')).toBe('exact match in %, one seed');
  const seeds = (list: number[]) =>
    scoreSentence(
      makeMatrix(
        { seeds: [1, 2, 3] },
        list.flatMap((seed) => [
          { seed, inRange: 1 },
          { task: 'reversal', inRange: 1 },
        ]),
      ),
      'token',
    );
  expect(seeds([1, 2, 3])).toBe('token accuracy in %, median of 1 to 3 seeds');
  expect(seeds([1, 2])).toBe('token accuracy in %, lower median of 1 to 2 seeds');
  expect(scoreSentence(makeMatrix({}, []), 'exact')).toBe('exact match in %');
});

test('large counts have separators', () => {
  expect([0, 999, 1000, 25_317, 1_000_000].map(thousands)).toEqual(['0', '999', '1,000', '25,317', '1,000,000']);
});

test('names break at hyphens; what still does not fit is cut', () => {
  expect(wrapName('parity', 14)).toEqual(['parity']);
  expect(wrapName('deterministic-context-free', 14)).toEqual(['deterministic-', 'context-free']);
  expect(wrapName('deterministic-context-free', 26)).toEqual(['deterministic-context-free']);
  expect(wrapName('incomprehensibilities', 10)).toEqual(['incompreh~']);
  expect(wrapName('mqar{keys=16}', 14)).toEqual(['mqar{keys=16}']);
  expect(wrapName('mqar{keys=16}', 9)).toEqual(['mqar', '{keys=16}']);
  expect(wrapName('fuzzy-recall{trainingLengths.maximum=64}', 14)).toEqual([
    'fuzzy-recall',
    '{training',
    'Lengths.',
    'maximum=64}',
  ]);
  expect(wrapName('regex:(A|B)*AAAAAB', 14)).toEqual(['regex:(A|B)*A~']);
  expect(cut('abc', 3)).toBe('abc');
});

test('names that end in a setting keep its value where they are cut', () => {
  expect(cutName('lstm{hiddenSize=32}', 19)).toBe('lstm{hiddenSize=32}');
  expect(cutName('transformer{feedForwardFactor=2}', 24)).toBe('transformer{feedForw~=2}');
  expect(cutName('block-recurrent-transformer', 24)).toBe(cut('block-recurrent-transformer', 24));
  // What says whose a row is stays whole, whatever it takes.
  expect(cutName('block-recurrent (submitted, not verified)', 36)).toBe('block-rec~ (submitted, not verified)');
  expect(cutName('gru (submitted, not verified)', 12)).toMatch(/ \(submitted, not verified\)$/);
});
