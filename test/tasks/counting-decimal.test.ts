import { CountingDecimal } from '../../tasks/counting-decimal';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('counting-decimal', () => {
  const counting = new CountingDecimal();

  it('agrees with a decimal odometer', () => {
    expectSameAnswers(counting, (input) => {
      const wheels = new Array<number>(String(input.length).length).fill(0);
      for (const symbol of input) if (symbol === 0) turn(wheels, wheels.length - 1);
      return wheels;
    });
  });

  describe.each([
    ['pairs', /^([ab]{2})+$/],
    ['separated', /^[ab](,[ab])*$/],
    ['quoted', /^"[ab]"(,"[ab]")*$/],
  ] as const)('with letters as %s', (tokens, form) => {
    const spelt = new CountingDecimal({ tokens });
    const textOf = (input: readonly number[]) => input.map((id) => spelt.alphabets.input[id]!).join('');
    const numberOf = (digits: readonly number[]) => Number(digits.join(''));

    it('writes inputs in that form, of every number of letters there is', () => {
      for (const length of [1, 2, 3, 4, 7, 11, 40]) {
        const letters = new Set<number>();
        for (const input of sampleInputs(spelt, length, 40)) {
          expect(textOf(input)).toMatch(form);
          expect(input).toHaveLength(spelt.inputLength(length));
          letters.add(textOf(input).match(/[ab]/g)!.length);
        }
        expect(letters.size).toBe(1);
      }
    });

    it("counts the a's of the text", () =>
      expectSameAnswers(spelt, (input) => {
        const count = textOf(input).match(/a/g)?.length ?? 0;
        const width = String(textOf(input).match(/[ab]/g)!.length).length;
        return [...String(count).padStart(width, '0')].map(Number);
      }));

    it('counts letter by letter in its trace, and ends with the answer', () => {
      for (const length of [1, 5, 12, 43])
        for (const input of sampleInputs(spelt, length, 20)) {
          const letters = textOf(input).match(/[ab]/g)!;
          const width = String(letters.length).length;
          const trace = spelt.trace(input);
          expect(trace).toHaveLength(spelt.traceLength(input.length));
          letters.forEach((letter, i) => {
            const count = (at: number) => (at < 0 ? 0 : numberOf(trace.slice(at * width, (at + 1) * width)));
            expect(count(i) - count(i - 1)).toBe(letter === 'a' ? 1 : 0);
          });
          expect(trace.slice(-width)).toEqual(spelt.solve(input));
        }
    });
  });

  it.each([
    ['separated', [0, 0]],
    ['separated', [0, 2]],
    ['quoted', [3, 0, 3, 2, 1]],
    ['quoted', [0]],
  ] as const)('refuses as letters %s what is written in another form: %j', (tokens, input) =>
    expect(() => new CountingDecimal({ tokens }).solve(input)).toThrow(/not an input of "counting-decimal"/),
  );
});

function turn(wheels: number[], wheel: number): void {
  if (wheels[wheel] !== 9) wheels[wheel]!++;
  else {
    wheels[wheel] = 0;
    turn(wheels, wheel - 1);
  }
}
