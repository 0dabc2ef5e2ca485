import type { Part } from '../../src/core/contracts/task';
import { partOf } from '../../src/core/part-of-input';
import { createRng } from '../../src/core/random';
import { nearestLength } from '../../src/data/lengths';
import { Split } from '../../src/data/split';
import { Counting } from '../../tasks/counting';
import { Parity } from '../../tasks/parity';
import { Regex } from '../../tasks/regex';
import { createTask, taskFiles } from '../support/tasks/discover';

const draws = (split: Split, part: Part, length: number, count = 400) => {
  const rng = createRng(part).split(length);
  return new Set(Array.from({ length: count }, () => split.draw(part, rng, length).join()));
};

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
  it('draws from the parts of a collection alone, of the nearest length that a part has', () => {
    const pools: Record<Part, number[][]> = {
      training: [
        [0, 0],
        [0, 1],
        [0, 1],
        [0, 1, 0, 1],
      ],
      validation: [[1, 0]],
      test: [
        [1, 1],
        [1, 1, 1, 1, 1],
      ],
    };
    const collection = {
      lengths: (part: Part) => [...new Set(pools[part].map(({ length }) => length))],
      inputs: (part: Part, length: number) => pools[part].filter((input) => input.length === length),
    };
    const split = new Split(Object.assign(new Parity(), { collection }), 4);
    const drawn = (part: Part, length: number) => [...draws(split, part, length, 200)].sort();
    expect(drawn('training', 2)).toEqual(['0,0', '0,1']);
    expect(drawn('training', 100)).toEqual(['0,1,0,1']);
    expect(drawn('validation', 4)).toEqual(['1,0']);
    expect(drawn('test', 5)).toEqual(['1,1,1,1,1']);
    expect([1, 2, 5, 9].map((length) => split.keepsApart(length))).toEqual([true, true, true, true]);
    const known = [
      [0, 1],
      [0, 1, 0, 1],
      [1, 0],
      [1, 1],
      [1, 1, 1, 1, 1],
    ].map((input) => split.canDraw(input));
    expect(known).toEqual([true, true, false, false, false]);
    // What is there twice is drawn twice as often.
    const rng = createRng('twice');
    const often = Array.from({ length: 900 }, () => split.draw('training', rng, 2).join()).filter(
      (input) => input === '0,1',
    );
    expect(Math.abs(often.length - 600)).toBeLessThan(60);
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
