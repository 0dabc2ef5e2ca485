import { nearestNames } from '../../src/core/nearest';

const known = ['parity', 'majority', 'transformer', 'linear-transformer', 'lstm', 'counting'];

it.each([
  ['paritty', ['parity']],
  ['PARITY', ['parity']],
  ['lsmt', ['lstm']],
  ['transfromer', ['transformer']],
  ['transformer-x', ['transformer']],
  ['linear', ['linear-transformer']],
  ['xyzzy', []],
  ['', []],
])('%s is near %j', (name, nearest) => {
  expect(nearestNames(name, known).slice(0, Math.max(1, nearest.length))).toEqual(nearest);
});

it('gives no more than asked for', () => {
  expect(nearestNames('a', ['b', 'c', 'd', 'e'], 2)).toEqual(['b', 'c']);
});
