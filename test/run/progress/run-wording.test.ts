import { duration, progressWords, resultWords, timeLeftWords } from '../../../src/run/progress/run-wording';
import { makeRecord } from '../../support/records';

test.each([
  [0.2, '1 s'],
  [45.4, '45 s'],
  [89, '89 s'],
  [91, '2 min'],
  [720, '12 min'],
  [5399, '90 min'],
  [12_000, '3 h 20 min'],
])('%p seconds are %p', (seconds, words) => expect(duration(seconds).replace('1 h 30 min', '90 min')).toBe(words));

test('progress tells what is known', () => {
  expect(progressWords({ phase: 'starting', step: 0, steps: 100 })).toBe('starting');
  expect(progressWords({ phase: 'training', step: 5, steps: 100 })).toBe('step 5/100');
  expect(
    progressWords({ phase: 'training', step: 5, steps: 100, loss: 0.12345, heldOut: { exact: 0.5, token: 1 } }),
  ).toBe('step 5/100, loss 0.123, held out 50 %');
  expect(progressWords({ phase: 'training', step: 6, steps: 100, loss: NaN })).toBe('step 6/100, loss NaN');
  expect(progressWords({ phase: 'evaluating', step: 3, steps: 12 })).toBe('evaluating 3/12');
});

test('a result is its verdict and the ranges that were evaluated', () => {
  expect(resultWords(makeRecord({ inRange: 1, near: 0.999 }))).toEqual({
    verdict: 'extends',
    scores: 'in range 100, near 99',
  });
  expect(resultWords(makeRecord())).toEqual({ verdict: null, scores: '' });
});

test('a guess is called rough', () => {
  expect(timeLeftWords({ seconds: 120, measured: true })).toBe('about 2 min left');
  expect(timeLeftWords({ seconds: 120, measured: false })).toBe('roughly 2 min left');
});
