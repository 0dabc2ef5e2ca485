import { createRng } from '../../src/core/random';
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

  it.each([16, 40, 102])(
    'is answered rightly in 91 to 93 of 100 by an alternating sum, as its page says (length %i)',
    (length) => {
      const rng = createRng(5);
      const isRight = Array.from({ length: 3000 }, (_, index) => {
        const input = task.sample(rng.split(index), length);
        const sum = input.reduce((total, bit, place) => total + (place % 2 === 0 ? bit : -bit), 0);
        return task.solve(input)[0] === Number(sum === 0);
      });
      const share = isRight.filter(Boolean).length / isRight.length;
      expect(share).toBeGreaterThan(0.895);
      expect(share).toBeLessThan(0.945);
    },
  );
});
