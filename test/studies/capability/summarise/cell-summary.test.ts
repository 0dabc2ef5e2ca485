import fc from 'fast-check';
import type { CellRecord } from '../../../../src/core/contracts/record';
import type { Prediction } from '../../../../src/core/contracts/theory';
import { summarise } from '../../../../src/evaluation/evaluate';
import { baselinesOver } from '../../../../src/studies/capability/summarise/baselines';
import { furthestRange, summariseCell } from '../../../../src/studies/capability/summarise/cell-summary';
import { makeRecord, type GivenRecord } from '../../../support/records';

const chance = baselinesOver([
  makeRecord({ architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 }),
]);
const noChance = baselinesOver([]);

test('scores are medians over seeds, with the per-seed values beside them', () => {
  const summary = summariseCell(
    [
      makeRecord({ seed: 2, inRange: 1, near: 0.8, far: 0.5 }),
      makeRecord({ seed: 1, inRange: 0.9, near: 0.6, far: 0.5 }),
      makeRecord({ seed: 3, inRange: 1, near: 1, far: 1 }),
    ],
    chance,
  );
  expect(summary.seeds.map(({ seed, verdict }) => [seed, verdict])).toEqual([
    [1, 'not learnt'],
    [2, 'learnt in range'],
    [3, 'solves'],
  ]);
  expect(summary.ranges.near.score).toMatchObject({ exact: 0.8, token: 0.8 });
  expect(summary.ranges.near.best).toEqual({ exact: 1, token: 1 });
  expect(summary.ranges.near.baseline).toMatchObject({ exact: 0.5, token: 0.5 });
  expect(summary.ranges.near.scaled.exact).toBeCloseTo(0.6);
  expect(summary.verdict).toBe('learnt in range');
  expect(summary.solved.count).toBe(1);
  expect(summary.reached).toEqual({ 'learnt in range': 2, extends: 1, solves: 1 });
  expect(summary.solved.interval.low).toBeCloseTo(0.0615, 4);
  expect([summary.statements, summary.agreement, summary.theory]).toEqual([[], 'no result', 'no result']);
});

test('a diverged seed without scores counts as zero, and most seeds diverging is the verdict', () => {
  const gone = (seed: number) => makeRecord({ seed, outcome: 'diverged' });
  const good = (seed: number) => makeRecord({ seed, inRange: 1, near: 1, far: 1 });
  const one = summariseCell([good(1), good(2), gone(3)], chance);
  expect([one.verdict, one.diverged, one.ranges.far.score!.exact]).toEqual(['solves', 1, 1]);
  const two = summariseCell([good(1), gone(2), gone(3)], chance);
  expect([two.verdict, two.diverged, two.ranges.far.score!.exact]).toEqual(['diverged', 2, 0]);
  const all = summariseCell([gone(1)], chance);
  expect([all.verdict, all.ranges.far.score, furthestRange(all)]).toEqual(['diverged', null, null]);
});

test('ranges that were not evaluated stay null and cap the verdict', () => {
  const summary = summariseCell([makeRecord({ inRange: 1, near: 1 })], chance);
  expect(summary.verdict).toBe('extends');
  expect(summary.ranges.far).toEqual({
    score: null,
    best: null,
    longest: null,
    decisive: null,
    baseline: null,
    ceiling: null,
    scaled: { exact: null, token: null },
    standing: { exact: null, token: null },
    hasScale: true,
    faults: null,
    evaluatedLengths: 0,
    notAveragedLengths: 0,
    notEvaluatedLengths: 2,
  });
  expect(furthestRange(summary)).toBe('near');
  expect(summariseCell([makeRecord()], chance).verdict).toBeNull();
});

const seedsOf = (scores: { inRange: number; near: number; far: number }, count = 3) =>
  Array.from({ length: count }, (_, at) => makeRecord({ seed: at + 1, ...scores }));

