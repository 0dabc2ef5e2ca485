import { Counting } from '../../tasks/counting';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('counting', () => {
  const counting = new Counting();

  it('agrees with a decimal odometer', () => {
    expectSameAnswers(counting, (input) => {
      const wheels = new Array<number>(String(input.length).length).fill(0);
      for (const symbol of input) if (symbol === 0) turn(wheels, wheels.length - 1);
      return wheels;
    });
  });

  it('draws every count equally often', () => {
    const counts = sampleInputs(counting, 12, 13_000).map((input) => input.filter((symbol) => symbol === 0).length);
    expectDistribution(tally(counts, 13), uniformShares(13));
  });

  it('draws the places of the a uniformly for each count', () => {
    const codes = sampleInputs(counting, 4, 20_000).map((input) => Number.parseInt(input.join(''), 2));
    const choose = [1, 4, 6, 4, 1];
    const shares = Array.from(
      { length: 16 },
      (_, code) => 1 / (5 * choose[code.toString(2).replaceAll('0', '').length]!),
    );
    expectDistribution(tally(codes, 16), shares);
  });
});

function turn(wheels: number[], wheel: number): void {
  if (wheels[wheel] !== 9) wheels[wheel]!++;
  else {
    wheels[wheel] = 0;
    turn(wheels, wheel - 1);
  }
}
