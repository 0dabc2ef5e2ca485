import { IteratedSquaring } from '../../tasks/iterated-squaring';
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
