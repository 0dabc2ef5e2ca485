import { ChainSearch, ChainSearchHyperparameters } from '../../tasks/chain-search';
import { validated } from '../../src/core/validation';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

const made = (changes: Partial<ChainSearchHyperparameters> = {}) =>
  new ChainSearch(Object.assign(new ChainSearchHyperparameters(), changes));

const pairsOf = (input: readonly number[], end: number) =>
  Array.from({ length: end / 2 }, (_, at) => [input[2 * at]!, input[2 * at + 1]!] as const);

/** Looks the pair of a token up by its place, once for every hop. */
function hop(input: readonly number[], start: number, end: number, hops: number): number {
  const pairs = pairsOf(input, end);
  return hops === 0 ? start : hop(input, pairs.find(([token]) => token === start)![1], end, hops - 1);
}

describe('chain-search', () => {
  it.each([1, 2, 4])('agrees with looking pairs up one after the other, order %d', (order) => {
    expectSameAnswers(made({ order }), (input) => [hop(input, input.at(-1)!, input.length - 1, order)]);
  });

  it('agrees for two chains, and for an order that is given', () => {
    expectSameAnswers(made({ chain: 'double' }), (input) => [hop(input, input.at(-1)!, input.length - 1, 2)]);
    expectSameAnswers(made({ chain: 'ordered', order: 3 }), (input) => [
      hop(input, input.at(-2)!, input.length - 2, input.at(-1)! - 39),
    ]);
  });

  it.each(['trained', 'unseen'] as const)('has pairs whose difference modulo 5 is that of %s pairs', (residues) => {
    const seen = new Set<number>();
    for (const chain of ['single', 'double', 'ordered'] as const)
      for (const input of sampleInputs(made({ chain, residues }), 24, 200))
        for (const [token, next] of pairsOf(input, 2 * Math.floor((input.length - 1) / 2)))
          seen.add((next - token + 40) % 5);
    expect([...seen].sort()).toEqual(residues === 'trained' ? [0, 1, 4] : [2, 3]);
  });

  it('has one chain of different tokens in uniform order, asked for anywhere that leaves room', () => {
    const inputs = sampleInputs(made({ pairs: 4 }), 9, 12_000);
    const places: number[] = [];
    const firsts: number[] = [];
    for (const input of inputs) {
      const pairs = pairsOf(input, 8);
      const head = pairs.find(([token]) => pairs.every(([, next]) => next !== token))![0];
      const chain = [0, 1, 2, 3, 4].map((hops) => hop(input, head, 8, hops));
      expect(new Set(chain).size).toBe(5);
      places.push(chain.indexOf(input[8]!));
      firsts.push(chain.indexOf(input[0]!));
    }
    expectDistribution(tally(places, 5), [1, 1, 1, 0, 0]);
    expectDistribution(tally(firsts, 5), [1, 1, 1, 1, 0]);
    expectDistribution(tally(inputs.map((input) => input[8]!), 40), uniformShares(40)); // prettier-ignore
  });

  it('has two chains with a pair each that leads from outside into the chain, and asks for the end of one', () => {
    for (const input of sampleInputs(made({ chain: 'double', pairs: 6 }), 13, 500)) {
      const pairs = pairsOf(input, 12);
      const tokens = new Set(pairs.flat());
      expect(tokens.size).toBe(8); // 2 chains of 3, 2 outside
      const answer = hop(input, input[12]!, 12, 2);
      expect(pairs.every(([token]) => token !== answer)).toBe(true);
      const entered = pairs.filter(([, next]) => pairs.filter(([, other]) => other === next).length === 2);
      expect(entered).toHaveLength(4);
    }
  });

  it('says pairs again where there are more than it may have', () => {
    const [input] = sampleInputs(made({ pairs: 4 }), 41, 1);
    expect(new Set(pairsOf(input!, 40).map(String)).size).toBe(4);
    expect([1, 5, 6, 100].map((length) => made().inputLength(length))).toEqual([5, 5, 5, 99]);
    expect([1, 100].map((length) => made({ chain: 'double' }).inputLength(length))).toEqual([13, 99]);
    expect([1, 100].map((length) => made({ chain: 'ordered' }).inputLength(length))).toEqual([6, 100]);
  });

  it.each([[[1, 2]], [[1, 2, 3]], [[1, 2, 2, 3, 2]], [[1, 2, 1, 3, 1]], [[1, 2, 3, 1]], [[]]])(
    'refuses %j',
    (input) => {
      expect(() => made().solve(input)).toThrow(/not an input of "chain-search"/);
    },
  );
  it('refuses an order that is no number of hops', () => {
    const task = made({ chain: 'ordered' });
    expect(task.solve([1, 2, 2, 3, 1, 40])).toEqual([2]);
    expect(() => task.solve([1, 2, 2, 3, 1, 2])).toThrow(/how many hops/);
  });

  it.each([{ pairs: 1 }, { pairs: 15 }, { chain: 'double', pairs: 5 }, { tokens: 30 }])('does not take %j', (plain) => {
    expect(() => validated(ChainSearchHyperparameters, plain, { place: 'here' })).toThrow(/pairs/);
  });
});
