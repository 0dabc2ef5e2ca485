import { InvalidArgumentError } from 'commander';
import { seedList, wholeNumber } from '../../src/cli/options';

it.each([
  ['3', [1, 2, 3]],
  ['1', [1]],
  ['4,', null],
  ['2,5', [2, 5]],
  ['5, 2', [5, 2]],
  ['0', null],
  ['-1', null],
  ['1.5', null],
  ['1,1', null],
  ['many', null],
  ['', null],
  ['100000', null],
])('--seeds %j means %j', (text, seeds) => {
  if (seeds) expect(seedList(text)).toEqual(seeds);
  else expect(() => seedList(text)).toThrow(InvalidArgumentError);
});

it.each([
  ['1', 1],
  ['10', 10],
  ['0', null],
  ['11', null],
  ['1e1', null],
  ['0x1', null],
  [' 1', null],
  ['', null],
])('a whole number from 1 to 10: %j is %j', (text, value) => {
  if (value) expect(wholeNumber(1, 10)(text)).toBe(value);
  else expect(() => wholeNumber(1, 10)(text)).toThrow('It must be a whole number from 1 to 10.');
});
