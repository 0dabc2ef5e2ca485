import { CircuitValue } from '../../tasks/circuit-value';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('circuit-value', () => {
  const task = new CircuitValue();

  /** Gates as words, cut by what a gate of this circuit takes. */
  const gates = (input: readonly number[]) => {
    const words = input.map((id) => task.alphabets.input[id]!);
    const starts = words.flatMap((word, i) => (/[a-z]/.test(word) ? [i] : []));
    return starts.map((start, i) => {
      const [kind, ...rest] = words.slice(start, starts[i + 1]);
      const half = rest.length / 2;
      return {
        kind: kind!,
        left: Number(rest.slice(0, half).join('')),
        right: Number(rest.slice(half).join('')),
      };
    });
  };

  it('agrees with asking back from the last gate', () => {
    expectSameAnswers(task, (input) => {
      const circuit = gates(input);
      const known = new Map<number, boolean>();
      const value = (gate: number): boolean => {
        const { kind, left, right } = circuit[gate]!;
        const found =
          known.get(gate) ??
          (kind === 'true' ||
            (kind === 'not'
              ? !value(left)
              : kind === 'and'
                ? value(left) && value(right)
                : kind === 'or'
                  ? value(left) || value(right)
                  : false));
        known.set(gate, found);
        return found;
      };
      return [value(circuit.length - 1) ? 1 : 0];
    });
  });

  it('has as many gates as fit', () => {
    expect([1, 3, 5, 6, 30, 54, 55, 500].map((length) => task.inputLength(length))).toEqual([
      3, 3, 3, 6, 30, 30, 55, 500,
    ]);
    for (const length of [3, 30, 55, 500, 800])
      for (const input of sampleInputs(task, length, 3)) expect(gates(input)).toHaveLength(task.trace(input).length);
  });

  it('draws kinds and references as stated', () => {
    const circuits = sampleInputs(task, 18, 6000).map(gates);
    const kinds = ['false', 'true', 'not', 'and', 'or'];
    expectDistribution(
      tally(
        circuits.map((circuit) => kinds.indexOf(circuit[0]!.kind)),
        5,
      ),
      [1, 1, 0, 0, 0],
    );
    expectDistribution(
      tally(
        circuits.map((circuit) => kinds.indexOf(circuit[3]!.kind)),
        5,
      ),
      uniformShares(5),
    );
    expectDistribution(
      tally(
        circuits.map((circuit) => kinds.indexOf(circuit[5]!.kind)),
        5,
      ),
      [0, 0, 1, 1, 1],
    );
    const middle = circuits
      .filter((circuit) => circuit[3]!.kind === 'or')
      .map((circuit) => 3 * circuit[3]!.left + circuit[3]!.right);
    expectDistribution(tally(middle, 9), uniformShares(9));
    expectDistribution(
      tally(
        circuits.map((circuit) => circuit[5]!.left),
        5,
      ),
      [0, 0, 1, 1, 1],
    );
  });

  it('answers either way equally often', () => {
    const answers = [9, 40, 200].flatMap((length) =>
      sampleInputs(task, length, 2000).map((input) => task.solve(input)[0]!),
    );
    expectDistribution(tally(answers, 2), uniformShares(2));
  });

  it.each([
    ['a gate that refers to itself', [12, 0, 15]],
    ['a missing reference', [11, 15, 15, 13, 0, 15]],
    ['a reference of a constant', [11, 0, 15]],
    ['another length', [11, 15]],
    ['a gate without a kind', [3, 15, 15]],
  ])('refuses %s', (_, input) => {
    expect(() => task.solve(input)).toThrow(/not an input of "circuit-value"/);
  });
});
