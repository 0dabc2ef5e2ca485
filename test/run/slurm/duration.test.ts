import * as fc from 'fast-check';
import { secondsOf, slurmTime } from '../../../src/run/slurm/duration';

test.each([
  ['2h', 7200],
  ['30m', 1800],
  ['1h30m', 5400],
  ['1d', 86_400],
  ['45s', 45],
  ['30', 1800],
  ['30:15', 1815],
  ['02:00:00', 7200],
  ['1-12', 129_600],
  ['1-12:30', 131_400],
  ['1-12:30:05', 131_405],
])('%s is %i seconds', (text, seconds) => expect(secondsOf(text)).toBe(seconds));

test.each(['', 'h', '2 h', '2hours', '1:2:3:4', '-5', '2h30', 'tomorrow'])('"%s" is none', (text) =>
  expect(secondsOf(text)).toBeUndefined(),
);

test('what is written for Slurm means the same', () =>
  fc.assert(fc.property(fc.nat(10_000_000), (seconds) => expect(secondsOf(slurmTime(seconds))).toBe(seconds))));
