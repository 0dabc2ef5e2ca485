import { systemReason } from '../../src/core/system-reason';

it('says in words what the system says in codes', () => {
  expect(systemReason(Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' }))).toBe('the disk is full');
  expect(systemReason(Object.assign(new Error('as it is'), { code: 'toString' }))).toBe('as it is');
  expect(systemReason('a text')).toBe('a text');
});
