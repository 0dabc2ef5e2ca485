import { buildMatrix } from '../../../../src/studies/capability/summarise/matrix';
import {
  cellNotes,
  cut,
  firstNotes,
  lengthsSentence,
  notesOf,
  percent,
  scoreSentence,
  wrapName,
} from '../../../../src/studies/capability/drawing/wording';
import { makeCell, makeManifest } from '../../../support/records';
import { makeMatrix, smallMatrix, storedRecords } from '../../../support/matrix';

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
  expect(lengthsSentence(smallMatrix())).toBe('in range 1–40, near 41–100, far 101–256');
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
  expect(scoreSentence(makeMatrix({}, []), 'exact')).toBe('exact match in %');
});

test('notes tell the gravest first, and nothing of cells that merely wait', () => {
  const manifest = makeManifest({
    architectures: ['lstm', 'broken', 'wordless'],
    baselines: [],
    tasks: [['parity', 'regular']],
    seeds: [1, 2],
    inapplicable: [{ architecture: 'wordless', task: 'parity', reason: 'parity has no trace' }],
  });
  const claims = [{ task: 'parity', range: 'near' as const, atMost: 0.6, source: 'Somebody 2024, table 2' }];
  const matrix = buildMatrix({
    manifest: {
      ...manifest,
      architectures: manifest.architectures.map((row) => (row.id === 'lstm' ? { ...row, claims } : row)),
    },
    stored: storedRecords([{ inRange: 1, near: 0.9 }]),
    failures: new Map(
      [1, 2].map((seed) => [
        makeCell({ architecture: 'broken', seed }).key,
        { code: 'test', message: 'out of memory\nat line 3' },
      ]),
    ),
    scanned: [{ status: 'corrupt', file: 'torn.json', reason: 'ends early' }],
  });
  expect(notesOf(matrix)).toEqual([
    'lstm x parity: 0.90 near, published at most 0.6 (Somebody 2024, table 2)',
    'broken x parity: failed, out of memory',
    'torn.json: corrupt, ends early',
    'lstm x parity: 1 of 2 seeds',
    'wordless does not apply to parity: parity has no trace',
  ]);
  expect(firstNotes(matrix, 3)).toEqual([...notesOf(matrix).slice(0, 2), 'and 3 more']);
  expect(notesOf(smallMatrix())).toEqual([]);
  expect(cellNotes(matrix.cell('lstm', 'parity'))).toEqual([
    '0.90 near, published at most 0.6 (Somebody 2024, table 2)',
    '1 of 2 seeds',
  ]);
  expect(cellNotes(matrix.cell('wordless', 'parity'))).toEqual(['parity has no trace']);
});

test('seeds that diverged are counted', () => {
  const matrix = makeMatrix({ architectures: ['lstm'], tasks: [['parity', 'regular']], seeds: [1, 2] }, [
    { seed: 1, inRange: 1 },
    { seed: 2, outcome: 'diverged' },
  ]);
  expect(notesOf(matrix)).toContain('lstm x parity: 1 of 2 seeds diverged');
});

test('names break at hyphens; what still does not fit is cut', () => {
  expect(wrapName('parity', 14)).toEqual(['parity']);
  expect(wrapName('deterministic-context-free', 14)).toEqual(['deterministic-', 'context-free']);
  expect(wrapName('deterministic-context-free', 26)).toEqual(['deterministic-context-free']);
  expect(wrapName('incomprehensibilities', 10)).toEqual(['incompreh~']);
  expect(cut('abc', 3)).toBe('abc');
});
