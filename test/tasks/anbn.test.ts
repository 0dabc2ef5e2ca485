import { AnBn } from '../../tasks/anbn';
import { describeRecognition } from '../support/tasks/recognition';

describe('anbn', () => {
  const anbn = new AnBn();

  describeRecognition(
    anbn,
    (input) => {
      // One counter, one look at each symbol.
      let depth = 0;
      let sawB = false;
      for (const symbol of input) {
        if (symbol === 0 && sawB) return false;
        if (symbol === 1) sawB = true;
        depth += symbol === 0 ? 1 : -1;
        if (depth < 0) return false;
      }
      return depth === 0;
    },
    { length: 10 },
  );

  it('has members of even lengths alone', () => {
    expect([1, 2, 3, 40, 41].map((length) => anbn.inputLength(length))).toEqual([2, 2, 2, 40, 40]);
  });
});
