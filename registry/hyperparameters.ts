import { getMetadataStorage } from 'class-validator';
import { knownKeys } from './validation';

/** One thing that can be set, as its class declares it. */
export interface HyperparameterDescription {
  readonly name: string;
  readonly default: unknown;
  /** "integer", "at least 1", ... */
  readonly constraints: readonly string[];
}

type Wording = (values: readonly unknown[]) => string;
const list = (values: unknown): string => (Array.isArray(values) ? values : [values]).join(' | ');

const wordings: Record<string, Wording> = {
  isInt: () => 'integer',
  isNumber: () => 'number',
  isBoolean: () => 'true or false',
  isString: () => 'text',
  isArray: () => 'list',
  min: ([minimum]) => `at least ${minimum}`,
  max: ([maximum]) => `at most ${maximum}`,
  isPositive: () => 'positive',
  isIn: ([values]) => list(values),
  isEnum: ([values]) => list(Object.values(values as object)),
  isOptional: () => 'optional',
  arrayMinSize: ([size]) => `${size} or more`,
};

/** Every hyperparameter of a class with its default and constraints, in the order of declaration. */
export function describeHyperparameters(shape: (new () => object) | undefined): HyperparameterDescription[] {
  if (!shape) return [];
  const defaults = new shape() as Record<string, unknown>;
  const metadatas = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  return knownKeys(shape).map((name) => ({
    name,
    default: defaults[name],
    constraints: metadatas
      .filter(({ propertyName }) => propertyName === name)
      .map(
        ({ name: rule = '', constraints }) =>
          wordings[rule]?.(constraints ?? []) ?? [rule, ...(constraints ?? [])].join(' '),
      )
      .filter(Boolean)
      .reverse(),
  }));
}
