import { createRng } from '../../../src/core/random';
import { Draws, isSurelyAbove, percentileInterval, replicates } from '../../../src/studies/statistics/bootstrap';
import { mean } from '../../../src/studies/statistics/summaries';
import { z95 } from '../../../src/studies/statistics/wilson';

const draws = (name: string) => new Draws(createRng(name));
const normals = (name: string, count: number) => {
  const of = draws(name);
  return Float64Array.from({ length: count }, () => of.normal());
};

test('the same name gives the same numbers, another one others', () => {
  expect(normals('a', 100)).toEqual(normals('a', 100));
  expect(normals('a', 100)).not.toEqual(normals('b', 100));
});

test('normal deviates have mean 0 and variance 1, whole numbers are equally likely', () => {
  const found = [...normals('moments', 100_000)];
  expect(mean(found)).toBeCloseTo(0, 1);
  expect(mean(found.map((value) => value ** 2))).toBeCloseTo(1, 1);
  expect(mean(found.map((value) => value ** 4))).toBeGreaterThan(2.8);
  const of = draws('dice');
  const counts = [0, 0, 0, 0, 0, 0];
  for (let at = 0; at < 60_000; at++) counts[of.below(6)]!++;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test('the interval of a mean is that of the closed form', () => {
  const data = Array.from({ length: 50 }, (_, at) => (at * 37) % 50);
  const of = draws('mean');
  const means = Float64Array.from({ length: replicates }, () => mean(data.map(() => data[of.below(data.length)]!)));
  const average = mean(data);
  const error = Math.sqrt(mean(data.map((value) => (value - average) ** 2)) / data.length);
  const { low, high } = percentileInterval(means, average);
  expect(Math.abs(low - (average - z95 * error))).toBeLessThan(0.2 * error);
  expect(Math.abs(high - (average + z95 * error))).toBeLessThan(0.2 * error);
});

test('what was measured is never outside of its interval', () => {
  expect(percentileInterval(new Float64Array(100).fill(0.5), 0.7)).toEqual({ low: 0.5, high: 0.7 });
});

test('equal ones cannot be told apart, distant ones can, in one direction', () => {
  const [one, other] = [normals('one', replicates), normals('other', replicates)];
  const shifted = other.map((value) => value - 4);
  expect(isSurelyAbove(one, one)).toBe(false);
  expect(isSurelyAbove(one, other)).toBe(false);
  expect(isSurelyAbove(one, shifted)).toBe(true);
  expect(isSurelyAbove(shifted, one)).toBe(false);
  expect(isSurelyAbove(new Float64Array(10), new Float64Array(10))).toBe(false);
});
