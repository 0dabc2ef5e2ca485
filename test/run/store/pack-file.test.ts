import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { encodePack, recordsIn, type PackedRecord } from '../../../src/run/store/pack-file';

const record: fc.Arbitrary<PackedRecord> = fc
  .record({ key: fc.array(fc.nat(15), { minLength: 64, maxLength: 64 }), folder: fc.string(), content: fc.jsonValue() })
  .map(({ key: digits, folder, content }) => {
    const key = digits.map((digit) => digit.toString(16)).join('');
    return { key, folder, line: JSON.stringify({ key, content }) };
  });
const records = fc.uniqueArray(record, { selector: ({ key: own }) => own, maxLength: 60 });
const read = (bytes: Buffer): PackedRecord[] => recordsIn(bytes).map((each) => ({ ...each, line: each.line() }));
const byKey = (all: readonly PackedRecord[]) => new Map(all.map((each) => [each.key, each]));

it('gives records back, by whatever folders they have, and the same bytes in whichever order they come', () => {
  fc.assert(
    fc.property(records, fc.constantFrom('a', 'b', ''), (all, shared) => {
      const some = all.map((each, at) => (at % 3 === 0 ? each : { ...each, folder: shared }));
      const bytes = encodePack(some);
      expect(byKey(read(bytes))).toEqual(byKey(some));
      expect(encodePack([...some].reverse())).toEqual(bytes);
      expect(encodePack(read(bytes))).toEqual(bytes);
    }),
    { numRuns: 40 },
  );
});

const keyOf = (digit: number) => digit.toString(16).repeat(64).slice(0, 64);
const made = (count: number, folder = 'parity'): PackedRecord[] =>
  Array.from({ length: count }, (_, at) => ({ key: keyOf(at), folder, line: JSON.stringify({ key: keyOf(at), at }) }));

it('is a gzip file of lines for everybody else', () => {
  const all = [...made(3, 'parity'), ...made(9, 'reversal').slice(5)];
  expect(gunzipSync(encodePack(all)).toString()).toBe(all.map(({ line }) => `${line}\n`).join(''));
});

it('names its records without unpacking them', () => {
  const bytes = encodePack(made(2));
  bytes.fill(0, bytes.length - 20); // of the compressed text
  const found = recordsIn(bytes);
  expect(found.map(({ key: own }) => own)).toEqual([keyOf(0), keyOf(1)]);
  expect(() => found[0]!.line()).toThrow(/^bytes 0 to \d+ of the pack are damaged: /);
});

it('is read also where somebody has compressed it anew, or put such a file behind it', () => {
  const all = made(5);
  const anew = gzipSync(gunzipSync(encodePack(all)));
  expect(byKey(read(anew))).toEqual(byKey(all.map((each) => ({ ...each, folder: '' }))));
  const both = read(Buffer.concat([encodePack(all.slice(0, 2)), anew, encodePack(made(1, 'z'))]));
  expect(both.map(({ folder }) => folder)).toEqual(['parity', 'parity', '', '', '', '', '', 'z']);
  const lines = read(gzipSync('{\n[]\n'));
  expect(lines.map(({ key: own, line }) => [own.replace(/.*-line/, 'line'), line])).toEqual([
    ['line-1', '{'],
    ['line-2', '[]'],
  ]);
});

it('is not read without end', () => {
  const bomb = gzipSync(Buffer.alloc(2 ** 26 + 1));
  expect(() => recordsIn(bomb)[0]!.line()).toThrow(/damaged/);
});
