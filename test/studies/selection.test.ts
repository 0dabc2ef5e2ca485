import { listed, parseSelection, partsOf, selectorOf, selectors } from '../../src/studies/selection';

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

it.each([
  ['a,b', ['a', 'b']],
  [' a , ,b,', ['a', 'b']],
  ['regex:a{1,2},parity', ['regex:a{1,2}', 'parity']],
  ['regex:[a,b](c,d)', ['regex:[a,b](c,d)']],
  ['regex:),a', ['regex:)', 'a']],
  ['', []],
])('"%s" lists %j', (text, names) => expect(listed(text)).toEqual(names));

describe('selectors', () => {
  const units = [
    { id: 'dyck', meta: { level: 'counter' } },
    { id: 'dyck-2', meta: { level: 'counter', variantOf: 'dyck' } },
    { id: 'cot-dyck-2', meta: { variantOf: 'dyck-2' } },
    { id: 'acme/other', meta: { level: 'regular', variantOf: 'nothing here' } },
  ];

  it('mean the units of a level, and a unit with its variants', () => {
    expect(Object.fromEntries(selectors.level!(units))).toEqual({
      counter: ['dyck', 'dyck-2'],
      regular: ['acme/other'],
    });
    expect(Object.fromEntries(selectors.family!(units))).toEqual({
      dyck: ['dyck', 'dyck-2', 'cot-dyck-2'],
      'dyck-2': ['dyck-2', 'cot-dyck-2'],
      'cot-dyck-2': ['cot-dyck-2'],
      'acme/other': ['acme/other'],
    });
  });

  it('are told from names of tasks that have a colon', () => {
    expect(selectorOf('level:counter')).toEqual(['level', 'counter']);
    expect(selectorOf('regex:level:a')).toBeUndefined();
    expect(selectorOf('toString:a')).toBeUndefined();
  });
});

test.each([
  [
    'lstm,gru x parity',
    [
      ['lstm', 'parity'],
      ['gru', 'parity'],
    ],
  ],
  [
    'lstm, gru, *-2 x parity, rnn',
    [
      ['lstm', 'parity'],
      ['gru', 'parity'],
      ['*-2', 'parity'],
      ['rnn', '*'],
    ],
  ],
  [
    'lstm, x parity',
    [
      ['lstm', '*'],
      ['*', 'parity'],
    ],
  ],
  [
    'lstm x parity, gru',
    [
      ['lstm', 'parity'],
      ['gru', '*'],
    ],
  ],
  [
    'lstm,gru',
    [
      ['lstm', '*'],
      ['gru', '*'],
    ],
  ],
  [
    'lstm,gru x regex:a{1,2}',
    [
      ['lstm', 'regex:a{1,2}'],
      ['gru', 'regex:a{1,2}'],
    ],
  ],
])('rows before a column are of it: %s', (text, expected) =>
  expect(partsOf(text).map(({ row, column }) => [row, column])).toEqual(expected),
);
