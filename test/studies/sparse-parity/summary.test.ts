import fc from 'fast-check';
import { jobOf, plainJson } from '../../../src/core/cell';
import type { Manifest } from '../../../src/core/contracts/manifest';
import type { Cell, CellSpecification, CurvePoint } from '../../../src/core/contracts/record';
import type { Stored } from '../../../src/core/contracts/store';
import { Protocol } from '../../../src/core/protocol';
import type { ParityRecord } from '../../../src/studies/sparse-parity/sparse-parity';
import { groupsOf, type ParityGroup } from '../../../src/studies/sparse-parity/runs';
import { growth, medianSamples } from '../../../src/studies/sparse-parity/statements';
import { summariseParity } from '../../../src/studies/sparse-parity/summary';

const batchSize = 100;
const cap = 1000;
const rows = { direct: 'transformer', 'chain-of-thought': 'cot-transformer', filler: 'filler-transformer' } as const;

interface Made {
  readonly bits?: number;
  readonly secrets?: number;
  readonly mode?: keyof typeof rows;
  readonly layers?: number;
  readonly heads?: number;
  readonly set?: number;
  readonly seed?: number;
  /** Exact match and entropies at each look, 100 samples apart; absent: it was not measured. */
  readonly looks?: readonly (readonly [exact: number, ...entropies: number[]])[];
}

function made({ bits = 20, secrets = 2, mode = 'direct', layers = 1, heads = 2, set, seed = 1 }: Made): Cell {
  const protocol = plainJson(new Protocol());
  const specification: CellSpecification = {
    schemaVersion: 2,
    study: { id: 'sparse-parity', version: 1, hyperparameters: {} },
    architecture: { id: rows[mode], version: 1, hyperparameters: { layers, heads, width: 8 } },
    task: { id: 'k-parity', version: 1, hyperparameters: { size: secrets, window: bits, secret: seed } },
    mode,
    protocol: { ...protocol, steps: cap / batchSize, batchSize, ...(set !== undefined && { trainingSequences: set }) },
    seed,
    engine: 'native',
  };
  return jobOf(specification, []);
}

function recordOf(cell: Cell, looks: NonNullable<Made['looks']>): ParityRecord {
  const curve = looks.map(([exact, ...entropies], at): CurvePoint => ({
    step: at + 1,
    loss: 1,
    heldOut: { exact, token: exact },
    readings: Object.fromEntries(
      entropies.map((entropy, head) => [`attention-entropy.layer 1 head ${head + 1}`, entropy]),
    ),
  }));
  const training = {
    outcome: 'completed' as const,
    steps: looks.length,
    parameterCount: 1,
    curve,
    excludedLengths: [],
    heldOut: curve.at(-1)!.heldOut!,
  };
  return { schemaVersion: 2, key: cell.key, specification: cell.specification, training } as unknown as ParityRecord;
}

function resultsOf(...all: readonly Made[]) {
  const cells = all.map(made);
  const stored = new Map(
    all.flatMap(({ looks }, at): [string, Stored<ParityRecord>][] =>
      looks
        ? [[cells[at]!.key, { status: 'finished', record: recordOf(cells[at]!, looks) } as Stored<ParityRecord>]]
        : [],
    ),
  );
  const manifest = {
    schemaVersion: 2,
    experiment: 'mine',
    study: 'sparse-parity',
    architectures: [],
    tasks: [],
    cells,
    inapplicable: [],
  };
  return { manifest: manifest as unknown as Manifest, stored };
}

/** A training that is perfect at that look, or never. */
const until = (perfect: number | null, entropy = 0.1): NonNullable<Made['looks']> =>
  Array.from(
    { length: perfect ?? cap / batchSize },
    (_, at) => [at + 1 === perfect ? 1 : 0.5, at + 1 === perfect ? entropy : 0.9, 0.8] as const,
  );

it('counts samples to the first perfect look, and what is never perfect as more than everything', () => {
  const runs = fc.array(fc.option(fc.integer({ min: 1, max: 10 })), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(runs, (ends) => {
      const [group] = groupsOf(resultsOf(...ends.map((end, at) => ({ seed: at + 1, looks: until(end) }))));
      // By hand: how many seeds are perfect by a look; the lower median is the first by which half of them are.
      const by = (look: number) => ends.filter((end) => end !== null && end <= look).length;
      const looks = Array.from({ length: 10 }, (_, at) => at + 1);
      const first = looks.find((look) => 2 * by(look) >= ends.length);
      expect(medianSamples(group!)).toBe(first === undefined ? Infinity : first * batchSize);
      expect(group!.runs.map(({ perfectAt }) => perfectAt)).toEqual(ends.map((end) => end && end * batchSize));
      expect(group!.runs.map(({ drawn }) => drawn)).toEqual(ends.map((end) => (end ?? 10) * batchSize));
    }),
  );
});

it('groups seeds of a setting, and keeps apart whatever else differs', () => {
  const settings: Made[] = [
    {},
    { seed: 2 },
    { bits: 12 },
    { secrets: 3 },
    { mode: 'filler' },
    { layers: 2 },
    { heads: 4 },
    { set: 50 },
  ];
  const groups = groupsOf(resultsOf(...settings));
  expect(groups.map(({ asked }) => asked)).toEqual([2, 1, 1, 1, 1, 1, 1]);
  expect(groups[6]).toMatchObject({ set: 50, bits: 20, secrets: 2, row: 'transformer', cap, runs: [] });
});

