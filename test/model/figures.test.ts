import { figuresOf, keyOf } from '../../src/model/figures';
import { sizesOf, usualSetting } from '../../src/model/sizes';
import { builtIn } from '../support/experiment';

const registry = builtIn();
const unit = registry.resolve('architecture', 'transformer');
const hyperparameters = registry.hyperparameters(unit, {}, { place: 'test' });

it('tells what is seen of a row: its sizes, its memory, and whether it attends', () => {
  expect(figuresOf(unit, hyperparameters)).toEqual({
    ...sizesOf(unit, hyperparameters),
    memory: 'growing',
    hasAttention: true,
  });
  const setting = { ...usualSetting, time: 9 };
  expect(figuresOf(unit, hyperparameters, setting)).toMatchObject(sizesOf(unit, hyperparameters, setting));
});

it('keeps rows apart by name, version and hyperparameters', () => {
  const wider = registry.hyperparameters(unit, { width: 128 }, { place: 'test' });
  const keys = [
    keyOf(unit, hyperparameters),
    keyOf(unit, wider),
    keyOf({ ...unit, id: 'acme/transformer' }, hyperparameters),
    keyOf({ ...unit, meta: { ...unit.meta, version: 2 } }, hyperparameters),
  ];
  expect(new Set(keys).size).toBe(4);
});
