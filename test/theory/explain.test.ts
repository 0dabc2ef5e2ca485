import fc from 'fast-check';
import { Prediction } from '../../src/core/contracts/theory';
import { Protocol } from '../../src/core/protocol';
import { validated } from '../../src/core/validation';
import { rangeBounds } from '../../src/data/lengths';
import { explain, longestMeasured } from '../../src/theory/explain';
import { predict } from '../../src/theory/predict';
import { columnKinds, rowKinds, type PropertyKind } from '../../src/theory/properties';
import { columnOf, columns, rowOf, rows } from '../support/theory';

const told = (architecture: keyof typeof rows, task: keyof typeof columns) =>
  explain({ architecture, task, row: rows[architecture], column: columns[task] });

it('says what is predicted, whose result it is, why it holds here, what it assumes and what it does not say', () => {
  expect(told('mamba', 'parity')).toBe(
    'mamba cannot compute parity at all lengths, by a theorem. L1 (Grazzi et al. 2025, theorem 1, arXiv:2411.12537): A linear recurrence of finite precision and finitely many layers solves parity at all lengths, already on repeated symbols, only if some transition has an eigenvalue that is not a non-negative real. It holds here because mamba has a state that is updated by an affine map, no positions, direct answers, real eigenvalues, no eigenvalue below 0 and transitions that are diagonal and depend on the token, and parity is regular and makes the answer alternate with an even period when one symbol is repeated. It assumes: finite precision; transitions, inputs and read-out are functions of the token alone: no positions; layers as in equation 1 of the paper; short convolutions are left out. What would change it: A negative eigenvalue lifts it, as in the rows called negative. It is a statement about all lengths and names none: any finite set of lengths is within reach of some weights, and records stop at 256.',
  );
});

it.each([
  ['lstm', 'parity', 'Its size is enough: units >= states * letters, which here is 64 >= 2 * 2.'],
  ['lstm', 'a5', 'It would take units >= states * letters, which here is 64 >= 60 * 60.'],
  ['lstm', 'mqar', 'which here is 64 >= states * 128, of which not all is known.'],
  ['deltanet-negative', 'a5', 'It would take points moved <= factors + 1, which here is 5 <= 1 + 1.'],
  ['mamba', 'even-pairs', 'The size that it takes is not known here: as many layers as'],
  ['lstm', 'reversal', 'It binds from length 4,097 on, and records stop at 256: there it explains nothing.'],
  ['rnn', 'majority', 'The length is far beyond 256, where records stop: there it explains nothing.'],
  ['mamba', 'flip-flop', 'as summarised by Grazzi et al. 2025 and Terzic et al. 2025'],
  ['stack-rnn', 'reversal', 'by a derivation of ours. M1 (our derivation): A finite controller'],
  ['transformer-none', 'majority', 'Once it fits the trained lengths, transformer-none is expected to extend'],
  ['transformer', 'parity', 'D8 (our derivation, from T11)'],
  ['transformer', 'a5', 'Unless TC0 = NC1, transformer cannot compute a5 at all lengths'],
  [
    'transformer',
    'parity',
    'T3 (Li et al. 2024, abstract, arXiv:2402.12875) speaks of this cell as well and decides nothing',
  ],
  ['pd-ssm', 'majority', 'No proposition here says whether pd-ssm can compute majority.'],
] as const)('says of %s on %s: %s', (row, column, sentence) => {
  expect(told(row, column)).toContain(sentence);
});

it('tells beside what cannot be only what says so too', () => {
  expect(told('mamba', 'parity')).not.toContain('L15');
  expect(told('deltanet-negative', 'parity')).toContain('L15');
});

it('knows where records stop', () => {
  expect(rangeBounds(new Protocol()).far[1]).toBe(longestMeasured);
});

describe('whatever a row and a column are', () => {
  const valueOf = (kind: PropertyKind): fc.Arbitrary<string | number | boolean> => {
    if (kind === 'flag') return fc.boolean();
    if (kind === 'number') return fc.integer({ min: -1, max: 100 });
    return kind === 'word' ? fc.constantFrom('none', 'learned', 'rotary', 'odd') : fc.constantFrom(...kind);
  };
  const anyOf = (kinds: object) =>
    fc.record(
      Object.fromEntries(
        Object.entries(kinds).map(([name, kind]) => [name, fc.option(valueOf(kind as PropertyKind), { nil: null })]),
      ),
    );
  const cell = fc.record({ row: anyOf(rowKinds), column: anyOf(columnKinds) });

  it('there is a prediction that a manifest takes, and an explanation of it', () => {
    fc.assert(
      fc.property(cell, ({ row, column }) => {
        const [aRow, aColumn] = [rowOf({ ...row, mode: 'direct' }), columnOf(column)];
        const prediction = predict(aRow, aColumn);
        expect(validated(Prediction, prediction, { place: 'here' })).toMatchObject({ ...prediction });
        expect(explain({ architecture: 'row', task: 'column', row: aRow, column: aColumn })).toMatch(/^\w.*\.$/);
      }),
    );
  });

  it('more units or layers never take away what a row can', () => {
    fc.assert(
      fc.property(cell, fc.integer({ min: 1, max: 1000 }), ({ row, column }, more) => {
        const small = rowOf({ ...row, mode: 'direct' });
        if (predict(small, columnOf(column)).expressible !== 'can') return;
        const large = { ...small, ...(small.units !== null && { units: small.units + more }) };
        expect(predict(large, columnOf(column)).expressible).toBe('can');
      }),
    );
  });
});
