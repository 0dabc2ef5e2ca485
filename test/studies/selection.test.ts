import { parseSelection } from '../../src/studies/selection';

it.each([
  ['lstm x parity', true, false, false],
  ['lstm', true, true, false],
  ['x parity', true, false, true],
  ['lstm x', true, true, false],
  ['* x parity', true, false, true],
  ['ls* × par*', true, false, false],
  ['rwkv x parity, lstm x counting', false, true, true],
  ['', true, true, true],
  ['l.tm', false, false, false],
])('"%s" selects lstm x parity: %s, lstm x counting: %s, rwkv x parity: %s', (text, ...expected) => {
  const selection = parseSelection(text);
  expect([selection('lstm', 'parity'), selection('lstm', 'counting'), selection('rwkv', 'parity')]).toEqual(expected);
});
