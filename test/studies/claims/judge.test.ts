import type { CellRecord, RecordOf } from '../../../src/core/contracts/record';
import type { CataloguedClaim } from '../../../src/literature/claim-catalogue';
import { ClaimAttempt, ClaimCondition } from '../../../src/literature/claim-schema';
import { judge, type RecordsOf } from '../../../src/studies/claims/judge';
import { claimsSheet, countWords } from '../../../src/studies/claims/sheet';
import { checkWords, commandsOf, conditionWords } from '../../../src/studies/claims/wording';
import { makeRecord, type GivenRecord } from '../../support/records';

const condition = (given: Partial<ClaimCondition>): ClaimCondition =>
  Object.assign(new ClaimCondition(), {
    in: ['results/a'],
    rows: ['lstm'],
    columns: ['parity'],
    ranges: ['near'],
    because: 'table 1',
    ...given,
  });
const claim = (given: Partial<CataloguedClaim>): CataloguedClaim =>
  ({
    id: 1,
    title: 'A claim',
    statement: 'It is so.',
    sources: [],
    setting: 'small',
    subject: 'Claims',
    ...given,
  }) as CataloguedClaim;

/** Records of folders, rows and columns: near scores, one for each seed. */
const recordsOf =
  (cells: Record<string, readonly number[]>): RecordsOf =>
  ({ folder, row, column }) =>
    (cells[`${folder}: ${row} x ${column}`] ?? []).map((near, at) =>
      makeRecord({ architecture: row, task: column, seed: at + 1, inRange: 1, near }),
    );
const verdictOf = (conditions: Partial<ClaimCondition>[], cells: Record<string, readonly number[]>) =>
  judge(claim({ conditions: conditions.map(condition) }), recordsOf(cells)).verdict;
const lstm = (...near: number[]) => ({ 'results/a: lstm x parity': near });

describe('a bound', () => {
  it('is of the median, unless the source tells its best or its worst run', () => {
    expect(verdictOf([{ atLeast: 0.99 }], lstm(1, 1, 0.5))).toBe('reproduced');
    expect(verdictOf([{ atLeast: 0.99, overSeeds: 'minimum' }], lstm(1, 1, 0.5))).toBe('not reproduced');
    expect(verdictOf([{ atLeast: 0.99, overSeeds: 'maximum' }], lstm(1, 0.5, 0.5))).toBe('reproduced');
    expect(verdictOf([{ atMost: 0.6, overSeeds: 'maximum' }], lstm(1, 0.5, 0.5))).toBe('not reproduced');
  });

  it('is missed only by more than noise, in three seeds or more', () => {
    expect(verdictOf([{ atLeast: 0.99 }], lstm(0.5, 0.5, 0.6))).toBe('not reproduced');
    expect(verdictOf([{ atLeast: 0.99 }], lstm(0.985, 0.985, 0.985))).toBe('not decided');
    expect(verdictOf([{ atLeast: 0.99 }], lstm(0.5, 0.5))).toBe('not decided');
  });

  it('may be on a scale from chance, on which guessing is about 0', () => {
    expect(verdictOf([{ atMost: 0.1, chance: 0.5 }], lstm(0.49, 0.5, 0.52))).toBe('reproduced');
    expect(verdictOf([{ atMost: 0.1, chance: 0.5 }], lstm(0.7, 0.7, 0.7))).toBe('not reproduced');
  });

  it('of the best of many runs is not missed by the best of a few', () => {
    expect(verdictOf([{ atLeast: 0.99, overSeeds: 'maximum', runs: 10 }], lstm(0.5, 0.5, 0.5))).toBe('not decided');
    expect(verdictOf([{ atLeast: 0.99, overSeeds: 'maximum', runs: 3 }], lstm(0.5, 0.5, 0.5))).toBe('not reproduced');
  });

  it('may have to be kept by a number of seeds', () => {
    expect(verdictOf([{ atLeast: 0.9, seeds: 2 }], lstm(1, 0.5, 1))).toBe('reproduced');
    expect(verdictOf([{ atLeast: 0.9, seeds: 2 }], lstm(1, 0.5, 0.5))).toBe('not reproduced');
  });

  it('counts a run that diverged as one that learnt nothing', () => {
    const given: GivenRecord[] = [
      { near: 1 },
      { outcome: 'diverged', near: null },
      { outcome: 'diverged', near: null },
    ];
    const records = given.map((each, at) => makeRecord({ ...each, seed: at + 1 }));
    const { conditions } = judge(claim({ conditions: [condition({ atLeast: 0.9 })] }), () => records);
    expect(conditions[0]!.checks[0]!.measured!.seeds.map(({ value }) => value)).toEqual([1, 0, 0]);
    expect(conditions[0]!.outcome).not.toBe('holds');
  });
});

