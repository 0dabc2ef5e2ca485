import type { AnswerMode } from '../../../src/core/contracts/architecture';
import type { CellRecord } from '../../../src/core/contracts/record';
import type { Stored } from '../../../src/core/contracts/store';
import type { CellFacts, RecurrenceManifest } from '../../../src/studies/recurrence/facts';
import { recurrenceFindings } from '../../../src/studies/recurrence/findings';
import { lengthsOf, makeManifest, makeRecord } from '../../support/records';

const rows: Record<AnswerMode, string> = {
  direct: 'transformer',
  'chain-of-thought': 'cot-transformer',
  filler: 'filler-transformer',
};
const modes = Object.keys(rows) as AnswerMode[];
/** In range of each seed, and near of all of them. */
type Given = Readonly<Partial<Record<AnswerMode, readonly [inRange: readonly number[], near: number]>>>;
interface GivenColumn {
  readonly base?: string;
  readonly task?: string;
  readonly trainedTo?: number;
  readonly thoughts?: number;
  readonly scores: Given;
}

const costsOf = (row: string, column: string, mode: AnswerMode, thoughts: number): CellFacts => {
  const cost = (length: number) => {
    const written = { direct: 0, filler: 2, 'chain-of-thought': 2 + thoughts * length }[mode];
    const tokens = length + 2 + (mode === 'direct' ? 0 : thoughts * length);
    return { length, tokens, written, depth: 10 + 11 * written };
  };
  return { row, column, costs: [4, 8].map(cost), longest: cost(20), flops: 1e6 * cost(20).tokens };
};

/** Findings of a transformer in three modes, and of an LSTM that answers directly. */
function findingsOf(columns: Readonly<Record<string, GivenColumn>>, { missing = 0, lstm = [] as number[] } = {}) {
  const ids = Object.keys(columns);
  const seeds = [1, 2, 3];
  const architectures = [...Object.values(rows), ...(lstm.length > 0 ? ['lstm'] : [])];
  const manifest: RecurrenceManifest = {
    ...makeManifest({ architectures, baselines: ['uniform'], tasks: ids.map((id) => [id, 'regular']), seeds }),
    study: 'recurrence',
    recurrence: {
      rows: [
        ...modes.map((mode) => ({ row: rows[mode], base: 'transformer', mode, depth: `${mode} deep` })),
        ...(lstm.length > 0 ? [{ row: 'lstm', base: 'lstm', mode: 'direct' as const }] : []),
      ],
      columns: Object.entries(columns).map(([column, { base = column, task = base, trainedTo = 20 }]) => ({
        column,
        base,
        task,
        trainedTo,
      })),
      cells: Object.entries(columns).flatMap(([column, { thoughts = 1 }]) => [
        ...modes.map((mode) => costsOf(rows[mode], column, mode, thoughts)),
        ...(lstm.length > 0 ? [costsOf('lstm', column, 'direct', thoughts)] : []),
      ]),
    },
  };
  const records = Object.entries(columns).flatMap(([task, { scores }]) => [
    makeRecord({ architecture: 'uniform', task, baseline: true, inRange: 0.25, near: 0.25 }),
    ...lstm.map((inRange, at) => makeRecord({ architecture: 'lstm', task, seed: at + 1, inRange, near: 0.5 })),
    ...modes.flatMap((mode) =>
      (scores[mode]?.[0] ?? []).map((inRange, at) =>
        makeRecord({ architecture: rows[mode], task, seed: at + 1, inRange, near: scores[mode]![1] }),
      ),
    ),
  ]);
  const stored = new Map(
    records
      .slice(0, records.length - missing)
      .map((record): [string, Stored<CellRecord>] => [record.key, { status: 'finished', record }]),
  );
  return recurrenceFindings({ manifest, stored });
}

const pays: Given = {
  'chain-of-thought': [[1, 0.96, 0.9], 0.2],
  direct: [[0.3, 0.2, 0.4], 0.3],
  filler: [[0.25, 0.3, 0.2], 0.25],
};
const suffices: Given = {
  'chain-of-thought': [[1, 1, 1], 0.5],
  direct: [[1, 0.99, 0.98], 0.9],
  filler: [[1, 1, 1], 0.9],
};

