import fc from 'fast-check';
import { createRng } from '../../src/core/random';
import { nearestLength } from '../../src/data/lengths';
import { partOf, Split, type Part } from '../../src/data/split';
import { Counting } from '../../tasks/counting';
import { Parity } from '../../tasks/parity';
import { Regex } from '../../tasks/regex';
import { createTask, taskFiles } from '../support/tasks/discover';

const draws = (split: Split, part: Part, length: number, count = 400) => {
  const rng = createRng(part).split(length);
  return new Set(Array.from({ length: count }, () => split.draw(part, rng, length).join()));
};

describe('the part of an input', () => {
  it('is the same whenever it is asked, and is test for two of sixteen, validation for one', () => {
    const counts = { training: 0, validation: 0, test: 0 };
    for (let code = 0; code < 2 ** 14; code++) counts[partOf([...code.toString(2)].map(Number))]++;
    expect(counts.test / 2 ** 14).toBeCloseTo(2 / 16, 2);
    expect(counts.validation / 2 ** 14).toBeCloseTo(1 / 16, 2);
  });
  it('does not depend on the length alone, nor on the last symbol', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 8 }), (input) => {
        const parts = Array.from({ length: 61 }, (_, last) => partOf([...input, last]));
        expect(new Set(parts).size).toBeGreaterThan(1);
      }),
      { seed: 1 },
    );
  });
});

describe('a split', () => {
  it('shares no input of a trained length between parts', () => {
    const split = new Split(new Parity(), 40);
    for (const length of [9, 10, 40]) {
      expect(split.keepsApart(length)).toBe(true);
      const training = draws(split, 'training', length, 5000);
      const others = [...draws(split, 'validation', length), ...draws(split, 'test', length)];
      expect(others.filter((input) => training.has(input))).toEqual([]);
      expect(new Set(others).size).toBe(draws(split, 'validation', length).size + draws(split, 'test', length).size);
    }
  });
  it('knows what training can draw', () => {
    const split = new Split(new Parity(), 40);
    const rng = createRng(1);
    for (const length of [1, 12, 40]) expect(split.canDraw(split.draw('training', rng, length))).toBe(true);
    expect(split.canDraw(split.draw('test', rng, 12))).toBe(false);
    expect(split.canDraw(split.draw('test', rng, 1))).toBe(true);
    expect(split.canDraw(split.draw('test', rng, 41))).toBe(false);
  });
  it('keeps nothing apart where an answer has too few inputs', () => {
    const alternating = new Split(new Regex({ expression: '(ab)*', symbols: '' }), 40);
    expect([2, 20, 40].map((length) => alternating.keepsApart(length))).toEqual([false, false, false]);
    const parity = new Split(new Parity(), 40);
    expect([1, 4, 6].map((length) => parity.keepsApart(length))).toEqual([false, false, false]);
    // One string of many holds nothing but a's, and comes often.
    expect(new Split(new Counting(), 40).keepsApart(16)).toBe(true);
  });
  it.each(taskFiles.flatMap(({ units }) => units.map(({ meta }) => meta.id)))('%s: draws of every part end', (id) => {
    const task = createTask(id);
    const split = new Split(task, 20);
    for (const asked of [1, 5, 12, 20, 21]) {
      const length = nearestLength(task, asked);
      for (const part of ['training', 'validation', 'test'] as const)
        for (const input of draws(split, part, length, 20))
          expect(length > 20 || !split.keepsApart(length) || partOf(input.split(',').map(Number)) === part).toBe(true);
    }
  });
});