describe('cells', () => {
  it('are of the first folder that has records of them', () => {
    const places = { in: ['results/a', 'results/b'], atLeast: 0.9 };
    expect(verdictOf([places], { 'results/b: lstm x parity': [1, 1, 1] })).toBe('reproduced');
    expect(verdictOf([places], { ...lstm(0, 0, 0), 'results/b: lstm x parity': [1, 1, 1] })).toBe('not reproduced');
  });

  it('all have to hold, or some of them where the source tells the best', () => {
    const cells = { ...lstm(1, 1, 1), 'results/a: gru x parity': [0, 0, 0] };
    expect(verdictOf([{ rows: ['lstm', 'gru'], atLeast: 0.9 }], cells)).toBe('not reproduced');
    expect(verdictOf([{ rows: ['lstm', 'gru'], atLeast: 0.9, some: true }], cells)).toBe('reproduced');
    expect(verdictOf([{ rows: ['lstm', 'rnn'], atLeast: 0.9 }], cells)).toBe('not decided');
  });

  it('are compared by more than the spread of their seeds', () => {
    const than = (gru: number[]) =>
      verdictOf([{ above: { row: 'gru' } }], { ...lstm(1, 0.9, 0.95), 'results/a: gru x parity': gru });
    expect(than([0.5, 0.6, 0.5])).toBe('reproduced');
    expect(than([0.9, 0.5, 0.6])).toBe('not decided');
    expect(than([1, 1, 1])).toBe('not reproduced');
    expect(than([])).toBe('not decided');
  });
});

it('counts sequences until a run had learnt, and more than it was given where it had not', () => {
  const learnt = (seed: number, outcome: 'stopped-early' | 'completed', steps: number): RecordOf => {
    const made = makeRecord({ seed, inRange: 1, outcome });
    return { ...made, training: { ...made.training!, steps } } as CellRecord;
  };
  const records = [learnt(1, 'stopped-early', 10), learnt(2, 'completed', 100), learnt(3, 'stopped-early', 20)];
  const judged = (given: Partial<ClaimCondition>) =>
    judge(claim({ conditions: [condition({ ranges: undefined, reading: 'sequences', ...given })] }), () => records);
  expect(judged({ atMost: 20 * 64 }).verdict).toBe('reproduced');
  expect(judged({ atMost: 20 * 64 - 1, overSeeds: 'minimum' }).verdict).toBe('reproduced');
  expect(judged({ atLeast: 100 * 64, overSeeds: 'maximum' }).verdict).toBe('reproduced');
  const { conditions, verdict } = judged({ atMost: 101 * 64, overSeeds: 'maximum' });
  expect(verdict).toBe('not decided');
  expect(checkWords(conditions[0]!.checks[0]!, conditions[0]!.condition)).toMatch(
    /^open \(training was ended too soon to tell\): lstm x parity: more than 6400; seeds 1: 640, 2: more than 6400, /,
  );
});

it('says that a claim is not comparable where it has a reason instead of conditions', () => {
  expect(judge(claim({ notComparable: 'no such row' }), () => []).verdict).toBe('not comparable');
});

it('tells what was tried besides, and what trains all of it again', () => {
  const attempt = Object.assign(new ClaimAttempt(), {
    ...condition({ rows: ['gru'], in: ['results/b'] }),
    what: 'a gru',
  });
  const cells = { ...lstm(1, 1, 1), 'results/b: gru x parity': [0.5, 0.5, 0.5] };
  const judged = judge(claim({ conditions: [condition({ atLeast: 0.9 })], tried: [attempt] }), recordsOf(cells));
  expect(judged.verdict).toBe('reproduced');
  expect(judged.tried[0]!.findings[0]!.measured!.reduced.value).toBe(0.5);
  expect(commandsOf(judged)).toEqual(['zoo run a --only "lstm x parity"', 'zoo run b --only "gru x parity"']);
});

it('words what has to hold', () => {
  expect(conditionWords(condition({ atMost: 0.13, chance: 0.5, ranges: ['near', 'far'], overSeeds: 'maximum' }))).toBe(
    'at most 13 % of answers, scaled from chance 50, near and far, maximum of the seeds',
  );
  expect(conditionWords(condition({ above: { row: 'gru' }, longest: true }))).toBe(
    'more than gru, at the longest length near, median of the seeds',
  );
});

it('makes a table for each subject, with counts above', () => {
  const judged = [
    judge(claim({ id: 1, conditions: [condition({ atLeast: 0.9 })], notTested: 'half' }), recordsOf(lstm(1, 1, 1))),
    judge(claim({ id: 2, subject: 'Others', notComparable: 'no such row' }), () => []),
  ];
  expect(countWords(judged)).toBe('2 claims: 1 reproduced, 1 not comparable');
  expect(claimsSheet(judged).tables.map(({ heading, rows }) => [heading, rows])).toEqual([
    ['Claims', [['1', 'A claim', 'reproduced*', '1 of 1']]],
    ['Others', [['2', 'A claim', 'not comparable']]],
  ]);
});
