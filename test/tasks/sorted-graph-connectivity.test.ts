import { SortedGraphConnectivity } from '../../tasks/sorted-graph-connectivity';
import { unitOf, type Unit } from '../../registry/units';
import { columnProperties } from '../../src/theory/column-properties';
import { circuitClassOf } from '../../tasks/parts/algebra/circuit-class';
import { analyse } from '../../tasks/parts/algebra/language-analysis';
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

describe('sorted-graph-connectivity', () => {
  const task = new SortedGraphConnectivity();

  it('agrees with collecting what leads to the target, from the last edge back', () => {
    expectSameAnswers(task, (input) => {
      const [source, target, ...edges] = numbers(input);
      const leads = new Set([target!]);
      for (let i = edges.length - 2; i >= 0; i -= 2) if (leads.has(edges[i + 1]!)) leads.add(edges[i]!);
      return [leads.has(source!) ? 1 : 0];
    });
  });

  it('needs no more than to know how far the next node of the path is, of three', () => {
    expectSameAnswers(task, (input) => {
      const [source, target, ...edges] = numbers(input);
      let away = -1;
      for (let node = 0; node <= target!; node++) {
        if (node === source) away = 0;
        if (node === target) return [away === 0 ? 1 : 0];
        if (away >= 0) away = away === 0 ? edges[2 * node + 1]! - node - 1 : away - 1;
        if (away > 2) throw new Error(`${away} nodes away`);
      }
      return [0];
    });
  });

  it.each([
    [2, 4, 'AC0'],
    [3, 24, 'ACC0 (not AC0)'],
    [4, 236, 'ACC0 (not AC0)'],
    [5, 3010, 'ACC0 (not AC0)'],
  ])('with a reach of %d has the class of that automaton, of %d elements', (reach, monoid, circuitClass) => {
    const offsets = Array.from({ length: reach }, (_, offset) => offset);
    const { shown } = analyse({
      transitions: offsets.map((offset) => offsets.map((edge) => (offset === 0 ? edge : offset - 1))),
      answers: offsets.map((offset) => (offset === 0 ? 1 : 0)),
    });
    expect([shown.monoid, circuitClassOf(shown).name]).toEqual([monoid, circuitClass]);
    const { meta } = unitOf(SortedGraphConnectivity) as Unit<'task'>;
    expect(columnProperties(meta, new SortedGraphConnectivity({ reach }), { reach }).circuitClass).toBe(circuitClass);
  });

  it('answers either way equally often', () => {
    const answers = [6, 20, 40, 200].flatMap((length) =>
      sampleInputs(task, length, 2000).map((input) => task.solve(input)[0]!),
    );
    expectDistribution(tally(answers, 2), uniformShares(2));
  });

  it('draws how far an edge leads uniformly', () => {
    const steps = sampleInputs(task, 40, 3000).map((input) => {
      const [, , from, to] = numbers(input);
      return to! - from! - 1;
    });
    expect(new Set(steps)).toEqual(new Set([0, 1, 2]));
    // Edges that the answer does not bear on: those behind the target.
    const behind = sampleInputs(task, 20, 20_000).flatMap((input) => {
      const [, target, ...edges] = numbers(input);
      return target! < 5 ? [edges[11]! - edges[10]! - 1] : [];
    });
    expectDistribution(tally(behind, 3), uniformShares(3));
  });

  it('takes whole graphs', () => {
    expect([1, 6, 7, 8, 43, 44, 500].map((length) => task.inputLength(length))).toEqual([6, 6, 6, 8, 20, 44, 400]);
  });

  it.each([[[0, 1, 0, 1]], [[0, 1, 0, 2, 1, 0]], [[0, 3, 0, 2, 1, 2]], [[0, 1, 1, 2, 0, 2]]])('refuses %j', (input) => {
    expect(() => task.solve(input)).toThrow(/not an input of "sorted-graph-connectivity"/);
  });
});
