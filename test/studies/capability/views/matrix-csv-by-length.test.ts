import { parse } from 'csv-parse/sync';
import { buildMatrix } from '../../../../src/studies/capability/summarise/matrix';
import { MatrixCsvByLength } from '../../../../src/studies/capability/views/matrix-csv-by-length';
import { makeManifest, makeRecord } from '../../../support/records';

test('a line for each length and seed, which says whether it is averaged and why not', () => {
  const [record, other] = [
    makeRecord({ inRange: 0.5, near: 1 }),
    makeRecord({ task: 'reversal', seed: 2, inRange: 0 }),
  ];
  const faults = { unfinished: 0.25, malformed: 0.25, wrong: 0 };
  const known = {
    ...record,
    lengths: record.lengths.map((result) =>
      result.length === 1
        ? { ...result, notAveraged: 'both inputs | ' }
        : { ...result, ...(result.score && { faults }) },
    ),
  };
  const matrix = buildMatrix({
    manifest: makeManifest({ architectures: ['lstm'], baselines: [], seeds: [1, 2] }),
    stored: new Map([known, other].map((each) => [each.key, { status: 'finished', record: each }])),
  });
  const lines: string[][] = parse(new MatrixCsvByLength().draw(matrix), { record_delimiter: '\r\n' });
  expect(lines.map((line) => line.join(' | ')).slice(0, 8)).toEqual([
    'architecture | kind | task | level | family | range | length | seed | sequences | unmeasured | exact | token | unfinished | malformed | wrong | trace_exact | averaged | why_not | exceeds_memory',
    'lstm | architecture | parity | regular | parity | in range | 1 | 1 | 128 |  | 0.5 | 0.5 |  |  |  |  | no | both inputs |  | ',
    'lstm | architecture | parity | regular | parity | in range | 40 | 1 | 128 |  | 0.5 | 0.5 | 0.25 | 0.25 | 0 |  | yes |  | ',
    'lstm | architecture | parity | regular | parity | near | 41 | 1 | 128 |  | 1 | 1 | 0.25 | 0.25 | 0 |  | yes |  | ',
    'lstm | architecture | parity | regular | parity | near | 100 | 1 | 128 |  | 1 | 1 | 0.25 | 0.25 | 0 |  | yes |  | ',
    'lstm | architecture | parity | regular | parity | far | 101 | 1 | 128 |  |  |  |  |  |  |  | no | token budget | ',
    'lstm | architecture | parity | regular | parity | far | 256 | 1 | 128 |  |  |  |  |  |  |  | no | token budget | ',
    'lstm | architecture | reversal | deterministic-context-free | reversal | in range | 1 | 2 | 128 |  | 0 | 0 |  |  |  |  | yes |  | ',
  ]);
  expect(lines).toHaveLength(1 + 2 * 6);
});
