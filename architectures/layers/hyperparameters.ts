import { ValidateBy, type ValidationArguments } from 'class-validator';

/** Class-validator rule: the value is a whole multiple of another hyperparameter, as a width of its number of heads. */
export const MultipleOf = (other: string): PropertyDecorator =>
  ValidateBy({
    name: 'multipleOf',
    constraints: [other],
    validator: {
      validate: (value: unknown, at?: ValidationArguments) =>
        Number(value) % Number((at!.object as Record<string, unknown>)[other]) === 0,
      defaultMessage: () => `$property must be a multiple of ${other}`,
    },
  });
