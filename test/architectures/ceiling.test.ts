import { Ceiling } from '../../architectures/ceiling';
import type { Task } from '../../src/core/contracts/task';
import { CountingDecimal } from '../../tasks/counting-decimal';
import { Reversal } from '../../tasks/reversal';
import { toyShown, toyTask } from '../support/architectures/toy-task';

const lengths = Array.from({ length: 40 }, (_, i) => i + 1);
const ceilingOf = (task: Task) => new Ceiling().fit(task, toyShown({ trained: { lengths, canDraw: () => false } }));
const a = (count: number, of: number) => Array.from({ length: of }, (_, i) => (i < count ? 0 : 1));

describe('the ceiling of a learner of inputs up to 40 symbols', () => {
  it('knows numerals up to 40, whatever the length of the input', () => {
    const decimal = new CountingDecimal();
    const guess = ceilingOf(decimal);
    for (const [count, of] of [
      [7, 40],
      [40, 40],
      [39, 99],
      [40, 41],
    ] as const)
      expect(guess(a(count, of))).toEqual(decimal.solve(a(count, of)));
    // Tens above 4 were never written, nor any third digit.
    for (const [count, of] of [
      [50, 60],
      [99, 99],
      [7, 100],
    ] as const)
      expect(guess(a(count, of))).toEqual([]);
  });

  it('writes strings of any length: places beyond the trained ones hold nothing new', () => {
    const reversal = new Reversal();
    const input = Array.from({ length: 256 }, (_, i) => i % 2);
    expect(ceilingOf(reversal)(input)).toEqual(reversal.solve(input));
  });

  it('has no symbol that is no answer at a trained length, and everything at trained lengths', () => {
    const rare: Task = { ...toyTask, solve: (input) => [input.length > 40 && input[0] === 0 ? 3 : 2, input[0]!, 3] };
    const guess = ceilingOf(rare);
    expect(guess(Array(50).fill(1))).toEqual([2, 1, 3]);
    expect(guess(Array(50).fill(0))).toEqual([]);
    expect(guess([0])).toEqual([2, 0, 3]);
  });
});
