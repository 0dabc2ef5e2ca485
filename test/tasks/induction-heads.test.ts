import { InductionHeads } from '../../tasks/induction-heads';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('induction-heads', () => {
  const task = new InductionHeads();

  it('agrees with a regular expression over the text', () => {
    expectSameAnswers(task, (input) => {
      const text = input.map((id) => task.alphabets.input[id]).join(' ');
      return [Number(/# (\d+) .*#$/.exec(text)![1])];
    });
  });

  it('has the first special symbol at every place that leaves room, and one at the end', () => {
    const inputs = sampleInputs(task, 6, 4000);
    expectDistribution(
      tally(
        inputs.map((input) => input.indexOf(16)),
        6,
      ),
      [1, 1, 1, 1, 0, 0],
    );
    for (const input of inputs) expect([input.lastIndexOf(16), input.filter((id) => id === 16)]).toEqual([5, [16, 16]]);
    expectDistribution(
      tally(
        inputs.map((input) => task.solve(input)[0]!),
        16,
      ),
      uniformShares(16),
    );
  });

  it('has as many symbols as it is told to', () => {
    expect(new InductionHeads({ vocabulary: 3 }).alphabets).toEqual({
      input: ['0', '1', '2', '#'],
      output: ['0', '1', '2'],
    });
  });

  it.each([[[1, 2, 16]], [[16, 16]], [[16, 1, 16, 2]], [[16, 1, 16, 2, 16]], [[1, 2, 3]]])('refuses %j', (input) => {
    expect(() => task.solve(input)).toThrow(/not an input of "induction-heads"/);
  });
});