it('tells growth from two secrets on, and a bound where the next is beyond the cap', () => {
  const groups = groupsOf(
    resultsOf(...[1, 2, 5, null, null].map((end, at) => ({ secrets: at + 1, looks: until(end) }))),
  );
  expect(growth(groups)).toEqual([
    { factor: 2.5, isBound: false },
    { factor: 2, isBound: true },
  ]);
  expect(growth(groups.filter(({ secrets }) => secrets !== 3) as ParityGroup[])).toEqual([]);
});

describe('of everything together', () => {
  const bySecrets = (mode: Made['mode'], ...ends: (number | null)[]): Made[] =>
    ends.map((end, at) => ({ mode, secrets: at + 1, looks: until(end, 0.2) }));
  const findings = summariseParity(
    resultsOf(
      ...bySecrets('chain-of-thought', 1, 2, 2),
      ...bySecrets('direct', 1, 3, 6, null),
      ...bySecrets('filler', 1, 3, 9),
      { set: 50, secrets: 3, looks: until(null) },
      { layers: 2, secrets: 3, looks: until(4) },
      { layers: 3, secrets: 3 },
    ),
  );

  it('says what it found in sentences', () => {
    expect(findings.statements).toEqual([
      '20 bits, with chain of thought: with 1 to 3 secret bits the median seed is perfect within 200 samples, at most the 100,000 that we looked for.',
      '20 bits, with chain of thought: each secret bit more, from 2 on, takes 1.0 times as many samples; 1.0 on average, and the paper has nearly flat growth here.',
      '20 bits, without chain of thought: each secret bit more, from 2 on, takes 2.0, at least 1.7 times as many samples; at least 1.7 in 1 of 2 steps, 1.8 on average, and the paper has exponential growth here.',
      '20 bits, filler tokens: each secret bit more, from 2 on, takes 3.0 times as many samples; at least 1.7 in 1 of 1 steps, 3.0 on average, and the paper has exponential growth here.',
      '20 bits: filler tokens take 1.0 to 1.5 times the samples that answers without chain of thought take, where both become perfect.',
      'Of 7 runs that become perfect with at least 2 secret bits, 7 end with a head whose entropy is below 0.3; so are 50 % of all their heads.',
      'The first head is that sparse after 100 % of the samples that it takes to be perfect (median of runs).',
      'Of 2 runs that do not, 0 end with such a head: attention can be sparse and look at other bits.',
      '3 of 20 bits, without chain of thought, the median seed learns from 50 inputs (20 epochs) not all (50 % right at the end, its lowest entropy 0.80); from fresh inputs within 600 samples.',
      '3 of 20 bits, without chain of thought: the median seed becomes perfect with 2 of 2 numbers of layers and heads after 400 to 600 samples.',
    ]);
    expect(findings.notes).toContain('1 training of 13 missing.');
  });

  it('shows samples by secrets, what is beyond the cap being left out with a note', () => {
    const [samples] = findings.figures;
    expect(samples!.panels.map(({ title, series }) => [title, series.map(({ name }) => name)])).toEqual([
      ['20 bits', ['with chain of thought', 'without chain of thought', 'filler tokens']],
    ]);
    const [thought, direct] = samples!.panels[0]!.series;
    expect(thought!.points.map(({ x, y }) => [x, y])).toEqual([
      [1, 100],
      [2, 200],
      [3, 200],
    ]);
    expect(direct!.points.at(-1)).toMatchObject({ x: 4, y: null, note: '> 1,000' });
  });

  it('shows entropies of the first seeds with most secrets learnt and fewest not, reuse and sizes', () => {
    const [, entropy, reuse, sizes] = findings.figures;
    expect(entropy!.panels.map(({ title }) => title)).toEqual([
      'with chain of thought, 3 of 20 bits',
      'without chain of thought, 3 of 20 bits',
      'without chain of thought, 4 of 20 bits, not learnt',
    ]);
    expect(entropy!.panels[1]!.series.map(({ name, points }) => [name, points.length, points.at(-1)])).toEqual([
      ['accuracy', 6, { x: 600, y: 1 }],
      ['layer 1 head 1', 6, { x: 600, y: 0.2 }],
      ['layer 1 head 2', 6, { x: 600, y: 0.8 }],
    ]);
    expect(reuse!.panels[0]!.series[0]!.points.map(({ x, y }) => [x, y])).toEqual([
      ['50', 0.5],
      ['fresh', 1],
    ]);
    expect(sizes!.panels[0]!.series[0]!.points.map(({ x, y }) => [x, y])).toEqual([
      ['1L 2H', 600],
      ['2L 2H', 400],
    ]);
  });

  it('has a row in its table for every setting that was measured', () => {
    const [table] = findings.tables;
    expect(table!.rows).toHaveLength(12);
    expect(table!.rows[3]).toEqual([
      '20',
      '1',
      'without chain of thought',
      '1L 2H',
      'fresh',
      '100',
      '100',
      '100',
      '1 of 1',
      '0.20',
    ]);
  });
});

it('says nothing of a folder without records', () => {
  const { statements, figures, tables, notes } = summariseParity(resultsOf({}, { secrets: 3 }));
  expect([statements, figures, tables]).toEqual([[], [], []]);
  expect(notes).toContain('2 trainings of 2 missing.');
});
