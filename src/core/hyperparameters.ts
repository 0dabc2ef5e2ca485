import { getMetadataStorage } from 'class-validator';
import { isPlainObject, knownKeys } from './validation';

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
  isObject: () => '',
  arrayUnique: () => 'none twice',
  matches: () => '',
  min: ([minimum]) => `at least ${minimum}`,
  max: ([maximum]) => `at most ${maximum}`,
  isPositive: () => 'positive',
  isIn: ([values]) => list(values),
  isEnum: ([values]) => list(Object.values(values as object)),
  isOptional: () => 'optional',
  minLength: () => '',
  duration: () => 'duration: 2h, 30m, 1-12:00:00',
  arrayMinSize: ([size]) => `${size} or more`,
  shareOrNull: () => 'number from 0 to 1, or null',
  countOrNull: ([most]) => `whole number from 1 to ${String(most)}, or null`,
  oneBudget: () => 'one of parameters, state, flops',
};

/** Least and greatest value that `Min` and `Max` allow a hyperparameter; `undefined` where there is no such rule. */
export function boundsOf(shape: new () => object, key: string): { minimum?: number; maximum?: number } {
  const rules = getMetadataStorage()
    .getTargetValidationMetadatas(shape, '', false, false)
    .filter(({ propertyName }) => propertyName === key);
  const bound = (rule: string) => rules.find(({ name }) => name === rule)?.constraints?.[0] as number | undefined;
  return { minimum: bound('min'), maximum: bound('max') };
}

/**
 * Everything that can be set of a class with its default and constraints, in the order of declaration; what belongs to a
 * class within it is told by path: `optimiser.learningRate`.
 */
export function describeHyperparameters(
  shape: (new () => object) | undefined,
  prefix = '',
): HyperparameterDescription[] {
  if (!shape) return [];
  const defaults = new shape() as Record<string, unknown>;
  const metadatas = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  return knownKeys(shape).flatMap((name) => {
    const value = defaults[name];
    const inner = value?.constructor as new () => object;
    if (isPlainObject(value) && inner !== Object) return describeHyperparameters(inner, `${prefix}${name}.`);
    const constraints = metadatas
      .filter(({ propertyName }) => propertyName === name)
      .map(
        ({ name: rule = '', constraints }) =>
          wordings[rule]?.(constraints ?? []) ?? [rule, ...(constraints ?? [])].join(' '),
      )
      .filter(Boolean)
      .reverse();
    return { name: prefix + name, default: value, constraints };
  });
}
