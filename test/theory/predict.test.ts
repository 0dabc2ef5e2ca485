import { codeOf, codes, predict } from '../../src/theory/predict';
import { columnOf, columns, rowOf, rows } from '../support/theory';

const table = `
                            parity  cycle-navigation  a5   flip-flop  even-pairs  majority  counting  reversal  mqar
  rnn                       +       +                 (+)  +          +           Xa        Xa        Xa        (+)
  lstm                      +       +                 (+)  +          +           +         ?         Xa        (+)
  stack-rnn                 +       +                 (+)  +          +           +         ?         +         (+)
  transformer               e~      e~                x    e~         E~          E~        e~        e~        ?
  transformer-none          e       e                 x    e          e           E         e         e         ?
  transformer-learned       e       e                 x    e          E           E         e         e         ?
  cot-transformer           +c      +c                +c   +c         +c          +c        +c        +c        ?
  universal-transformer-long  +     +                 +    +          +           ?         ?         ?         +
  mamba                     X       X                 X    +          (+)         +         X         Xa        (+)
  mamba-negative            +       X                 X    +          (+)         +         X         Xa        (+)
  deltanet                  X       X                 X    ?          ?           ?         X         Xa        ?
  deltanet-negative         +       +                 (+)  (+)        (+)         ?         ?         Xa        (+)
  deltaproduct-negative     +       +                 +    (+)        (+)         ?         ?         Xa        (+)
  pd-ssm                    +       +                 (+)  +          +           ?         ?         Xa        (+)`;
const [tasks, ...lines] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/ +/));

describe('what theory says of a row on a column', () => {
  it.each(lines)('is as by hand of %s', (row, ...expected) => {
    const found = tasks!.map((column) => codeOf(predict(rows[row as 'rnn'], columns[column as 'parity'])));
    expect(found).toEqual(expected);
    for (const code of found) expect(Object.keys(codes)).toContain(code);
  });

  it('says whose theorem it is, and what that rests on', () => {
    expect(predict(rows.deltanet, columns.parity)).toEqual({
      expressible: 'cannot',
      evidence: 'theorem',
      extends: 'no result',
      extensionEvidence: 'none',
      propositions: ['L1', 'L3'],
    });
  });

  it('keeps a law of length generalisation beside a conditional bound', () => {
    expect(predict(rows['transformer-none'], columns.a5)).toMatchObject({
      expressible: 'cannot unless TC0 = NC1',
      extends: 'not expected',
      extensionEvidence: 'empirical law',
      propositions: ['T2', 'T1', 'T11', 'T12'],
    });
  });

  it('carries theorem and law over to other positions as a derivation of ours', () => {
    expect(predict(rows.transformer, columns.majority)).toMatchObject({
      extends: 'expected',
      extensionEvidence: 'our derivation',
    });
  });

  it('says where a memory binds', () => {
    expect(predict(rows.lstm, columns.reversal)).toMatchObject({
      expressible: 'cannot beyond a length',
      binds: 32 * 128 + 1,
    });
    expect(predict(rows.rnn, columns.majority)).not.toHaveProperty('binds');
  });

  it('follows the hyperparameters of the cell', () => {
    const deltanet = rows['deltanet-negative'];
    const code = (row: object) => codeOf(predict({ ...deltanet, ...row }, columns['cycle-navigation']));
    expect(code({})).toBe('+');
    expect(code({ layers: 1, realProducts: true })).toBe('X');
    expect(codeOf(predict({ ...rows.lstm, units: 4000 }, columns.a5))).toBe('+');
    expect(codeOf(predict({ ...rows['pd-ssm'], stateSize: 60, dictionarySize: 60 }, columns.a5))).toBe('+');
    expect(codeOf(predict({ ...rows['pd-ssm'], stateSize: 60, dictionarySize: 59 }, columns.a5))).toBe('(+)');
  });

  it('decides nothing by statements about constant precision, nor by networks that differ from length to length', () => {
    const used = Object.values(rows).flatMap((row) =>
      Object.values(columns).flatMap((column) => predict(row, column).propositions),
    );
    expect(used).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(T3|T4|T9|T25|L15)$/)]));
  });
});

describe('no result', () => {
  const reasonOf = (row: Parameters<typeof predict>[0], column: Parameters<typeof predict>[1]) =>
    predict(row, column).reason;

  it('has a reason: what is not known of the column', () => {
    expect(reasonOf(rows.transformer, columnOf({ cRaspWithPositions: null }))).toBe(
      'D7, D8 would decide it if it were known whether it is in C-RASP with positions.',
    );
  });
  it('has a reason: what is known is about other columns', () => {
    expect(reasonOf(rows['pd-ssm'], columns.majority)).toMatch(
      /^What is known of such rows \(L11, R10\) is about other/,
    );
  });
  it('has a reason: no proposition speaks of such a row', () => {
    const windowed = rowOf({ update: 'sequential', depthPerToken: 0.4, positions: 'rotary' });
    expect(reasonOf(windowed, columns.majority)).toMatch(/^No proposition speaks of such a row; the nearest \(/);
  });
  it('has a reason: there is no chain of thought to be written', () => {
    expect(reasonOf(rows['cot-transformer'], columns.mqar)).toMatch(/^The column has no chain of thought/);
  });
  it('is the only prediction with a reason', () => {
    for (const row of Object.values(rows))
      for (const column of Object.values(columns)) {
        const prediction = predict(row, column);
        expect(prediction.reason !== undefined).toBe(codeOf(prediction) === '?');
      }
  });
});
