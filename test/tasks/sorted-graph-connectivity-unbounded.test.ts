import { SortedGraphConnectivityUnbounded } from '../../tasks/sorted-graph-connectivity-unbounded';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

/** Numbers of the input, whose width follows from its length: N nodes take 2 w N digits. */
function numbers(input: readonly number[]): number[] {
  const width = [1, 2, 3].find((w) => String(input.length / (2 * w) - 1).length === w)!;
  return input
    .join('')
    .match(new RegExp(`.{${width}}`, 'g'))!
    .map(Number);
}

describe('sorted-graph-connectivity-unbounded', () => {
  const task = new SortedGraphConnectivityUnbounded();

  it('agrees with following the path edge by edge', () => {
    expectSameAnswers(task, (input) => {
      const [source, target, ...edges] = numbers(input);
      const next = new Map(
        edges.flatMap((end, at) => (at % 2 === 1 ? [[edges[at - 1]!, end]] : [])) as [number, number][],
      );
      const path = [source!];
      for (let node = next.get(source!); node !== undefined; node = next.get(node)) path.push(node);
      return [path.includes(target!) ? 1 : 0];
    });
  });

  it('answers either way equally often, and leads anywhere', () => {
    const inputs = sampleInputs(task, 20, 20_000);
    expectDistribution(
      tally(
        inputs.map((input) => task.solve(input)[0]!),
        2,
      ),
      uniformShares(2),
    );
    // Edges that the answer does not bear on: those behind the target.
    const behind = inputs.flatMap((input) => (input[1]! < 5 ? [input[13]! - 6] : []));
    expectDistribution(tally(behind, 4), uniformShares(4));
  });
});
