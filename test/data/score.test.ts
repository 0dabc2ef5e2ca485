import fc from 'fast-check';
import { meanScore, scoreSequence } from '../../src/data/score';

const ids = fc.array(fc.nat(3), { minLength: 1, maxLength: 8 });

describe('the score of a sequence', () => {
  it('counts what is right at its place', () => {
    expect(scoreSequence([1, 2, 3], [1, 0, 3])).toEqual({ exact: 0, token: 2 / 3 });
    expect(scoreSequence([1, 2], Int32Array.of(1, 2))).toEqual({ exact: 1, token: 1 });
  });

  it('is exact where every token is right, whatever follows, and never where one is missing', () => {
    fc.assert(
      fc.property(ids, ids, (right, given) => {
        const { exact, token } = scoreSequence(right, given);
        expect(exact === 1).toBe(token === 1);
        expect(scoreSequence(right, [...right, ...given])).toEqual({ exact: 1, token: 1 });
        expect(scoreSequence(right, right.slice(1)).exact).toBe(0);
      }),
      { seed: 1 },
    );
  });
});

it('every sequence counts the same in a mean, however long', () => {
  expect(meanScore([scoreSequence([1], [1]), scoreSequence([1, 1, 1, 1], [0, 0, 0, 1])])).toEqual({
    exact: 1 / 2,
    token: (1 + 1 / 4) / 2,
  });
});
