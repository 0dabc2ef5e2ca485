import { SelectiveCopying } from '../../tasks/selective-copying';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('selective-copying', () => {
  const task = new SelectiveCopying();

  it('agrees with striking blanks out of the text', () => {
    expectSameAnswers(task, (input) => {
      const text = input.map((id) => task.alphabets.input[id]).join(' ');
      return text.replaceAll('_', ' ').trim().split(/ +/).map(Number);
    });
  });

  it('copies as many symbols at all lengths beyond twice their number', () => {
    expect([1, 2, 3, 30, 31, 32, 500].map((length) => task.answerLength(length))).toEqual([1, 1, 2, 15, 16, 16, 16]);
    for (const input of sampleInputs(task, 100, 50)) expect(task.solve(input)).toHaveLength(16);
  });

  it('draws symbols and their places uniformly', () => {
    const small = new SelectiveCopying({ vocabulary: 3, tokensToCopy: 2 });
    const inputs = sampleInputs(small, 4, 6000);
    const places = inputs.map((input) => input.reduce((code, symbol, at) => code + (symbol < 3 ? 2 ** at : 0), 0));
    expectDistribution(
      tally(places, 16),
      Array.from({ length: 16 }, (_, code) => ([3, 5, 6, 9, 10, 12].includes(code) ? 1 : 0)),
    );
    const answers = inputs.map((input) => small.solve(input)).map(([first, second]) => 3 * first! + second!);
    expectDistribution(tally(answers, 9), uniformShares(9));
  });

  it.each([[[16, 16, 16]], [[1, 2, 3]], [[16]]])('refuses %j', (input) => {
    expect(() => task.solve(input)).toThrow(/not an input of "selective-copying"/);
  });
});