test('what is published of the row and column is checked against the medians', () => {
  const claims = [{ task: 'parity', range: 'far' as const, atLeast: 0.99, source: 'Somebody 2024' }];
  const agreement = (far: number) => summariseCell(seedsOf({ inRange: 1, near: 1, far }), chance, { claims }).agreement;
  expect([agreement(1), agreement(0.6)]).toEqual(['agrees', 'disagrees']);
});

test('what theory predicts stands beside it, and has an agreement of its own', () => {
  const claims = [{ task: 'parity', range: 'far' as const, atMost: 0.6, source: 'Somebody 2024' }];
  const citations = new Map([['R4', 'Nobody 2020, theorem 2']]);
  const { statements, agreement, theory } = summariseCell(seedsOf({ inRange: 1, near: 1, far: 1 }), chance, {
    claims,
    citations,
    prediction: {
      expressible: 'can',
      evidence: 'theorem',
      extends: 'no result',
      extensionEvidence: 'none',
      propositions: ['R4'],
    },
  });
  expect(statements).toMatchObject([
    { kind: 'figure', agreement: 'disagrees', source: 'Somebody 2024' },
    { kind: 'prediction', agreement: 'agrees', source: 'Nobody 2020, theorem 2' },
  ]);
  expect([agreement, theory]).toEqual(['disagrees', 'agrees']);
});

test('a range in which a baseline is perfect, a learner cannot be, or the memory is too small, is no evidence', () => {
  const bound: Prediction = {
    expressible: 'cannot',
    evidence: 'theorem',
    extends: 'no result',
    extensionEvidence: 'none',
    propositions: [],
  };
  const records = seedsOf({ inRange: 1, near: 1, far: 0.4 });
  const theory = (given: typeof records, ...levels: Parameters<typeof baselinesOver>[0][]) =>
    summariseCell(given, baselinesOver(levels[0] ?? []), { prediction: bound }, baselinesOver(levels[1] ?? [])).theory;
  expect(theory(records)).toBe('agrees');
  const knowing = makeRecord({ architecture: 'ceiling', baseline: true, inRange: 1, near: 1, far: 0.5 });
  expect(theory(records, [], [knowing])).toBe('not decided');
  const small = records.map((record) => ({
    ...record,
    lengths: record.lengths.map((each) => (each.range === 'far' ? { ...each, exceedsMemory: '16 cells' } : each)),
  }));
  expect(theory(small)).toBe('not decided');
  const perfect = makeRecord({ architecture: 'majority', baseline: true, inRange: 1, near: 1, far: 0.5 });
  expect(theory(records, [perfect])).toBe('not decided');
});

test('without baselines nothing is scaled', () => {
  const { ranges, baselines } = summariseCell([makeRecord({ inRange: 1, near: 1, far: 1 })], noChance);
  expect([ranges.far.baseline, ranges.far.scaled.exact, baselines]).toEqual([null, null, []]);
});

/** A record with other scores at some lengths; the means follow. */
function withScores(given: GivenRecord, exactAt: Record<number, number>): CellRecord {
  const record = makeRecord(given);
  const lengths = record.lengths.map((result) => {
    const exact = exactAt[result.length];
    return exact === undefined ? result : { ...result, score: { exact, token: exact } };
  });
  return { ...record, lengths, ranges: summarise(lengths) };
}

test('a verdict asks for the score at the longest length too', () => {
  // Mean 0.96, as gated-deltanet-negative on parity had, and 0.92 at the longest length.
  const record = withScores({ inRange: 1, near: 1, far: 1 }, { 256: 0.92 });
  const summary = summariseCell([record], chance);
  expect(summary.ranges.far.score!.exact).toBeCloseTo(0.96);
  expect(summary.ranges.far.longest).toEqual({ length: 256, exact: 0.92 });
  expect([summary.verdict, summary.seeds[0]!.verdict]).toEqual(['extends', 'extends']);
  const inRange = summariseCell([withScores({ inRange: 1, near: 1, far: 1 }, { 40: 0.93 })], chance);
  expect([inRange.ranges.inRange.score!.exact, inRange.verdict]).toEqual([expect.closeTo(0.965), 'not learnt']);
});

