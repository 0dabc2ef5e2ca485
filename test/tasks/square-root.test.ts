import { SquareRoot } from '../../tasks/square-root';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('square-root', () => {
  const squareRoot = new SquareRoot();

  it('agrees with building the root bit by bit from the top', () => {
    expectSameAnswers(
      squareRoot,
      (input) => {
        const value = BigInt(`0b${input.join('')}`);
        const bits: number[] = [];
        let root = 0n;
        for (let place = Math.ceil(input.length / 2) - 1; place >= 0; place--) {
          const larger = root + (1n << BigInt(place));
          const fits = larger * larger <= value;
          if (fits) root = larger;
          bits.push(fits ? 1 : 0);
        }
        return bits;
      },
      { perLength: 30 },
    );
  });

  it('starts every step of its trace with a bit of the root and ends with the remainder', () => {
    for (const length of [1, 2, 39, 40, 128])
      for (const input of sampleInputs(squareRoot, length, 30)) {
        const steps = squareRoot.trace(input).join('').split('2').slice(0, -1);
        expect(steps.map((step) => Number(step[0]))).toEqual(squareRoot.solve(input));
        const root = BigInt(`0b${squareRoot.solve(input).join('')}`);
        expect(root * root + BigInt(`0b${steps.at(-1)!.slice(1)}`)).toBe(BigInt(`0b${input.join('')}`));
      }
  });

  it('draws every positive number equally often', () => {
    const numbers = sampleInputs(squareRoot, 4, 15_000).map((input) => Number.parseInt(input.join(''), 2) - 1);
    expectDistribution(tally(numbers, 15), uniformShares(15));
  });

  it('takes the root of 0', () => expect(squareRoot.solve([0, 0, 0])).toEqual([0, 0]));
});
