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
