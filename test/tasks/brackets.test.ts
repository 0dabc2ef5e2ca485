import { Brackets } from '../../tasks/brackets';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs, scoredAnswer } from '../support/tasks/second-solver';

describe('brackets', () => {
  const brackets = new Brackets();
  const text = (input: readonly number[]) => input.map((symbol) => '()[]'[symbol]).join('');

  it('agrees with deleting matched pairs until none is left', () => {
    expectSameAnswers(brackets, (input) => {
      let open = text(input);
      for (let before = ''; before !== open;) {
        before = open;
        open = open.replaceAll('()', '').replaceAll('[]', '');
      }
      return [...[...open].reverse().map((bracket) => '(['.indexOf(bracket)), 2];
    });
  });

  it('ends its trace with the stack that the answer closes', () => {
    for (const input of sampleInputs(brackets, 40, 100)) {
      const stacks = brackets.trace(input).join('').split('2').slice(0, -1);
      expect(stacks).toHaveLength(input.length);
      const closing = brackets.solve(input).slice(0, brackets.scored(input) - 1);
      expect([...stacks.at(-1)!].reverse().map(Number)).toEqual(closing);
    }
  });

  describe('linear trace', () => {
    const linear = new Brackets({ trace: 'linear' });
    const steps = (input: readonly number[]) => {
      const stride = linear.traceLength(input.length) / input.length;
      const symbols = linear.trace(input).map((id) => linear.alphabets.trace[id]!);
      return input.map((_, i) => ({
        mark: symbols[i * stride]!,
        closing: Number(symbols.slice(i * stride + 1, (i + 1) * stride).join('')),
      }));
    };
    const inputs = [1, 2, 9, 10, 40, 120].flatMap((length) => sampleInputs(linear, length, 60));

    it('marks the brackets of the answer in their order', () => {
      for (const input of inputs) {
        const closing = scoredAnswer(linear, input).slice(0, -1);
        const marks = steps(input).flatMap(({ mark }) => (mark === '.' ? [] : ')]'.indexOf(mark)));
        expect(marks).toEqual(closing);
      }
    });

    it('takes each step from one symbol and the count before', () => {
      for (const input of inputs) {
        let before = 0;
        [...text(input)].reverse().forEach((symbol, i) => {
          const isClosing = symbol === ')' || symbol === ']';
          const isOpen = !isClosing && before === 0;
          const closing = isOpen ? 0 : isClosing ? before + 1 : before - 1;
          expect(steps(input)[i]).toEqual({ mark: isOpen ? (symbol === '(' ? ')' : ']') : '.', closing });
          before = closing;
        });
      }
    });

    it('is shorter than the stacks from 2 symbols on, and has the longest at every input', () => {
      for (const length of [2, 3, 9, 10, 50, 100]) {
        expect(linear.traceLength(length)).toBeLessThan(brackets.traceLength(length));
        for (const input of sampleInputs(linear, length, 5))
          expect(linear.trace(input)).toHaveLength(linear.traceLength(length));
      }
    });

    it('has the answers of the usual one', () =>
      inputs.forEach((input) => expect(linear.solve(input)).toEqual(brackets.solve(input))));
  });

  it('draws every final depth of the right parity equally often', () => {
    const depths = sampleInputs(brackets, 15, 16_000).map((input) => brackets.scored(input) - 1);
    expectDistribution(
      tally(
        depths.map((depth) => (depth - 1) / 2),
        8,
      ),
      uniformShares(8),
    );
    expect(sampleInputs(brackets, 14, 200).every((input) => brackets.scored(input) % 2 === 1)).toBe(true);
  });

  it('draws every prefix of a depth equally often', () => {
    // All prefixes of length 6 by brute force: each depth has a third of the probability.
    const prefixes = Array.from({ length: 4 ** 6 }, (_, code) => [...code.toString(4).padStart(6, '0')].map(Number))
      .map((input) => ({ key: text(input), depth: depthOf(brackets, input) }))
      .filter(({ depth }) => depth >= 1);
    const ofDepth = (depth: number) => prefixes.filter((prefix) => prefix.depth === depth).length;
    const place = new Map(prefixes.map(({ key }, i) => [key, i]));
    const drawn = sampleInputs(brackets, 6, 60_000).map((input) => place.get(text(input))!);
    expectDistribution(
      tally(drawn, prefixes.length),
      prefixes.map(({ depth }) => 1 / (3 * ofDepth(depth))),
    );
  });

  it('refuses what is no prefix, naming the place', () => {
    expect(() => brackets.solve([0, 3])).toThrow(/"\]" at position 1 closes nothing/);
    expect(() => brackets.solve([1])).toThrow(/position 0/);
  });
});

/** Depth at the end, or -1 where the string is no prefix of a Dyck word. */
function depthOf(brackets: Brackets, input: readonly number[]): number {
  try {
    return brackets.scored(input) - 1;
  } catch {
    return -1;
  }
}