test('a threshold within an interval makes a verdict borderline', () => {
  const of = (far: number) => summariseCell([makeRecord({ inRange: 1, near: 1, far })], chance);
  expect(of(0.97)).toMatchObject({ verdict: 'solves', verdictBounds: ['extends', 'solves'], isBorderline: true });
  expect(of(0.94)).toMatchObject({ verdict: 'extends', verdictBounds: ['extends', 'solves'], isBorderline: true });
  expect(of(1)).toMatchObject({ verdict: 'solves', verdictBounds: ['solves', 'solves'], isBorderline: false });
  expect(of(0.7)).toMatchObject({ verdict: 'extends', verdictBounds: ['extends', 'extends'], isBorderline: false });
});

test('seeds that disagree make a verdict borderline, whatever their test sets leave open', () => {
  const records = [1, 1, 0.5].map((far, at) => makeRecord({ seed: at + 1, inRange: 1, near: 1, far }));
  expect(summariseCell(records, chance)).toMatchObject({
    verdict: 'solves',
    verdictBounds: ['extends', 'solves'],
    solved: { count: 2 },
  });
});

test('even numbers of seeds have no median that nobody got', () => {
  const records = [1, 1, 0.5, 0.6].map((far, at) => makeRecord({ seed: at + 1, inRange: 1, near: 1, far }));
  const summary = summariseCell(records, chance);
  expect([summary.ranges.far.score!.exact, summary.verdict]).toEqual([0.6, 'extends']);
});

test('a score below its baseline by more than noise stands below it, with what was wrong', () => {
  const record = makeRecord({ inRange: 1, near: 0.47, far: 0.2 });
  const faults = { unfinished: 0.6, malformed: 0.15, wrong: 0.05 };
  const told = {
    ...record,
    lengths: record.lengths.map((result) => (result.range === 'far' ? { ...result, faults } : result)),
  };
  const { ranges } = summariseCell([told], chance);
  expect([ranges.inRange, ranges.near, ranges.far].map(({ standing }) => standing.exact)).toEqual([
    'above',
    'level',
    'below',
  ]);
  expect(ranges.far.faults).toEqual({ answers: 256, unfinished: 0.6, malformed: 0.15, wrong: expect.closeTo(0.05) });
  expect(ranges.near.faults).toBeNull();
});

test('a range that the task lacks caps the verdict and says why', () => {
  const record = makeRecord({ inRange: 1 });
  const lacking = {
    score: null,
    notEvaluated: 'no words',
    evaluatedLengths: 0,
    notAveragedLengths: 0,
    notEvaluatedLengths: 0,
  };
  const summary = summariseCell(
    [{ ...record, lengths: record.lengths.slice(0, 2), ranges: { ...record.ranges, near: lacking, far: lacking } }],
    chance,
  );
  expect([summary.verdict, summary.verdictBounds, summary.ranges.far.notEvaluated]).toEqual([
    'learnt in range',
    ['learnt in range', 'learnt in range'],
    'no words',
  ]);
});

test('a published maximum is held against the best seed', () => {
  const claims = [
    { task: 'parity', range: 'far' as const, atLeast: 0.99, overSeeds: 'maximum' as const, source: 'A 2024' },
  ];
  const records = [0.5, 0.6, 1].map((far, at) => makeRecord({ seed: at + 1, inRange: 1, near: 1, far }));
  expect(summariseCell(records, chance, { claims })).toMatchObject({
    agreement: 'agrees',
    statements: [{ measured: 1 }],
  });
});

test('the order of the records does not matter', () => {
  const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(scores, (list) => {
      const records = list.map((score, seed) => makeRecord({ seed, inRange: 1, near: score, far: score / 2 }));
      expect(summariseCell([...records].reverse(), chance)).toEqual(summariseCell(records, chance));
    }),
    { seed: 9 },
  );
});
