import { validateSync } from 'class-validator';
import { HeadHyperparameters, RecurrentHyperparameters } from '../../../architectures/layers';

const problems = (hyperparameters: object) =>
  validateSync(hyperparameters).flatMap(({ constraints }) => Object.values(constraints ?? {}));

it('accepts its own defaults and small models', () => {
  for (const kind of [HeadHyperparameters, RecurrentHyperparameters]) {
    expect(problems(new kind())).toEqual([]);
    expect(problems(Object.assign(new kind(), kind.tiny))).toEqual([]);
  }
});

it('wants widths that heads divide', () => {
  expect(problems(Object.assign(new HeadHyperparameters(), { width: 66 }))).toEqual([
    'width must be a multiple of heads',
  ]);
});

it('keeps the ranges of the class it extends', () => {
  expect(problems(Object.assign(new HeadHyperparameters(), { layers: 0, width: 0 })).join()).toContain(
    'layers must not be less than 1',
  );
});
