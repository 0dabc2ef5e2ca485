import { marksSentence, matrixSheet } from '../../../../src/studies/capability/drawing/matrix-sheet';
import { makeMatrix, smallMatrix } from '../../../support/matrix';

test('cells are mark, flag and scores that stand under each other', () => {
  const { tables } = matrixSheet(smallMatrix(), { score: 'exact' });
  expect(tables.map(({ heading }) => heading)).toEqual(['regular', 'deterministic-context-free']);
  expect(tables[1]!.rows.slice(0, 3)).toEqual([
    ['lstm', '◔? \u200797 · \u200725 · \u2007\u20070'],
    ['transformer', 'not run'],
    ['(uniform)', '○ \u2007\u20074 · \u2007\u20070 · \u2007\u20070'],
  ]);
});

test('flags are explained where they occur', () => {
  const some = makeMatrix({ architectures: ['lstm'], tasks: [['parity', 'regular']], seeds: [1, 2] }, [{ inRange: 1 }]);
  expect(matrixSheet(some, { score: 'exact' }).tables[0]!.rows[0]![1]).toMatch(/^◔~ /);
  expect(marksSentence(some, 'exact')).toContain('~ some seeds not run');
  expect(marksSentence(smallMatrix(), 'exact')).not.toContain('~');
});

test('the share of seeds that solve stands beside the mark', () => {
  const some = makeMatrix(
    { architectures: ['lstm'], baselines: [], tasks: [['parity', 'regular']], seeds: [1, 2, 3] },
    [1, 1, 0.5].map((far, at) => ({ seed: at + 1, inRange: 1, near: 1, far })),
  );
  expect(matrixSheet(some, { score: 'exact' }).tables[0]!.rows[0]![1]).toBe('●? 2/3 100 · 100 · 100');
});
