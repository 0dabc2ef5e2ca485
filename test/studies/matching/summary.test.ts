import { jobOf, plainJson } from '../../../src/core/cell';
import type { Manifest } from '../../../src/core/contracts/manifest';
import type { Cell, CellSpecification, CurvePoint } from '../../../src/core/contracts/record';
import type { Stored } from '../../../src/core/contracts/store';
import { Protocol } from '../../../src/core/protocol';
import { unseenReading } from '../../../src/studies/matching/body';
import type { MatchingRecord } from '../../../src/studies/matching/matching';
import { riseOf, type MatchingRun } from '../../../src/studies/matching/runs';
import { summariseMatching } from '../../../src/studies/matching/summary';

interface Made {
  readonly order?: number;
  readonly layers?: number;
  readonly chain?: string;
  readonly exponent?: number;
  readonly normalisation?: 'pre' | 'post';
  readonly noise?: string;
  readonly seed?: number;
  /** Trained, unseen, h1 at each look, 100 steps apart; absent: it was not measured. */
  readonly looks?: readonly (readonly [trained: number, unseen: number, first: number])[];
}

function made({
  order = 2,
  layers = 3,
  chain = 'single',
  exponent = 0.5,
  normalisation = 'post',
  noise,
  seed = 1,
}: Made): Cell {
  const specification: CellSpecification = {
    schemaVersion: 2,
    study: { id: 'matching', version: 1, hyperparameters: {} },
    architecture: {
      id: 'transformer',
      version: 1,
      hyperparameters: {
        layers,
        initialisationExponent: exponent,
        normalisation,
        ...(noise && { orthogonalNoise: noise }),
      },
    },
    task: { id: 'chain-search', version: 1, hyperparameters: { order, chain, pairs: 4 } },
    mode: 'direct',
    protocol: { ...plainJson(new Protocol()), steps: 1000 },
    seed,
    engine: 'native',
  };
  return jobOf(specification, []);
}

function summaryOf(...all: readonly Made[]) {
  const cells = all.map(made);
  const stored = new Map(
    all.flatMap(({ looks }, at): [string, Stored<MatchingRecord>][] => {
      if (!looks) return [];
      const curve = looks.map(([trained, unseen, first], i): CurvePoint => ({
        step: 100 * (i + 1),
        loss: 1,
        heldOut: { exact: trained, token: trained },
        readings: { [unseenReading]: unseen, 'matching-score.h1 diagonal': first },
      }));
      const { key, specification } = cells[at]!;
      const record = { schemaVersion: 2, key, specification, training: { curve } } as unknown as MatchingRecord;
      return [[key, { status: 'finished', record } as Stored<MatchingRecord>]];
    }),
  );
  const manifest = { schemaVersion: 2, experiment: 'mine', study: 'matching', cells } as unknown as Manifest;
  return summariseMatching({ manifest, stored });
}

const fast: Made['looks'] = [
  [0.5, 0.1, 0],
  [0.6, 0.2, 0.1],
  [0.9, 0.5, 0.4],
  [1, 0.95, 0.8],
];
const late: Made['looks'] = [
  [0.5, 0.1, 0],
  ...Array.from({ length: 6 }, () => [0.9, 0.5, 0.6] as const),
  [1, 0.95, 0.8],
];
const never: Made['looks'] = [
  [0.5, 0.1, 0],
  [0.8, 0.3, 0],
];

const runOf = (looks: NonNullable<Made['looks']>): MatchingRun => ({
  seed: 1,
  looks: looks.map(([trained, unseen, first], at) => ({ step: 100 * (at + 1), trained, unseen, first })),
});

describe('the rise of answers to unseen pairs', () => {
  it.each([
    [fast, { from: 200, to: 400, matches: 400, isJump: true }],
    [late, { from: 100, to: 800, matches: 200, isJump: false }],
    [never, { from: null, to: null, matches: null, isJump: false }],
    [[[1, 0.95, 0.9]], { from: 0, to: 100, matches: 100, isJump: true }],
    [
      [...fast!.slice(0, 3), [1, 0.95, 0.4], ...Array.from({ length: 5 }, () => [1, 1, 0.4]), [1, 1, 0.6]],
      { from: 200, to: 400, matches: 1000, isJump: false },
    ],
  ] as [NonNullable<Made['looks']>, object][])('%j', (looks, expected) => {
    expect(riseOf(runOf(looks))).toEqual(expected);
  });
});

