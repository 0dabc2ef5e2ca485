import fc from 'fast-check';
import { isSurelyAbove } from '../../../../src/studies/statistics/bootstrap';
import { ranksOf, type Rankable } from '../../../../src/studies/capability/summarise/ranks';

/** Replicates spread evenly around a value, in an order that depends on it. */
const around = (capability: number, halfWidth: number): Rankable => {
  const stride = 1 + (Math.round(1000 * capability) % 100);
  return {
    capability,
    resampled: Float64Array.from(
      { length: 101 },
      (_, at) => capability + halfWidth * ((((at * stride) % 101) - 50) / 50),
    ),
  };
};

test('1, 2=, 2=, 4, and nothing at chance', () => {
  const entries = [around(0.9, 0.01), around(0.6, 0.1), around(0.59, 0.1), around(0.2, 0.01), around(0, 0)];
  expect(ranksOf(entries)).toEqual([
    { rank: 1, isShared: false },
    { rank: 2, isShared: true },
    { rank: 2, isShared: true },
    { rank: 4, isShared: false },
    { rank: null, isShared: false },
  ]);
});

/** By the words of the rule: the first of those that share a rank is the last entry that was told apart from such a first. */
function byBruteForce(entries: readonly Rankable[]): (number | null)[] {
  const firsts: number[] = [];
  return entries.map(({ capability, resampled }, at) => {
    if (capability <= 0) return null;
    if (at === 0 || isSurelyAbove(entries[firsts.at(-1)!]!.resampled, resampled)) firsts.push(at);
    return firsts.at(-1)! + 1;
  });
}

const entry = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.3, noNaN: true }))
  .map(([capability, halfWidth]) => around(capability, halfWidth));
const entries = fc.array(entry, { maxLength: 12 }).map((list) => list.sort((a, b) => b.capability - a.capability));

test('they are what the rule says, never fall, and begin at the place of their first', () => {
  fc.assert(
    fc.property(entries, (list) => {
      const ranks = ranksOf(list).map(({ rank }) => rank);
      expect(ranks).toEqual(byBruteForce(list));
      const given = ranks.filter((rank) => rank !== null);
      expect(given).toEqual([...given].sort((a, b) => a - b));
      for (const rank of given) expect(given.indexOf(rank)).toBe(rank - 1);
    }),
  );
});

test('an equal added beside an entry shares its rank', () => {
  fc.assert(
    fc.property(entries, fc.nat(), (list, which) => {
      fc.pre(list.length > 0);
      const at = which % list.length;
      const ranks = ranksOf([...list.slice(0, at + 1), list[at]!, ...list.slice(at + 1)]);
      expect(ranks[at + 1]!.rank).toBe(ranks[at]!.rank);
    }),
  );
});
