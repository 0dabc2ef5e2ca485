import {
  flagMeanings,
  flagOf,
  rangeMarkOf,
  shareMeaning,
  shareThatSolves,
} from '../../../../src/studies/capability/drawing/flags';
import type { GivenRecord } from '../../../support/records';
import { makeMatrix, smallMatrix } from '../../../support/matrix';

const guess = (exact: number): GivenRecord => ({
  architecture: 'uniform',
  baseline: true,
  inRange: exact,
  near: exact,
  far: exact,
});
const manifest = {
  architectures: ['lstm'],
  baselines: ['uniform'],
  tasks: [['parity', 'regular'] as [string, string]],
};

test('below guessing is marked where it is more than noise, in trained rows alone', () => {
  const matrix = makeMatrix(manifest, [{ inRange: 0.9, near: 0.48, far: 0.2 }, guess(0.5)]);
  const marks = (row: string) =>
    (['inRange', 'near', 'far'] as const).map((range) => rangeMarkOf(matrix.cell(row, 'parity'), range, 'exact'));
  expect(marks('lstm')).toEqual(['', '', '<']);
  expect(marks('uniform')).toEqual(['', '', '']);
  expect(flagMeanings(matrix, 'exact')).toContainEqual(['<', 'below guessing by more than noise']);
});

test('marks follow the kind of score that is shown', () => {
  const matrix = makeMatrix(manifest, [{ inRange: 1, near: 1, far: { exact: 0.2, token: 0.8 } }, guess(0.5)]);
  const cell = matrix.cell('lstm', 'parity');
  expect([rangeMarkOf(cell, 'far', 'exact'), rangeMarkOf(cell, 'far', 'token')]).toEqual(['<', '']);
});

test('a range in which guessing is perfect says nothing', () => {
  const matrix = makeMatrix(manifest, [
    { inRange: 1, near: 1, far: 1 },
    { ...guess(0.5), inRange: 1 },
  ]);
  const cell = matrix.cell('lstm', 'parity');
  expect([rangeMarkOf(cell, 'inRange', 'exact'), rangeMarkOf(cell, 'near', 'exact')]).toEqual(['=', '']);
  const worse = makeMatrix(manifest, [
    { inRange: 0.2, near: 1, far: 1 },
    { ...guess(0.5), inRange: 1 },
  ]);
  expect(rangeMarkOf(worse.cell('lstm', 'parity'), 'inRange', 'exact')).not.toBe('<');
});

test('what diverged is told so and not that it is below guessing', () => {
  const matrix = makeMatrix(manifest, [{ outcome: 'diverged', inRange: 0, near: 0, far: 0 }, guess(0.5)]);
  expect(rangeMarkOf(matrix.cell('lstm', 'parity'), 'far', 'exact')).toBe('');
});

test('a borderline verdict is flagged, missing seeds first', () => {
  const borderline = { inRange: 1, near: 1, far: 0.96 };
  const flag = (seeds: number[]) =>
    flagOf(makeMatrix({ ...manifest, seeds }, [borderline, guess(0.5)]).cell('lstm', 'parity'));
  expect([flag([1]), flag([1, 2])]).toEqual(['?', '~']);
});

test('of several seeds the share that solves is told, if any does', () => {
  const share = (...far: number[]) => {
    const seeds = far.map((_, at) => at + 1);
    const matrix = makeMatrix(
      { ...manifest, seeds },
      far.map((score, at) => ({ seed: at + 1, inRange: 1, near: 1, far: score })),
    );
    return [shareThatSolves(matrix.cell('lstm', 'parity')), shareMeaning(matrix)];
  };
  expect(share(1, 0.5, 0.6)).toEqual(['1/3', [['1/3', 'seeds that solve']]]);
  expect(share(0.5, 0.5, 0.6)).toEqual(['', []]);
  expect(share(1)).toEqual(['', []]);
});

test('nothing is explained that does not occur', () => {
  expect(flagMeanings(smallMatrix(), 'exact').map(([mark]) => mark)).toEqual(['?']);
});

test('runs that stopped as futile are flagged, where nothing graver is to be told', () => {
  const flag = (near: number) =>
    flagOf(
      makeMatrix(manifest, [{ outcome: 'stopped-futile', inRange: 1, near, far: 0 }, guess(0)]).cell('lstm', 'parity'),
    );
  expect([flag(0.2), flag(0.96)]).toEqual(['-', '?']);
  const matrix = makeMatrix(manifest, [{ outcome: 'stopped-futile', inRange: 0.5, near: 0.5, far: 0.5 }, guess(0)]);
  expect(flagMeanings(matrix, 'exact')).toContainEqual(['-', 'stopped as futile: nothing more was learnt for a while']);
});
