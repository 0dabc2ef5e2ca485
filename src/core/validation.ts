import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  getMetadataStorage,
  IsArray,
  IsObject,
  validateSync,
  ValidateNested,
  type ValidationError,
} from 'class-validator';
import { zooError } from './errors';
import { nearestNames } from './nearest';

export interface ValidationOptions {
  /** File, option or unit the value comes from. */
  readonly place: string;
  /** Where in it: `protocol.optimiser`. */
  readonly path?: string;
  /** Keys the class does not have: an error (default), or kept as they are. */
  readonly unknownKeys?: 'error' | 'keep';
}

/**
 * An instance of `shape` with the values of `plain` over its defaults.
 * @throws invalid-value naming place, path, value, constraint and, for a misspelt key, the nearest valid ones.
 */
export function validated<T extends object>(shape: new () => T, plain: unknown, options: ValidationOptions): T {
  const { place, path = '', unknownKeys = 'error' } = options;
  const problems = [...inheritedKeys(plain, path), ...shapeProblems(new shape(), plain, path)];
  if (problems.length) throw zooError('invalid-value', { place, problems });

  const instance = plainToInstance(shape, plain);
  const strict = unknownKeys === 'error';
  const errors = validateSync(instance, {
    whitelist: strict,
    forbidNonWhitelisted: strict,
    forbidUnknownValues: false,
  });
  const found = errors.flatMap((error) => describe(error, path));
  if (found.length === 0) return strict ? withoutNulls(instance) : instance;
  const nearest = [...new Set(found.flatMap((problem) => problem.nearest))];
  throw zooError('invalid-value', { place, problems: found.map(({ text }) => text), nearest });
}

/** class-validator lets null pass for what is optional; it means the same as a key that is not there. */
function withoutNulls<T extends object>(instance: T): T {
  const values = instance as Record<string, unknown>;
  const shape = instance.constructor as Shape;
  for (const key of knownKeys(shape)) {
    const value = values[key];
    if (value === null && isOptional(shape, key)) values[key] = (new shape() as Record<string, unknown>)[key];
    else for (const each of [value].flat()) if (isPlainObject(each) && each.constructor !== Object) withoutNulls(each);
  }
  return instance;
}

/** Whether a field may be left out. */
export const isOptional = (shape: Shape, key: string): boolean =>
  getMetadataStorage()
    .getTargetValidationMetadatas(shape, '', false, false)
    .some(({ propertyName, type }) => propertyName === key && type === 'conditionalValidation');

/** A field that is an object of another validated class; class-validator alone would let a list pass. */
export const Nested = (shape: () => Shape): PropertyDecorator =>
  all(IsObject(), ValidateNested(), Type(shape), Reflect.metadata(nestedKey, shape));
/** A field that is a list of objects of another validated class. */
export const EachNested = (shape: () => Shape): PropertyDecorator =>
  all(
    IsArray(),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(shape),
    Reflect.metadata(nestedKey, shape),
  );

type Shape = new () => object;
const nestedKey = 'chomsky-zoo/nested';

/** The class of the object, or of the objects, that a field holds; undefined for a field of neither kind. */
export const nestedClassOf = (owner: Shape, key: string): Shape | undefined =>
  (Reflect.getMetadata(nestedKey, owner.prototype as object, key) as (() => Shape) | undefined)?.();

/** Several decorators as one. */
export const all =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, key) =>
    decorators.forEach((decorate) => decorate(target, key));

/** Names of the keys a class declares with class-validator decorators. */
export function knownKeys(shape: object): string[] {
  const metadatas = getMetadataStorage().getTargetValidationMetadatas(shape as () => void, '', false, false);
  return [...new Set(metadatas.map(({ propertyName }) => propertyName))];
}

export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `a.b` and `a[0]`. */
export const joinPath = (path: string, key: string | number): string =>
  /^\d+$/.test(String(key)) ? `${path}[${key}]` : path ? `${path}.${key}` : String(key);

/** A value short enough for a message. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/**
 * What class-transformer would let pass: a list or a number in place of a nested object.
 */
function shapeProblems(defaults: unknown, plain: unknown, path: string): string[] {
  if (!isPlainObject(defaults)) return [];
  if (!isPlainObject(plain)) return [`${path ? `${path} is` : 'it is'} ${quoted(plain)}: must be an object`];
  return Object.keys(plain).flatMap((key) =>
    Object.hasOwn(defaults, key) && !(key in Object.prototype)
      ? shapeProblems(defaults[key], plain[key], joinPath(path, key))
      : [],
  );
}

const deepest = 100;

/**
 * Keys that every object inherits (`constructor`, `__proto__`, `toString`): class-transformer skips some and falls over
 * others, and whoever reads them without care gets something else than was written. And what is nested without end.
 */
function inheritedKeys(plain: unknown, path: string, depth = 0): string[] {
  if (typeof plain !== 'object' || plain === null) return [];
  if (depth > deepest) return [`${path.slice(0, 40)}... is nested more than ${deepest} deep`];
  return Object.keys(plain).flatMap((key) => {
    const place = joinPath(path, key);
    if (key in Object.prototype) return [`${place} is not a key here`];
    return inheritedKeys((plain as Record<string, unknown>)[key], place, depth + 1);
  });
}

interface Problem {
  readonly text: string;
  readonly nearest: readonly string[];
}

function describe(error: ValidationError, parent: string): Problem[] {
  const path = joinPath(parent, error.property);
  const children = (error.children ?? []).flatMap((child) => describe(child, path));
  const { whitelistValidation, nestedValidation, ...constraints } = error.constraints ?? {};
  if (whitelistValidation) {
    const keys = knownKeys(error.target!.constructor);
    const text = `${path} is not a key here; ${keys.length ? `keys are ${keys.join(', ')}` : 'there is nothing to set'}`;
    return [{ text, nearest: nearestNames(error.property, keys) }];
  }
  const broken = Object.values(nestedValidation ? { nestedValidation } : constraints);
  if (broken.length === 0) return children;
  // class-validator's texts start with the key ("layers must be ..."), which the path already says.
  const texts = broken.map((text) =>
    text.startsWith(`${error.property} `) ? text.slice(error.property.length + 1) : text,
  );
  return [{ text: `${path} is ${quoted(error.value)}: ${texts.reverse().join(', ')}`, nearest: [] }, ...children];
}