describe('the summary', () => {
  it('says in how many seeds answers to unseen pairs and matching come together', () => {
    const { statements, figures, tables, notes } = summaryOf(
      { looks: fast },
      { seed: 2, looks: late },
      { seed: 3, looks: never },
      { seed: 4 },
    );
    expect(statements[0]).toBe(
      'order 2, 3 layers, 4 pairs: unseen pairs go from below 25 % to above 90 % in 2 of 3 seeds, within 200, 700 steps; half of all ' +
        'tokens match themselves in h1 600 steps before, then. All of it within 500 steps in 1 of 3 seeds; expected of all.',
    );
    expect(statements[1]).toContain('1 to 1, 3 to 4, 7 to 13, 15 to 40, 31 to 121 hops');
    expect(statements).toHaveLength(2);
    expect(figures.map(({ id }) => id)).toEqual(['rise', 'hops-by-layers']);
    const [unseen] = figures[0]!.panels[0]!.series.filter(({ name }) => name === 'unseen pairs');
    expect(unseen!.points[1]).toMatchObject({ x: 200, y: 0.3, low: 0.2, high: 0.5 });
    expect(tables[0]!.rows).toEqual([
      ['order 2, 3 layers, 4 pairs', '0.5', 'post', '1000', '100 %', '95 %', '80 %', '2 of 3'],
    ]);
    expect(notes).toContain('1 training of 4 missing.');
  });

  it('compares starts and norms', () => {
    const { statements, figures } = summaryOf(
      { exponent: 0.5, looks: [[1, 0.6, 0]] },
      { exponent: 0.5, normalisation: 'pre', looks: [[1, 0.1, 0]] },
      { exponent: 0.8, looks: [[1, 0.4, 0]] },
      { exponent: 0.8, normalisation: 'pre', looks: [[1, 0.5, 0]] },
    );
    const told = statements.filter((statement) => /norm/.test(statement));
    expect(told).toEqual([
      'Post-norm and pre-norm answer, of unseen pairs, 60 % and 10 % at gamma 0.5, 40 % and 50 % at gamma 0.8 (median seeds): ' +
        'post-norm is ahead at 1 of 2. The paper has post-norm ahead.',
      expect.stringMatching(
        /^post-norm: the best start is gamma 0.5, which is not the smallest start tried \(gamma 0.8\)/,
      ),
      expect.stringMatching(
        /^pre-norm: the best start is gamma 0.8, which is the smallest start tried, as the paper says/,
      ),
    ]);
    const figure = figures.find(({ id }) => id === 'start-and-norm')!;
    expect(figure.panels[1]!.series.map(({ name, points }) => [name, points.map(({ x, y }) => [x, y])])).toEqual([
      ['post-norm', [['0.5', 0.6], ['0.8', 0.4]]],
      ['pre-norm', [['0.5', 0.1], ['0.8', 0.5]]],
    ]); // prettier-ignore
  });

  it('does not call a start best where none learns', () => {
    const { statements } = summaryOf({ exponent: 0.5, looks: [[1, 0.1, 0]] }, { exponent: 0.8, looks: [[1, 0.2, 0]] });
    expect(statements).toContain('post-norm: no start tried answers 25 % of unseen pairs by the end.');
  });

  it('compares noise where it was tried, hops by layers, and other chains', () => {
    const { statements, figures } = summaryOf(
      { looks: [[1, 0.3, 0]] },
      { noise: 'random', looks: fast },
      { order: 3, looks: [[0.7, 0.2, 0]] },
      { chain: 'double', looks: [[0.95, 0.2, 0]] },
    );
    expect(statements).toContainEqual(
      expect.stringMatching(
        /gamma 0.5, post-norm, random matrices .*: 95 % of unseen pairs at the end, 30 % without .* above 90 % after 400 steps against not above 90 %/,
      ),
    );
    expect(statements).toContain(
      '3 layers, 4 pairs: trained and unseen pairs answered 100 % and 30 % at 2 (a guess: 33 %), 70 % and 20 % at 3 (a guess: 50 %) hops (median seeds); looking up in ' +
        'parallel reaches 3 to 4.',
    );
    expect(statements.at(-1)).toMatch(
      /^two chains, order 2.*95 % of trained and 20 % of unseen.*answers: 50 %.*trained pairs alone/,
    );
    const hops = figures.find(({ id }) => id === 'hops-by-layers')!.panels[0]!;
    expect(hops.series.map(({ name, points }) => [name, points.map(({ y }) => y)])).toEqual([
      ['trained pairs', [1, 0.7]],
      ['unseen pairs', [0.3, 0.2]],
      ['guess among possible answers', [1 / 3, 1 / 2]],
      ['reached by matching', [1, 1]],
    ]);
  });

  it('compares settings by the seeds that all of them have', () => {
    const { statements } = summaryOf(
      { looks: [[1, 0.3, 0]] },
      { seed: 2, looks: [[1, 0.8, 0]] },
      { seed: 3, looks: [[1, 0.9, 0]] },
      { noise: 'random', looks: [[1, 0.4, 0]] },
      { seed: 2, noise: 'random' },
    );
    expect(statements).toContainEqual(
      expect.stringMatching(/random matrices .*: 40 % of unseen pairs at the end, 30 % without/),
    );
  });

  it('has nothing but what is computed where nothing was measured', () => {
    const { statements, figures, tables } = summaryOf({});
    expect([statements.length, figures, tables]).toEqual([1, [], []]);
  });
});
