import { CountingDecimal } from '../../tasks/counting-decimal';
import { expectSameAnswers } from '../support/tasks/second-solver';

describe('counting-decimal', () => {
  const counting = new CountingDecimal();

  it('agrees with a decimal odometer', () => {
    expectSameAnswers(counting, (input) => {
      const wheels = new Array<number>(String(input.length).length).fill(0);
      for (const symbol of input) if (symbol === 0) turn(wheels, wheels.length - 1);
      return wheels;
    });
  });
});

function turn(wheels: number[], wheel: number): void {
  if (wheels[wheel] !== 9) wheels[wheel]!++;
  else {
    wheels[wheel] = 0;
    turn(wheels, wheel - 1);
  }
}
