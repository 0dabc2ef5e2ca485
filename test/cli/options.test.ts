import { InvalidArgumentError } from 'commander';
import { seedList, shardNamed, wholeNumber } from '../../src/cli/options';

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

it.each([
  ['3/16', { index: 3, of: 16 }],
  ['1/1', { index: 1, of: 1 }],
  ['0/16', 'Parts are counted from 1: with /16 it must be from 1/16 to 16/16.'],
  ['17/16', 'from 1/16 to 16/16'],
  ['3', '3/16 is the third of sixteen'],
  ['3/', '3/16 is the third of sixteen'],
  ['-1/4', '3/16 is the third of sixteen'],
  ['1.5/4', '3/16 is the third of sixteen'],
  ['0/0', 'There must be from 1 to 10000 parts.'],
  ['1/99999', 'There must be from 1 to 10000 parts.'],
])('--shard %j means %j', (text, meant) => {
  if (typeof meant === 'string') expect(() => shardNamed(text)).toThrow(meant);
  else expect(shardNamed(text)).toEqual(meant);
});
