import { AnBnCn } from '../../tasks/anbncn';
import { describeRecognition } from '../support/tasks/recognition';

describe('anbncn', () => {
  const anbncn = new AnBnCn();

  describeRecognition(
    anbncn,
    (input) => {
      const [, a, b, c] = /^(0*)(1*)(2*)$/.exec(input.join('')) ?? [];
      return a !== undefined && a.length === b!.length && b!.length === c!.length;
    },
    { length: 9 },
  );

  it('has members of lengths that 3 divides', () => {
    expect([1, 2, 3, 5, 40].map((length) => anbncn.inputLength(length))).toEqual([3, 3, 3, 3, 39]);
  });
});
