import { IsObject, ValidateBy } from 'class-validator';
import { all, isPlainObject } from '../core/validation';

/** Values of single settings, by path: `{ "task.vocabulary": [16, 32] }`. */
export type SweepValues = Readonly<Record<string, readonly unknown[]>>;

const isScalar = (value: unknown): boolean => value === null || !['object', 'undefined'].includes(typeof value);

/** Different numbers, texts, true, false or null, at least one for each path. */
export const IsSweep: PropertyDecorator = all(
  IsObject(),
  ValidateBy({
    name: 'lists of values by path',
    validator: {
      validate: (sweep: unknown) =>
        isPlainObject(sweep) &&
        Object.values(sweep).every(
          (values) =>
            Array.isArray(values) &&
            values.length > 0 &&
            values.every(isScalar) &&
            new Set(values).size === values.length,
        ),
      defaultMessage: () =>
        '$property must have lists of different numbers or texts, such as { "task.vocabulary": [16, 32] }',
    },
  }),
);
