import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNumber, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import { HeldOut, Protocol } from '../../src/core/protocol';
import { describeHyperparameters } from '../../src/core/hyperparameters';
import { validated } from '../../src/core/validation';

class Positions {
  @IsIn(['none', 'rotary']) kind = 'rotary';
  @IsNumber() @Min(1) base = 10_000;
}
class Shape {
  @IsInt() @Min(1) @Max(8) layers = 2;
  @ValidateNested() @Type(() => Positions) positions = new Positions();
  @IsOptional() @IsInt({ each: true }) lengths?: number[];
}
class Nothing {}

const problem = (plain: unknown, shape: new () => object = Shape) => {
  try {
    validated(shape, plain, { place: 'my.json', path: 'architectures[0]' });
  } catch (error) {
    return (error as Error).message.split('\nCorrect the value')[0];
  }
  return 'none';
};

it('lays values over defaults, at any depth', () => {
  expect(validated(Shape, { positions: { base: 5 } }, { place: '' })).toEqual({
    layers: 2,
    positions: { kind: 'rotary', base: 5 },
  });
});

it('takes null for what is optional as a key that is not there, at any depth', () => {
  expect(validated(Shape, { lengths: null }, { place: '' }).lengths).toBeUndefined();
  const { trainingSequences, evaluation, heldOut } = validated(
    Protocol,
    { trainingSequences: null, evaluation: { lengths: null }, heldOut: { stopAt: null } },
    { place: '' },
  );
  expect([trainingSequences, evaluation.lengths, heldOut.stopAt]).toEqual([undefined, undefined, null]);
  expect(problem({ layers: null })).toContain('layers is null');
});

it('returns an instance', () => {
  expect(validated(Shape, {}, { place: '' }).positions).toBeInstanceOf(Positions);
});

it.each([
  [{ layers: 0 }, 'my.json: architectures[0].layers is 0: must not be less than 1'],
  [{ layers: 'two' }, 'my.json: architectures[0].layers is "two": must be an integer number'],
  [
    { layer: 2 },
    'my.json: architectures[0].layer is not a key here; keys are layers, positions, lengths\nDid you mean layers?',
  ],
  [
    { positions: { bas: 1 } },
    'my.json: architectures[0].positions.bas is not a key here; keys are kind, base\nDid you mean base?',
  ],
  [
    { positions: { kind: 'alibi' } },
    'my.json: architectures[0].positions.kind is "alibi": must be one of the following values: none, rotary',
  ],
  [{ positions: 3 }, 'my.json: architectures[0].positions is 3: must be an object'],
  [{ positions: [] }, 'my.json: architectures[0].positions is []: must be an object'],
  [
    { lengths: [1, 'b'] },
    'my.json: architectures[0].lengths is [1,"b"]: each value in lengths must be an integer number',
  ],
  [7, 'my.json: architectures[0] is 7: must be an object'],
])('%j is refused with its place, value and constraint', (plain, message) => {
  expect(problem(plain)?.startsWith(message)).toBe(true);
});

it('lists every problem at once', () => {
  expect(problem({ layers: 0, depth: 1 })).toMatch(/depth is not a key[^]*layers is 0/);
});

it('says so when there is nothing to set', () => {
  expect(problem({ width: 1 }, Nothing)).toContain('width is not a key here; there is nothing to set');
});

it('refuses every key that a protocol does not have', () => {
  const known = Object.keys(new Protocol());
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((key) => !known.includes(key)),
      (key) => {
        expect(() => validated(Protocol, JSON.parse(`{${JSON.stringify(key)}:1}`), { place: '' })).toThrow(
          'is not a key here',
        );
      },
    ),
    { seed: 7 },
  );
});

it('takes an accuracy to stop at, or null for never, and nothing else', () => {
  const stopAt = (value: unknown) => validated(HeldOut, { stopAt: value }, { place: 'my.json' }).stopAt;
  for (const value of [0, 0.95, 1, null]) expect(stopAt(value)).toBe(value);
  for (const value of [1.01, 2, -1, 'never', '1', [], NaN])
    expect(() => stopAt(value)).toThrow('must be a number from 0 to 1, or null for never');
  expect(describeHyperparameters(HeldOut)).toContainEqual({
    ...{ name: 'stopAt', default: 1, constraints: ['number from 0 to 1, or null'] },
  });
});

it('describes hyperparameters with defaults and constraints', () => {
  expect(describeHyperparameters(Shape).slice(0, 1)).toEqual([
    { name: 'layers', default: 2, constraints: ['integer', 'at least 1', 'at most 8'] },
  ]);
  expect(describeHyperparameters(Positions)[0]).toEqual({
    name: 'kind',
    default: 'rotary',
    constraints: ['none | rotary'],
  });
  expect(describeHyperparameters(undefined)).toEqual([]);
});

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'the key %s is refused wherever it is, also within what is no class of ours',
  (key) => {
    const written = JSON.parse(`{ "any": { "deep": [{ "${key}": { "name": 1 } }] } }`) as object;
    class Free {
      any: unknown = {};
    }
    expect(() => validated(Free, written, { place: 'x', unknownKeys: 'keep' })).toThrow(
      `any.deep[0].${key} is not a key here`,
    );
  },
);

it('what is nested without end is refused', () => {
  const written = JSON.parse(`{ "any": ${'['.repeat(5000)}${']'.repeat(5000)} }`) as object;
  expect(() => validated(class {}, written, { place: 'x', unknownKeys: 'keep' })).toThrow(
    /is nested more than 100 deep/,
  );
});
