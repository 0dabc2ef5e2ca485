import type { Registry } from '../../../registry/registry';
import { plurals, unitKinds, type RegisteredUnit } from '../../../registry/units';
import { defaultStudy, experimentSizes, mostSeeds } from '../../core/experiment';
import { schemaOf, type Schema } from '../../core/json-schema';
import { Protocol } from '../../core/protocol';
import { ArchitectureEntry, Match, ProbeEntry, UnitEntry } from '../../studies/experiment';
import { amountPattern } from '../../studies/match';
import { selectors } from '../../studies/selection';

type Shape = new () => object;
/** What an experiment names with what differs from its defaults. */
type Side = 'architecture' | 'task' | 'probe';

/**
 * The JSON Schema (draft 7) of experiment files: keys of each study, names of every unit that is registered, and what can
 * be set of each. Short forms are part of it: a bare name, a number of seeds, "64k".
 */
export function experimentSchema(registry: Registry): Schema {
  const studies = registry.all('study');
  const entries = new Entries(registry);
  const shapes = studies.map(({ id, meta }) => ({
    if: isOfStudy(id),
    then: studySchema(registry, meta.experiment, entries),
  }));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Experiment of chomsky-zoo',
    type: 'object',
    properties: { study: { enum: studies.map(({ id }) => id), default: defaultStudy } },
    allOf: shapes,
    definitions: { ...entries.definitions(), protocol: schemaOf(Protocol) },
  };
}

const isOfStudy = (id: string): Schema => {
  const named = { properties: { study: { const: id } } };
  return id === defaultStudy ? named : { ...named, required: ['study'] };
};

/** Classes of what an experiment names, the narrowest first: a study may have classes of its own that extend them. */
const sides: readonly (readonly [Shape, Side])[] = [
  [ArchitectureEntry, 'architecture'],
  [ProbeEntry, 'probe'],
  [UnitEntry, 'task'],
];

/** What classes within experiments are written as, where that is not what they say themselves. */
class Entries {
  private readonly found = new Map<Shape, Schema>();

  constructor(private readonly registry: Registry) {
    for (const [shape] of sides) this.of(shape);
  }

  definitions(): Schema {
    return Object.fromEntries([...this.found].map(([shape, schema]) => [nameOf(shape), schema]));
  }

  readonly of = (shape: Shape): Schema => {
    if (shape === Match) return matchSchema();
    const [, side] = sides.find(([entry]) => shape === entry || shape.prototype instanceof entry) ?? [];
    if (side) {
      if (!this.found.has(shape)) this.found.set(shape, entrySchema(this.registry, side, shape, this));
      return { $ref: `#/definitions/${nameOf(shape)}` };
    }
    const { properties, ...schema } = schemaOf(shape, this.of) as ObjectSchema;
    return { ...schema, properties: withShortForms(properties) };
  };
}

/** The usual classes are called by what they name. */
const nameOf = (shape: Shape): string => sides.find(([entry]) => entry === shape)?.[1] ?? shape.name;

function matchSchema(): Schema {
  const { properties, ...schema } = schemaOf(Match) as ObjectSchema;
  const amounts = Object.entries(properties).map(([key, amount]) => [
    key,
    { anyOf: [amount, { type: 'string', pattern: amountPattern }] },
  ]);
  return { ...schema, minProperties: 1, maxProperties: 1, properties: Object.fromEntries(amounts) as Schema };
}

/** Keys of the experiment files of one study; a file that does not name itself has the name of the file. */
function studySchema(registry: Registry, shape: Shape, entries: Entries): Schema {
  const { properties, required = [], ...schema } = schemaOf(shape, entries.of) as ObjectSchema;
  const named = Object.entries(withShortForms(properties)).map(([key, own]): [string, Schema] => {
    const kind = unitKinds.find((each) => plurals[each] === key);
    const isOfNames = kind && (own.items as Schema | undefined)?.type === 'string';
    return [key, isOfNames ? { ...own, items: { enum: registry.names(kind) } } : own];
  });
  return {
    ...schema,
    required: required.filter((key) => key !== 'name'),
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(named), sizes: sizesSchema(schema, named) },
  };
}

/** What is laid over an experiment: any of its keys but those that say which it is. */
function sizesSchema(schema: Schema, properties: readonly (readonly [string, Schema])[]): Schema {
  const over = Object.fromEntries(properties.filter(([key]) => !['name', 'study', 'sizes'].includes(key)));
  const size = { ...schema, properties: over };
  return { ...schema, properties: Object.fromEntries(experimentSizes.map((each) => [each, size])) };
}

interface ObjectSchema extends Schema {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Seeds may be a number, and a protocol is whatever of one differs. */
const withShortForms = ({
  seeds,
  protocol,
  ...properties
}: ObjectSchema['properties']): ObjectSchema['properties'] => ({
  ...properties,
  ...(seeds && { seeds: { anyOf: [{ type: 'integer', minimum: 1, maximum: mostSeeds }, seeds] } }),
  ...(protocol && { protocol: { $ref: '#/definitions/protocol' } }),
});

/** A row, a column or a probe: a name alone, or an object whose hyperparameters are those of the unit that it names. */
function entrySchema(registry: Registry, kind: Side, shape: Shape, entries: Entries): Schema {
  const { properties, ...entry } = schemaOf(shape, entries.of) as ObjectSchema;
  const id = nameSchema(registry, kind);
  const units: readonly RegisteredUnit<Side>[] = registry.all(kind);
  const alike = [...new Set(units.map(({ meta }) => meta.hyperparameters))].map((hyperparameters) => {
    const names = units.filter(({ meta }) => meta.hyperparameters === hyperparameters).flatMap(registry.namesOf);
    return {
      if: { properties: { id: { enum: [...new Set(names)] } }, required: ['id'] },
      then: { properties: { hyperparameters: hyperparameters ? schemaOf(hyperparameters) : { maxProperties: 0 } } },
    };
  });
  return { anyOf: [id, { ...entry, properties: { ...withShortForms(properties), id }, allOf: alike }] };
}

/** A unit, units of a pattern, of a level or a family, or what a user writes: `regex:(ab)*`. */
function nameSchema(registry: Registry, kind: Side): Schema {
  if (kind === 'probe') return { enum: registry.names(kind) };
  const pattern = (text: string) => ({ type: 'string', pattern: text });
  const words = Object.entries(selectors).flatMap(([selector, groupsOf]) =>
    [...groupsOf(registry.all(kind)).keys()].map((word) => `${selector}:${word}`),
  );
  const bases = kind === 'task' ? registry.familyNames().map(literal) : [];
  return {
    anyOf: [
      { enum: [...registry.names(kind), ...words] },
      pattern('^[^:]*\\*[^:]*$'),
      ...(bases.length ? [pattern(`^(${bases.join('|')}):`)] : []),
    ],
  };
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
