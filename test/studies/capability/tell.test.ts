import { tell } from '../../../src/studies/capability/tell';
import { makeRecord } from '../../support/records';

test('a result is its verdict and the ranges that were evaluated', () => {
  expect(tell(makeRecord({ inRange: 1, near: 0.999 }))).toMatchObject({
    outcome: 'extends',
    details: 'in range 100, near 99',
    isBest: false,
  });
  expect(tell(makeRecord({ inRange: 1, near: 1, far: 1 }))).toMatchObject({ outcome: 'solves', isBest: true });
  expect(tell(makeRecord())).toMatchObject({ outcome: 'not evaluated', details: '' });
});

test('a score at the longest length is told where the verdict turns on it', () => {
  const record = makeRecord({ inRange: 1, near: 1, far: 0.96 });
  const lengths = record.lengths.map((result) =>
    result.length === 256 ? { ...result, score: { exact: 0.77, token: 0.77 } } : result,
  );
  expect(tell({ ...record, lengths })).toMatchObject({
    outcome: 'extends',
    details: 'in range 100, near 100, far 96 (77 at 256)',
  });
});

test('a borderline verdict is told so, of rows that are trained', () => {
  const given = { inRange: 1, near: 1, far: 0.96 };
  expect(tell(makeRecord(given)).details).toBe('in range 100, near 100, far 96, borderline');
  expect(tell(makeRecord({ ...given, baseline: true })).details).toBe('in range 100, near 100, far 96');
});

test('training that stopped as futile is told so, with its step', () => {
  const record = makeRecord({ inRange: 0.5, outcome: 'stopped-futile' });
  expect(tell(record)).toMatchObject({ outcome: 'not learnt', details: 'in range 50, stopped as futile at step 1000' });
});
