import { Palindrome } from '../../tasks/palindrome';
import { describeRecognition } from '../support/tasks/recognition';

describe('palindrome', () => {
  const task = new Palindrome();

  describeRecognition(task, (input) => input.length % 2 === 0 && input.join('') === input.toReversed().join(''), {
    length: 10,
  });

  it('takes the lengths that have members', () => {
    expect([1, 2, 3, 40].map((length) => task.inputLength(length))).toEqual([2, 2, 2, 40]);
  });

  it('compares pairs up to the first that differs', () => {
    const read = (input: readonly number[]) =>
      task
        .trace(input)
        .map((id) => task.alphabets.trace![id])
        .join(' ');
    expect(read([1, 0, 0, 1])).toBe('1 1 0 0');
    expect(read([1, 0, 1, 1])).toBe('1 1 0 1 !');
    expect(read([1, 0, 1])).toBe('!');
  });
});
