import { isPerRow, Loop } from '../../../../src/engine/native/plan/loops';
import { stages } from '../../../../src/engine/native/plan/plan';

const loop = (shape: readonly number[], rowSize?: number): Loop => {
  const made = new Loop(0, stages.run, shape);
  made.rowSize = rowSize;
  return made;
};

it('has the size of its shape, cut as finely as all shapes need', () => {
  expect(loop([2, 3, 4]).size).toBe(24);
  expect(loop([]).size).toBe(1);
  expect(loop([6, 4]).refinedBy([2, 12])).toEqual([2, 3, 4]);
  expect(loop([2, 3]).refinedBy([3, 2])).toBeUndefined();
});

it('knows which of its last extents make a row, and cuts there', () => {
  expect(loop([2, 3, 4], 12).rowExtents).toBe(2);
  expect(loop([2, 3, 4], 4).rowExtents).toBe(1);
  expect(loop([2, 3, 4]).rowExtents).toBe(0);
  expect(loop([24], 4).refinedBy([24])).toEqual([6, 4]);
  expect(loop([2, 9], 9).refinedBy([18], 4)).toBeUndefined();
});

it.each<[readonly number[], readonly number[], boolean]>([
  [[2, 3, 1], [2, 3, 4], true],
  [[2, 3, 1], [2, 3, 2, 2], false], // aligned at the right: other rows
  [[6, 1], [6, 4], true],
  [[2, 3], [2, 3, 4], false], // repeated along other elements than a row
  [[3, 1], [2, 3, 4], false], // fewer than one for each row
])('whether values %j, met by %j, belong to one row each: %s', (shape, against, expected) => {
  expect(isPerRow(loop([2, 3, 4], 4), shape, against)).toBe(expected);
});

it('no value belongs to a row where there are no rows', () => {
  expect(isPerRow(loop([2, 3, 4]), [2, 3, 1], [2, 3, 4])).toBe(false);
});
