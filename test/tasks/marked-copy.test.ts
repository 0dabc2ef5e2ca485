import { MarkedCopy } from '../../tasks/marked-copy';
import { describeRecognition } from '../support/tasks/recognition';

describe('marked-copy', () => {
  const task = new MarkedCopy();

  describeRecognition(task, (input) => /^([01]*)2\1$/.test(input.join('')), { length: 7 });

  it('takes the lengths that have members', () => {
    expect([1, 2, 3, 40].map((length) => task.inputLength(length))).toEqual([1, 1, 3, 39]);
  });

  it('compares pairs up to the first that differs', () => {
    const read = (input: readonly number[]) =>
      task
        .trace(input)
        .map((id) => task.alphabets.trace![id])
        .join(' ');
    expect(read([1, 0, 2, 1, 0])).toBe('1 1 0 0');
    expect(read([1, 0, 2, 0, 1])).toBe('1 0 !');
    expect(read([1, 2, 2, 0, 1])).toBe('!');
  });
});
