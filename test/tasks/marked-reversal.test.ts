import { MarkedReversal } from '../../tasks/marked-reversal';
import { describeRecognition } from '../support/tasks/recognition';

describe('marked-reversal', () => {
  const task = new MarkedReversal();

  describeRecognition(
    task,
    (input) => {
      const [left, right, ...more] = input.join('').split('2');
      return right !== undefined && more.length === 0 && left === [...right].reverse().join('');
    },
    { length: 7 },
  );

  it('takes the lengths that have members', () => {
    expect([1, 2, 3, 40].map((length) => task.inputLength(length))).toEqual([1, 1, 3, 39]);
  });

  it('compares pairs up to the first that differs', () => {
    const read = (input: readonly number[]) =>
      task
        .trace(input)
        .map((id) => task.alphabets.trace![id])
        .join(' ');
    expect(read([1, 0, 2, 0, 1])).toBe('1 1 0 0');
    expect(read([1, 0, 2, 1, 1])).toBe('1 1 0 1 !');
    expect(read([1, 2, 0, 0, 1])).toBe('!');
  });
});
