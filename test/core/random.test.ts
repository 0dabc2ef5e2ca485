import fc from 'fast-check';
import { createRng } from '../../src/core/random';
import { expectDistribution, tally, uniformShares } from '../support/statistics';

const draws = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

describe('streams', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const numbers = (seed: number) => {
      const rng = createRng(seed);
      return draws(20, () => rng.integer(1000));
    };
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
  });

  it('keeps its numbers from version to version', () => {
    const rng = createRng(1).split('golden');
    expect(draws(6, () => rng.integer(100))).toMatchInlineSnapshot(`
     [
       53,
       18,
       79,
       52,
       44,
       96,
     ]
    `);
    expect(rng.bigInteger(10n ** 30n)).toMatchInlineSnapshot(`475340740118155764393965018983n`);
    expect(rng.uniform()).toMatchInlineSnapshot(`0.1401496681917359`);
  });

  it('splits by name alone, whatever was drawn before', () => {
    const used = createRng(3);
    draws(10, () => used.integer(5));
    expect(used.split('a').integer(2 ** 32)).toBe(
      createRng(3)
        .split('a')
        .integer(2 ** 32),
    );
    expect(used.split('a').integer(2 ** 32)).not.toBe(used.split('b').integer(2 ** 32));
    expect(
      used
        .split('a')
        .split('b')
        .integer(2 ** 32),
    ).not.toBe(
      used
        .split('b')
        .split('a')
        .integer(2 ** 32),
    );
  });
});

describe('integer', () => {
  it.each([1, 2, 3, 5, 10, 63, 64, 100, 1000])('is uniform below %d', (bound) => {
    const rng = createRng(`uniform ${bound}`);
    expectDistribution(
      tally(
        draws(50_000, () => rng.integer(bound)),
        bound,
      ),
      uniformShares(bound),
    );
  });

  it.each([2 ** 21, 2 ** 21 + 1, 3 * 2 ** 30, 2 ** 32 - 1, 2 ** 32])('is uniform over twelfths of %d', (bound) => {
    const rng = createRng(`large ${bound}`);
    const twelfths = draws(24_000, () => Math.floor((rng.integer(bound) / bound) * 12));
    expectDistribution(tally(twelfths, 12), uniformShares(12));
  });

  it('draws neighbours independently', () => {
    const rng = createRng('pairs');
    expectDistribution(
      tally(
        draws(20_000, () => rng.integer(5) * 5 + rng.integer(5)),
        25,
      ),
      uniformShares(25),
    );
  });

  it('has bits without the linear recurrence of the generator', () => {
    // The lowest bits of xoroshiro128+ satisfy a recurrence of degree 128 over GF(2), so 400 of them have a linear
    // complexity of 128; good bits have about half their number (Massey 1969).
    const rng = createRng('bits');
    expect(linearComplexity(draws(1200, () => rng.integer(2)))).toBeGreaterThan(500);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 32 + 1])('refuses the bound %d', (bound) => {
    expect(() => createRng(1).integer(bound)).toThrow(/uniform integer below/);
  });
});

describe('bigInteger', () => {
  it.each([1n, 2n, 3n, 16n, 17n])('is uniform below %d', (bound) => {
    const rng = createRng(`big ${bound}`);
    const values = draws(20_000, () => Number(rng.bigInteger(bound)));
    expectDistribution(tally(values, Number(bound)), uniformShares(Number(bound)));
  });

  it('stays in range at any size and fills it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 1n << 600n }), fc.integer(), (bound, seed) => {
        const drawn = createRng(seed).bigInteger(bound);
        return drawn >= 0n && drawn < bound;
      }),
      { seed: 1, numRuns: 300 },
    );
    const rng = createRng('tenths');
    const bound = 10n ** 150n + 7n;
    const tenths = draws(10_000, () => Number((rng.bigInteger(bound) * 10n) / bound));
    expectDistribution(tally(tenths, 10), uniformShares(10));
  });

  it('refuses an empty range', () => expect(() => createRng(1).bigInteger(0n)).toThrow(/below 0/));
});

describe('the rest', () => {
  it('draws doubles in [0, 1), evenly', () => {
    const rng = createRng('uniform');
    const values = draws(50_000, () => rng.uniform());
    expect(Math.min(...values.slice(0, 9999))).toBeGreaterThanOrEqual(0);
    expectDistribution(
      tally(
        values.map((value) => Math.floor(value * 20)),
        20,
      ),
      uniformShares(20),
    );
  });

  it('draws normal doubles', () => {
    const rng = createRng('normal');
    const values = draws(50_000, () => rng.normal());
    // P(z < -1.2816) = 0.1, -0.5244: 0.3, 0: 0.5, 0.5244: 0.7, 1.2816: 0.9
    const edges = [-1.2815515655, -0.5244005127, 0, 0.5244005127, 1.2815515655];
    const bins = values.map((value) => edges.filter((edge) => edge < value).length);
    expectDistribution(tally(bins, 6), [0.1, 0.2, 0.2, 0.2, 0.2, 0.1]);
  });

  it('chooses and shuffles uniformly and leaves the list alone', () => {
    const rng = createRng('order');
    const list = ['a', 'b', 'c'] as const;
    const orders = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'];
    expectDistribution(
      tally(
        draws(12_000, () => orders.indexOf(rng.shuffle(list).join(''))),
        6,
      ),
      uniformShares(6),
    );
    expectDistribution(
      tally(
        draws(12_000, () => list.indexOf(rng.choice(list))),
        3,
      ),
      uniformShares(3),
    );
    expect(list).toEqual(['a', 'b', 'c']);
    expect(() => rng.choice([])).toThrow(/not empty/);
  });
});

/** Berlekamp-Massey over GF(2): length of the shortest linear recurrence that makes the bits. */
function linearComplexity(bits: readonly number[]): number {
  let connection = [1];
  let previous = [1];
  let complexity = 0;
  let gap = 1;
  bits.forEach((_, n) => {
    let discrepancy = 0;
    for (let i = 0; i <= complexity; i++) discrepancy ^= (connection[i] ?? 0) & bits[n - i]!;
    if (discrepancy === 0) return void gap++;
    const older = connection;
    connection = [...connection];
    previous.forEach((bit, i) => (connection[i + gap] = (connection[i + gap] ?? 0) ^ bit));
    for (let i = 0; i < connection.length; i++) connection[i] ??= 0;
    if (2 * complexity <= n) {
      complexity = n + 1 - complexity;
      previous = older;
      gap = 1;
    } else gap++;
  });
  return complexity;
}
