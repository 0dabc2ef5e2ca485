import { IteratedSquaring } from '../../tasks/iterated-squaring';
import { squaringTheory } from '../../tasks/parts/column-theory';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

const primes = [
  5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113,
  127,
];

describe('iterated-squaring', () => {
  const task = new IteratedSquaring();

  it("agrees with one power whose exponent is reduced by Fermat's theorem", () => {
    expectSameAnswers(task, (input) => {
      const [prime, number] = [BigInt(input[0]!), BigInt(input[1]!)];
      const exponent = 2n ** BigInt(input.length - 2) % (prime - 1n);
      return [Number(number ** exponent % prime)];
    });
  });

  it('comes around after at most 52 squarings, with even periods and such as are no power of two', () => {
    const periods = primes.flatMap((prime) =>
      Array.from({ length: prime }, (_, number) => {
        const seen: number[] = [];
        for (let value = number; ; value = value ** 2 % prime) {
          const before = seen.indexOf(value);
          if (before >= 0) return seen.length - before;
          seen.push(value);
        }
      }),
    );
    expect(Math.max(...periods)).toBe(52);
    expect(squaringTheory(primes)).toMatchObject({
      evenCycle: periods.some((period) => period % 2 === 0),
      oddCycle: periods.some((period) => !Number.isInteger(Math.log2(period))),
      starFree: periods.every((period) => period === 1),
    });
    // Modulo 5 all numbers soon stay, modulo 7 they alternate at most.
    expect(squaringTheory([5])).toMatchObject({ evenCycle: false, oddCycle: false, starFree: true });
    expect(squaringTheory([5, 7])).toMatchObject({ evenCycle: true, oddCycle: false, starFree: false });
  });

  it('draws primes and numbers uniformly', () => {
    const inputs = sampleInputs(task, 10, 12_000);
    expectDistribution(
      tally(
        inputs.map((input) => primes.indexOf(input[0]!)),
        primes.length,
      ),
      uniformShares(primes.length),
    );
    const modulo11 = inputs.filter((input) => input[0] === 11).map((input) => input[1]! - 2);
    expectDistribution(tally(modulo11, 8), uniformShares(8));
  });

  it.each([[[7]], [[7, 8]], [[7, 3, 3]], [[128, 3]]])('refuses %j', (input) => {
    expect(() => task.solve(input)).toThrow(/not an input of "iterated-squaring"/);
  });
});