it('says of each column which verdict it has, medians of the seeds', () => {
  const { statements, tables } = findingsOf({ easy: { scores: suffices }, hard: { scores: pays } });
  expect(statements).toContainEqual(
    expect.stringMatching(/^A chain of thought pays for transformer on 1 of the 2 columns/),
  );
  expect(statements).toContainEqual(
    expect.stringMatching(/^transformer learns .* with a chain of thought .*: hard to 20\.$/),
  );
  expect(statements).toContainEqual(
    expect.stringMatching(/direct answers, so a chain of thought adds nothing: easy to 20\.$/),
  );
  const [scores] = tables;
  const row = (column: string) => scores!.rows.find((texts) => texts[1] === column)!;
  expect(scores!.rows.map((texts) => texts[1])).toEqual(['hard', 'easy']); // where it pays first
  expect(row('hard')).toEqual([
    'transformer',
    'hard',
    '20',
    '3',
    '96',
    '30',
    '25',
    '25',
    '20',
    '30',
    '25',
    'trace pays',
  ]);
  expect(row('easy')).toEqual([
    'transformer',
    'easy',
    '20',
    '3',
    '100',
    '99',
    '100',
    '25',
    '50',
    '90',
    '90',
    'direct suffices',
  ]);
});

it('says whether anything is carried on', () => {
  const near = (score: number): Given => ({ ...pays, 'chain-of-thought': [[1, 1, 1], score] });
  expect(findingsOf({ a: { scores: near(0.2) }, b: { scores: near(0.5) } }).statements).toContainEqual(
    expect.stringMatching(
      /carries on to longer inputs nowhere: near, it gets 20 % to 50 % \(2 columns and trained lengths\)\.$/,
    ),
  );
  expect(findingsOf({ a: { scores: near(0.97) }, b: { scores: near(0.5) } }).statements).toContainEqual(
    expect.stringMatching(/carries on to near lengths on a to 20, not on the other 1 \(50 % to 97 % over all\)\.$/),
  );
});

it('says what it costs where it pays', () => {
  const { statements, tables } = findingsOf({ hard: { scores: pays, thoughts: 2 } });
  // 62 tokens instead of 22; 10 + 11 * 42 steps instead of 10.
  expect(statements).toContainEqual(
    expect.stringMatching(/2\.8 times as many tokens as one without .*, and 47\.2 times as many non-linear steps/),
  );
  expect(tables[1]!.rows).toEqual([
    ['transformer', 'hard', '20', '62', '22', '62', '472', '10', '32', '62.0', '22.0', '62.0'],
  ]);
});

it('says how deep each row is', () =>
  expect(findingsOf({ hard: { scores: pays } }).tables[2]!.rows).toEqual([
    ['transformer', 'direct', 'direct deep'],
    ['cot-transformer', 'chain of thought', 'chain-of-thought deep'],
    ['filler-transformer', 'filler', 'filler deep'],
  ]));

it('shows a column by the length that it is trained to', () => {
  const { statements, figures } = findingsOf({
    'p-to-8': { base: 'p', trainedTo: 8, scores: suffices },
    p: { scores: pays },
  });
  expect(statements).toContainEqual(
    'transformer on p, by longest trained length: to 8 direct suffices, to 20 trace pays.',
  );
  const [panel] = figures.find(({ id }) => id === 'trained-length')!.panels;
  expect(
    panel!.series.map(({ name, points }) => [name, points.map(({ x, y, low, high }) => [x, y, low, high])]),
  ).toEqual([
    [
      'chain of thought',
      [
        [8, 1, 1, 1],
        [20, 0.96, 0.9, 1],
      ],
    ],
    [
      'direct',
      [
        [8, 0.99, 0.98, 1],
        [20, 0.3, 0.2, 0.4],
      ],
    ],
    [
      'filler',
      [
        [8, 1, 1, 1],
        [20, 0.25, 0.2, 0.3],
      ],
    ],
  ]);
});

it('compares traces of one task', () => {
  const { statements } = findingsOf({
    'q-linear': { task: 'q', thoughts: 1, scores: { ...pays, 'chain-of-thought': [[0.99, 0.99, 0.99], 0] } },
    q: { thoughts: 5, scores: { ...pays, 'chain-of-thought': [[0.8, 0.8, 0.8], 0] } },
  });
  expect(statements).toContainEqual(
    'transformer on q to 20, in range: 99 % with up to 22 tokens written (q-linear), 80 % with up to 102 tokens written (q).',
  );
});

