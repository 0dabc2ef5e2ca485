import { fewNames } from '../../src/core/few-names';

it('tells the first and counts the others', () => {
  expect(fewNames([])).toBe('');
  expect(fewNames(['lstm', 'gru', 'rwkv'])).toBe('lstm, gru, rwkv');
  expect(fewNames(['lstm', 'gru', 'rwkv', 'rnn', 'mamba'])).toBe('lstm, gru, rwkv and 2 more');
  expect(fewNames(['lstm x parity', 'gru x parity'], 1, '; ')).toBe('lstm x parity and 1 more');
});
