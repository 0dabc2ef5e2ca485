import { Dyck, Dyck1, Dyck2, Dyck3, Dyck8, Dyck8Depth10 } from '../../tasks/dyck';
import { isNested, isNestedTo } from '../support/tasks/bracket-recogniser';
import { everyWord } from '../support/tasks/every-word';
import { describeRecognition } from '../support/tasks/recognition';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('dyck-1', () => describeRecognition(new Dyck1(), (word) => isNested(word), { length: 10 }));
describe('dyck-2', () => describeRecognition(new Dyck2(), (word) => isNested(word), { length: 6 }));
describe('dyck-3', () => describeRecognition(new Dyck3(), (word) => isNested(word), { length: 4 }));
describe('dyck to depth 2', () =>
  describeRecognition(new Dyck({ kinds: 2, maximumDepth: 2 }), (word) => isNestedTo(2, word), { length: 6 }));

describe('dyck', () => {
  it.each([
    ['dyck', new Dyck(), Infinity],
    ['dyck-8', new Dyck8(), Infinity],
    ['dyck-8-depth-10', new Dyck8Depth10(), 10],
  ])('%s agrees with deleting matched neighbours', (_, task, depth) =>
    expectSameAnswers(task, (word) => [isNestedTo(depth, word) ? 1 : 0]),
  );

  it('ends a trace with an empty stack for members and with ! after a violation', () => {
    const task = new Dyck2() as Dyck;
    const read = (input: readonly number[]) =>
      task.trace!(input)
        .map((id) => task.alphabets.trace![id])
        .join(' ');
    for (const input of sampleInputs(task, 20, 200))
      expect(task.solve(input)[0] === 1).toBe(/(^|, ),$/.test(read(input)));
    expect(read([0, 3, 0, 1])).toBe('( , !');
  });

  /** Per level and kind, brackets opened less those closed: 0 or 1 at every prefix, one kind to a level, and 0 at the end. */
  it.each([2, 3])('to depth %d needs no more than counts of brackets at each level', (depth) => {
    const task = new Dyck({ kinds: 2, maximumDepth: depth });
    const isCounted = (word: readonly number[]) => {
      const open = Array.from({ length: depth }, () => [0, 0]);
      let height = 0;
      for (const symbol of word) {
        const [kind, isClosing] = [symbol >> 1, symbol % 2 === 1];
        const level = isClosing ? --height : height++;
        if (level < 0 || level >= depth) return false;
        open[level]![kind]! += isClosing ? -1 : 1;
        if (open[level]!.some((count) => count < 0)) return false;
      }
      return open.flat().every((count) => count === 0);
    };
    for (let length = 1; length <= 7; length++)
      for (const word of everyWord(4, length))
        expect([word, task.solve(word)]).toEqual([word, [Number(isCounted(word))]]);
  });

  it('reaches the depth that bounds it', () => {
    const deepest = sampleInputs(new Dyck8Depth10(), 100, 300).map((word) => {
      let depth = 0;
      return Math.max(...word.map((symbol) => (depth += symbol % 2 === 0 ? 1 : -1)));
    });
    expect(deepest.filter((depth) => depth === 10).length).toBeGreaterThan(20);
  });
});