it('draws accuracy by length, trained lengths shaded, beside guessing', () => {
  const { figures } = findingsOf({ hard: { scores: pays } });
  const [panel] = figures.find(({ id }) => id === 'accuracy-trace-pays')!.panels;
  expect(panel!.bands).toEqual([{ from: 1, to: 20, label: 'trained' }]);
  expect(panel!.references).toEqual([{ axis: 'y', at: 0.25, label: 'guessing, in range' }]);
  const [thought] = panel!.series;
  expect(thought!.points.map(({ x, y }) => [x, y])).toEqual([
    ...lengthsOf.inRange.map((length) => [length, 0.96]),
    ...lengthsOf.near.map((length) => [length, 0.2]),
  ]);
  expect(thought!.points[0]!.samples).toEqual([
    { seed: 1, y: 1 },
    { seed: 2, y: 0.96 },
    { seed: 3, y: 0.9 },
  ]);
});

it('draws what columns cost where the trace pays or there are two, once where it is the same', () => {
  const { figures } = findingsOf({
    a: { scores: pays },
    b: { scores: pays },
    long: { scores: suffices, task: 'q', thoughts: 3 },
    short: { scores: suffices, task: 'q', thoughts: 2 },
    easy: { scores: suffices, thoughts: 5 },
  });
  const [tokens, steps] = figures.find(({ id }) => id === 'cost-by-length')!.panels;
  const curves = (panel: typeof tokens) => panel!.series.map(({ name, points }) => [name, points.map(({ y }) => y)]);
  expect(curves(tokens)).toEqual([
    ['transformer, chain of thought: a, b', [10, 18]],
    ['transformer, chain of thought: long', [18, 34]],
    ['transformer, chain of thought: short', [14, 26]],
    ['transformer, direct: a, b, 2 more', [6, 10]],
  ]);
  expect(curves(steps).at(-1)).toEqual(['transformer, direct: a, b, 2 more', [10, 10]]);
});

it('draws what all columns cost where the trace pays nowhere', () => {
  const { figures } = findingsOf({ easy: { scores: suffices } });
  const [tokens] = figures.find(({ id }) => id === 'cost-by-length')!.panels;
  expect(tokens!.series.map(({ name }) => name)).toEqual([
    'transformer, chain of thought: easy',
    'transformer, direct: easy',
  ]);
});

it('puts at most four columns into one figure', () => {
  const columns = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((id) => [id, { scores: pays }]));
  const { figures } = findingsOf(columns);
  expect(figures.filter(({ id }) => /^accuracy/.test(id)).map(({ id, panels }) => [id, panels.length])).toEqual([
    ['accuracy-trace-pays-1', 4],
    ['accuracy-trace-pays-2', 1],
  ]);
});

it('tells rows apart that are not trained in all modes, without a verdict', () => {
  const { statements, tables } = findingsOf({ hard: { scores: pays } }, { lstm: [1, 0.98, 1] });
  expect(statements).toContainEqual('lstm gets in range, direct: 100 % on hard to 20.');
  expect(tables[0]!.rows.at(-1)).toEqual(['lstm', 'hard', '20', '3', '', '100', '', '25', '', '50', '', '']);
});

it('says what is missing, and judges nothing that is not measured', () => {
  const whole = findingsOf({ hard: { scores: pays } });
  expect(whole.notes.join(' ')).not.toMatch(/missing/);
  const partial = findingsOf({ hard: { scores: pays } }, { missing: 4 });
  expect(partial.notes).toContain('4 of 9 trainings are missing.');
  expect(partial.tables[0]!.rows[0]!.at(-1)).toBe('not measured');
  expect(partial.tables[0]!.rows[0]).toContain('0 of 3');
  expect(partial.statements.some((statement) => /pays/.test(statement))).toBe(false);
});

it('refuses a manifest that does not say what it compares', () =>
  expect(() => recurrenceFindings({ manifest: makeManifest(), stored: new Map() })).toThrow(/recurrence/));
