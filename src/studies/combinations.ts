import { ArrayMinSize, ArrayUnique, IsArray, IsInt, Max, Min } from 'class-validator';
import { all } from '../core/validation';

/** A list of at least one value, none twice, each of which keeps to the rules. */
export const IsList = (...rules: PropertyDecorator[]): PropertyDecorator =>
  all(IsArray(), ArrayMinSize(1), ArrayUnique(), ...rules);
/** A list of whole numbers 1..most. */
export const IsCounts = (most: number): PropertyDecorator =>
  IsList(IsInt({ each: true }), Min(1, { each: true }), Max(most, { each: true }));

/** Every combination of a value of each list; the last list changes fastest. */
export const combinationsOf = <T extends object>(lists: { readonly [K in keyof T]: readonly T[K][] }): T[] =>
  Object.entries<readonly unknown[]>(lists).reduce<object[]>(
    (found, [key, values]) => found.flatMap((each) => values.map((value) => ({ ...each, [key]: value }))),
    [{}],
  ) as T[];
