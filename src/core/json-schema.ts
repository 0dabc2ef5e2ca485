import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { searchRules } from './contracts/search';
import { isOptional, nestedClassOf } from './validation';

export type Schema = Readonly<Record<string, unknown>>;
type Shape = new () => object;

type ISchemaConverters = NonNullable<
  NonNullable<Parameters<typeof targetConstructorToSchema>[1]>['additionalConverters']
>;

/** What the rules mean that the library does not know, or would call a number where they say an integer. */
const converters: ISchemaConverters = {
  isInt: () => ({ type: 'integer' }),
  // What is within says so itself, and may have a short form that is none.
  isObject: ({ target, propertyName }) => (nestedClassOf(target as Shape, propertyName) ? {} : { type: 'object' }),
  min: ({ constraints }) => ({ minimum: constraints?.[0] as number }),
  max: ({ constraints }) => ({ maximum: constraints?.[0] as number }),
  isPositive: () => ({ exclusiveMinimum: 0 }),
  shareOrNull: () => ({ anyOf: [{ type: 'number', minimum: 0, maximum: 1 }, { type: 'null' }] }),
  countOrNull: ({ constraints }) => ({
    anyOf: [{ type: 'integer', minimum: 1, maximum: constraints?.[0] as number }, { type: 'null' }],
  }),
  exponents: () => ({ items: { anyOf: [{ type: 'number', minimum: 0, maximum: 4 }, { type: 'null' }] } }),
  'lists of values by path': () => ({
    additionalProperties: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { anyOf: [{ type: 'number' }, { type: 'string' }, { type: 'boolean' }, { type: 'null' }] },
    },
  }),
  search: () => searchSchema,
  searchOrNone: () => ({ anyOf: [{ const: false }, searchSchema] }),
  oneBudget: () => ({ minProperties: 1, maxProperties: 1 }),
};

/** Lists of values by path, beside how they are tried. */
const searchSchema: Exclude<ReturnType<Extract<ISchemaConverters[string], (...given: never[]) => unknown>>, void> = {
  type: 'object',
  properties: {
    trials: { type: 'integer', minimum: 1 },
    rule: { enum: [...searchRules], default: searchRules[0] },
    seed: { type: 'integer', minimum: 1, default: 1 },
  },
  minProperties: 1,
  additionalProperties: {
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: { anyOf: [{ type: 'number' }, { type: 'string' }, { type: 'boolean' }, { type: 'null' }] },
  },
};

/** The schema of objects of a class, with its defaults; `nested` gives that of the classes within. */
export function schemaOf(shape: Shape, nested: (shape: Shape) => Schema = schemaOf): Schema {
  const defaults = new shape() as Record<string, unknown>;
  const written = targetConstructorToSchema(shape, {
    skipMissingProperties: true,
    additionalConverters: {
      ...converters,
      nestedValidation: ({ target, propertyName }) => {
        const inner = nestedClassOf(target as Shape, propertyName);
        return inner ? nested(inner) : { type: 'object' };
      },
    },
  }) as { properties?: Record<string, Schema> };
  const properties = Object.entries(written.properties ?? {}).map(([key, own]): [string, Schema] => {
    const value = defaults[key];
    const isPlain = value !== undefined && (typeof value !== 'object' || value === null);
    return [key, isPlain ? { ...own, default: value } : own];
  });
  const required = properties
    .map(([key]) => key)
    .filter((key) => defaults[key] === undefined && !isOptional(shape, key));
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length && { required }),
    additionalProperties: false,
  };
}
