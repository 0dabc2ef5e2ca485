import { ModularArithmeticBrackets } from '../../tasks/modular-arithmetic-brackets';
import { expectDistribution, tally } from '../support/statistics';
import { exactValue, modulo } from '../support/tasks/exact-expressions';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('modular-arithmetic-brackets', () => {
  const arithmetic = new ModularArithmeticBrackets();
  const text = (input: readonly number[]) => input.map((symbol) => arithmetic.alphabets.input[symbol]).join('');
  const ids = (expression: string) => [...expression].map((symbol) => arithmetic.alphabets.input.indexOf(symbol));

  it('agrees with exact big integers reduced at the end', () => {
    expectSameAnswers(arithmetic, (input) => [modulo(exactValue(text(input)), 5n)]);
  });

  it.each(['2+3*4', '2*3+4', '1-2-3', '-2*3', '4*(1+2)*3', '((2))', '1-(2-(3-4))'])('also solves %s', (expression) => {
    expect(arithmetic.solve(ids(expression))).toEqual([modulo(exactValue(expression), 5n)]);
  });

  it('traces the brackets as they close', () => {
    for (const input of sampleInputs(arithmetic, 60, 50)) {
      let expression = text(input);
      const values: number[] = [];
      for (let pair = /\([^()]*\)/.exec(expression); pair; pair = /\([^()]*\)/.exec(expression)) {
        values.push(modulo(exactValue(pair[0]), 5n));
        expression = expression.replace(pair[0], String(values.at(-1)));
      }
      expect(arithmetic.trace(input)).toEqual([...values, values.at(-1)]);
    }
  });

  it('draws the grammar of the reference', () => {
    const short = [1, 2, 3, 4].map((length) => text(sampleInputs(arithmetic, length, 1)[0]!).replaceAll(/\d/g, 'd'));
    expect(short).toEqual(['d', '-d', '(d)', '(-d)']);
    // Length 6: (d o -d) and (-d o d) with every operator and digits.
    const shapes = sampleInputs(arithmetic, 6, 18_000).map((input) => text(input).replaceAll(/\d/g, 'd'));
    const kinds = ['(d+-d)', '(d--d)', '(d*-d)', '(-d+d)', '(-d-d)', '(-d*d)'];
    expectDistribution(
      tally(
        shapes.map((shape) => kinds.indexOf(shape)),
        6,
      ),
      kinds.map(() => 1),
    );
    const digits = sampleInputs(arithmetic, 9, 5000).flatMap((input) => input.filter((symbol) => symbol < 5));
    expectDistribution(tally(digits, 5), [1, 1, 1, 1, 1]);
  });

  it.each(['(1', '1)', '1+', '+1', '()', '(12)', 'x', ''])('refuses "%s"', (expression) => {
    expect(() => arithmetic.solve(ids(expression))).toThrow(/not an input/);
  });
});
