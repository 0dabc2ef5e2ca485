import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsPositive, Max, Min } from 'class-validator';
import { schemaOf } from '../../src/core/json-schema';
import { EachNested, Nested } from '../../src/core/validation';

class Inner {
  @IsInt() @Min(1) count!: number;
}
class Outer {
  @IsInt() @Min(1) @Max(9) size = 4;
  @IsNumber() @IsPositive() rate = 0.5;
  @IsIn(['a', 'b']) kind = 'a';
  @IsOptional() @IsBoolean() flag?: boolean;
  @Nested(() => Inner) one = new Inner();
  @EachNested(() => Inner) many: Inner[] = [];
}

it('says types, bounds, defaults, what is required, and what is within', () => {
  const inner = {
    type: 'object',
    properties: { count: { type: 'integer', minimum: 1 } },
    required: ['count'],
    additionalProperties: false,
  };
  expect(schemaOf(Outer)).toEqual({
    type: 'object',
    properties: {
      size: { type: 'integer', minimum: 1, maximum: 9, default: 4 },
      rate: { type: 'number', exclusiveMinimum: 0, default: 0.5 },
      kind: { enum: ['a', 'b'], type: 'string', default: 'a' },
      flag: { type: 'boolean' },
      one: inner,
      many: { type: 'array', items: inner },
    },
    additionalProperties: false,
  });
});
