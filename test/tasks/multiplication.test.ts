import { Multiplication } from '../../tasks/multiplication';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs, scoredAnswer } from '../support/tasks/second-solver';

describe('multiplication', () => {
  const multiplication = new Multiplication();

  it('agrees with column sums and carries', () => {
    expectSameAnswers(multiplication, (input) => {
      if (input.length < 3) return input.length === 1 ? [2] : [0, 2];
      const place = input.indexOf(2);
      const columns = new Array<number>(input.length).fill(0);
      for (let i = 0; i < place; i++)
        for (let j = place + 1; j < input.length; j++) columns[i + j - place - 1]! += input[i]! * input[j]!;
      columns.forEach((sum, i) => {
        columns[i] = sum % 2;
        if (sum > 1) columns[i + 1]! += Math.floor(sum / 2);
      });
      return [...columns.slice(0, Math.max(columns.lastIndexOf(1), 0) + 1), 2];
    });
  });

  it('fills the answer with zeros after the terminator', () => {
    for (const input of sampleInputs(multiplication, 40, 100)) {
      const answer = multiplication.solve(input);
      expect(answer).toHaveLength(40);
      expect(answer.slice(multiplication.scored(input)).every((symbol) => symbol === 0)).toBe(true);
    }
  });

  it('ends its trace with the product', () => {
    for (const length of [3, 4, 17, 60])
      for (const input of sampleInputs(multiplication, length, 50)) {
        const sums = multiplication.trace(input).join('').split('2').slice(0, -1);
        expect(sums).toHaveLength(length - 1 - input.indexOf(2));
        const product = scoredAnswer(multiplication, input).slice(0, -1).join('');
        expect(sums.at(-1)!.replace(/(?<=.)0+$/, '')).toBe(product);
      }
  });

  describe('linear trace', () => {
    const linear = new Multiplication({ trace: 'linear' });
    const inputs = [3, 4, 9, 10, 17, 60, 101].flatMap((length) => sampleInputs(linear, length, 40));
    /** Sum and bit of each place. */
    const steps = (input: readonly number[]) => {
      const stride = linear.traceLength(input.length) / (input.length - 1);
      const text = linear.trace(input).join('');
      return Array.from({ length: input.length - 1 }, (_, place) => ({
        sum: Number(text.slice(place * stride, (place + 1) * stride - 1)),
        bit: Number(text[(place + 1) * stride - 1]),
      }));
    };

    it('holds the product in the bits of its steps', () => {
      for (const input of inputs) {
        const product = steps(input)
          .map(({ bit }) => bit)
          .join('')
          .replace(/(?<=.)0+$/, '');
        expect(product).toBe(scoredAnswer(linear, input).slice(0, -1).join(''));
      }
    });

    it('takes each step from the pairs of bits of its place and half of the sum before', () => {
      for (const input of inputs) {
        const star = input.indexOf(2);
        steps(input).forEach(({ sum, bit }, place, all) => {
          let pairs = 0;
          for (let i = 0; i < star; i++)
            for (let j = star + 1; j < input.length; j++)
              if (i + j - star - 1 === place && input[i] === 1 && input[j] === 1) pairs++;
          const carried = place === 0 ? 0 : Math.floor(all[place - 1]!.sum / 2);
          expect({ sum, bit }).toEqual({ sum: pairs + carried, bit: (pairs + carried) % 2 });
        });
      }
    });

    it('is shorter than shift and add from 4 symbols on, and has the longest at every input', () => {
      for (const length of [4, 5, 9, 10, 50, 101]) {
        expect(linear.traceLength(length)).toBeLessThan(multiplication.traceLength(length));
        for (const input of sampleInputs(linear, length, 5))
          expect(linear.trace(input)).toHaveLength(linear.traceLength(length));
      }
    });

    it('has nothing to add at lengths 1 and 2', () => {
      expect([linear.trace([0]), linear.trace([0, 1])]).toEqual([[], []]);
      expect([1, 2].map((length) => linear.traceLength(length))).toEqual([0, 0]);
    });
  });

  it('draws widths and numbers uniformly, never 0', () => {
    const inputs = sampleInputs(multiplication, 6, 24_000);
    expectDistribution(
      tally(
        inputs.map((input) => input.indexOf(2) - 1),
        4,
      ),
      uniformShares(4),
    );
    const value = (bits: readonly number[]) => bits.reduceRight((sum, bit) => 2 * sum + bit, 0);
    const ofWidth2 = inputs.filter((input) => input[2] === 2);
    expectDistribution(
      tally(
        ofWidth2.map((input) => value(input.slice(0, 2)) - 1),
        3,
      ),
      uniformShares(3),
    );
    expectDistribution(
      tally(
        ofWidth2.map((input) => value(input.slice(3)) - 1),
        7,
      ),
      uniformShares(7),
    );
  });

  it('draws the degenerate lengths as the reference does', () => {
    expect(new Set(sampleInputs(multiplication, 1, 50).map(String))).toEqual(new Set(['0']));
    const pairs = sampleInputs(multiplication, 2, 9000).map(([low, high]) => low! + 2 * high!);
    expectDistribution(tally(pairs, 3), uniformShares(3));
    expect(new Set(sampleInputs(multiplication, 3, 50).map(String))).toEqual(new Set(['1,2,1']));
  });

  it('is exact far beyond doubles', () => {
    // (2^250 - 1)^2 = 2^500 - 2^251 + 1
    const ones = new Array<number>(250).fill(1);
    const square = (2n ** 500n - 2n ** 251n + 1n).toString(2);
    expect(
      scoredAnswer(multiplication, [...ones, 2, ...ones])
        .slice(0, -1)
        .reverse()
        .join(''),
    ).toBe(square);
  });

  it.each([[[1, 1, 1]], [[2, 1, 1]], [[1, 1, 2]], [[1, 2, 1, 2, 1]]])('refuses %j', (input) => {
    expect(() => multiplication.solve(input)).toThrow(/not an input of "multiplication"/);
  });
});
