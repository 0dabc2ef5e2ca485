import { LastTokenFormat } from '../../src/data/last-token-format';
import { ChainSearch } from '../../tasks/chain-search';
import { Reversal } from '../../tasks/reversal';

describe('the format with the answer at the last token', () => {
  const format = new LastTokenFormat(new ChainSearch());
  const input = [1, 2, 0, 1, 0];

  it('is the input, scored at its last token', () => {
    const { tokens, targets, scored } = format.encode(input);
    const symbols = (ids: readonly number[]) => ids.map((id) => format.vocabulary.tokens[id]);
    expect(symbols(tokens)).toEqual(['1', '2', '0', '1', '0']);
    expect(tokens).toEqual(format.prompt(input));
    expect(scored).toEqual({ first: 4, count: 1 });
    expect(symbols([targets[4]!])).toEqual(['2']);
    expect([format.maximumTokens(5), format.maximumScored()]).toEqual([5, 1]);
  });
  it('reads the answer where it is scored', () => {
    expect(format.decode(input, [0, 0, 0, 0, format.encode(input).targets[4]!])).toEqual({ answer: [2] });
  });
  it('is for answers of one symbol', () => {
    expect(() => new LastTokenFormat(new Reversal()).encode([0, 1])).toThrow(RangeError);
  });
});
