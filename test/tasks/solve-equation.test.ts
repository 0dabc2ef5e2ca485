import { SolveEquation } from '../../tasks/solve-equation';
import { expectDistribution, tally } from '../support/statistics';
import { exactValue, modulo } from '../support/tasks/exact-expressions';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('solve-equation', () => {
  const equation = new SolveEquation();
  const text = (input: readonly number[]) => input.map((symbol) => equation.alphabets.input[symbol]).join('');
  const ids = (written: string) => [...written].map((symbol) => equation.alphabets.input.indexOf(symbol));

  it('agrees with trying every digit', () => {
    expectSameAnswers(equation, (input) => {
      if (input.length < 3) return [0];
      const [left, right] = text(input).split('=');
      return [0, 1, 2, 3, 4].filter((x) => modulo(exactValue(left!.replace('x', String(x))), 5n) === Number(right));
    });
  });

  it('needs no more than the signs of digits, by the minus signs whose right operand holds them', () => {
    expectSameAnswers(equation, (input) => {
      if (input.length < 3) return [0];
      const left = input.slice(0, -2);
      const [minus, open, close, unknown] = ['-', '(', ')', 'x'].map((symbol) =>
        equation.alphabets.input.indexOf(symbol),
      );
      /** The operand from a place on: minus signs, then a digit or a pair of brackets. */
      const endOf = (place: number): number => {
        while (left[place] === minus) place++;
        let depth = 0;
        do
          if (left[place] === open) depth++;
          else if (left[place] === close) depth--;
        while (place++ < left.length && depth > 0);
        return place;
      };
      const signs = left.map(() => 1);
      left.forEach((symbol, place) => {
        if (symbol === minus) for (let at = place + 1; at < endOf(place + 1); at++) signs[at]! *= -1;
      });
      const sum = left.reduce((total, symbol, place) => total + (symbol < 5 ? signs[place]! * symbol : 0), 0);
      const x = (input.at(-1)! - sum) * signs[left.indexOf(unknown!)]!;
      return [((x % 5) + 5) % 5];
    });
  });

  it('ends its trace with constant, coefficient and x', () => {
    for (const input of sampleInputs(equation, 41, 100)) {
      const left = text(input).split('=')[0]!;
      const at = (x: string) => modulo(exactValue(left.replace('x', x)), 5n);
      const [constant, slope, x] = equation.trace(input).slice(-3);
      expect([constant, (constant! + slope!) % 5, x]).toEqual([at('0'), at('1'), equation.solve(input)[0]]);
    }
  });

  it('hides the first digit at or after a uniform place', () => {
    // Length 7: the left side is (d o d); places 0 and 1 and the closing bracket lead to the first digit.
    const places = sampleInputs(equation, 7, 5000).map((input) => input.indexOf(equation.alphabets.input.indexOf('x')));
    expectDistribution(
      tally(
        places.map((place) => (place - 1) / 2),
        2,
      ),
      [3 / 5, 2 / 5],
    );
    const hidden = sampleInputs(equation, 20, 5000).map((input) => equation.solve(input)[0]!);
    expectDistribution(tally(hidden, 5), [1, 1, 1, 1, 1]);
  });

  it('is all zeros at lengths 1 and 2', () => {
    expect([...sampleInputs(equation, 1, 2), ...sampleInputs(equation, 2, 2)]).toEqual([[0], [0], [0, 0], [0, 0]]);
  });

  it.each(['(1+2)=3', '(x+x)=3', 'x=x', 'x+3', '(x=3', 'x1=3'])('refuses "%s"', (written) => {
    expect(() => equation.solve(ids(written))).toThrow(/not an input of "solve-equation"/);
  });
});
