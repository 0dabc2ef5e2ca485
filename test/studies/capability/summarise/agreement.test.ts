import fc from 'fast-check';
import {
  evidences,
  expressibilities,
  extensions,
  type Agreement,
  type Prediction,
} from '../../../../src/core/contracts/theory';
import { checkPrediction, type MeasuredVerdict } from '../../../../src/studies/capability/summarise/agreement';
import { overallAgreement } from '../../../../src/studies/capability/summarise/statement';
import { verdicts, type Verdict } from '../../../../src/studies/capability/summarise/verdict';

const nothing: Prediction = {
  expressible: 'no result',
  evidence: 'none',
  extends: 'no result',
  extensionEvidence: 'none',
  propositions: [],
};
const evaluated = (longest: number) => ({ longest, canShow: true, canFail: true });
const ranges = { inRange: evaluated(40), near: evaluated(100), far: evaluated(256) };
const measured = (verdict: Verdict, more: Partial<MeasuredVerdict> = {}): MeasuredVerdict => ({
  verdict,
  verdictBounds: [verdict, verdict],
  seeds: 3,
  solved: verdict === 'solves' ? 3 : 0,
  ranges,
  ...more,
});
const check = (prediction: Partial<Prediction>, cell: MeasuredVerdict) =>
  checkPrediction({ ...nothing, ...prediction }, cell, new Map([['L1', 'Somebody 2024, theorem 1']]));
const agreement = (prediction: Partial<Prediction>, cell: MeasuredVerdict) => overallAgreement(check(prediction, cell));
const inOrder = ['not learnt', 'learnt in range', 'extends', 'solves'] as const;

const consistent = 'consistent, not a test';
const gap = 'learnability gap';
const open = 'not decided';
test.each<[Partial<Prediction>, Agreement[]]>([
  [{ expressible: 'cannot' }, [consistent, 'agrees', 'agrees', open]],
  [{ expressible: 'cannot unless TC0 = NC1' }, [consistent, 'agrees', 'agrees', open]],
  [{ expressible: 'cannot beyond a length', binds: 2049 }, [open, open, open, open]],
  [{ expressible: 'cannot beyond a length' }, [open, open, open, open]],
  [{ expressible: 'cannot beyond a length', binds: 256 }, [consistent, 'agrees', 'agrees', 'disagrees']],
  [{ expressible: 'cannot beyond a length', binds: 65 }, [consistent, 'agrees', 'disagrees', 'disagrees']],
  [{ expressible: 'can' }, [gap, gap, 'agrees', 'agrees']],
  [{ expressible: 'can with a chain of thought' }, [gap, gap, 'agrees', 'agrees']],
  [{ expressible: 'can at a larger size' }, [open, open, open, open]],
  [{ extends: 'expected' }, [open, 'disagrees', 'agrees', 'agrees']],
  [{ extends: 'not expected' }, [open, 'agrees', 'disagrees', 'disagrees']],
  [{}, ['no result', 'no result', 'no result', 'no result']],
])('%j, not learnt to solved: %j', (prediction, expected) => {
  expect(inOrder.map((verdict) => agreement(prediction, measured(verdict)))).toEqual(expected);
});

test('what a row can compute and whether it extends are two statements', () => {
  const both = {
    expressible: 'can',
    evidence: 'theorem',
    extends: 'not expected',
    propositions: ['L1', 'T9'],
  } as const;
  expect(check({ ...both, extensionEvidence: 'empirical law' }, measured('learnt in range'))).toEqual([
    {
      kind: 'prediction',
      about: 'expressibility',
      says: 'can be expressed',
      source: 'Somebody 2024, theorem 1; T9',
      evidence: 'theorem',
      agreement: 'learnability gap',
    },
    {
      kind: 'prediction',
      about: 'extension',
      says: 'not expected to extend',
      source: 'Somebody 2024, theorem 1; T9',
      evidence: 'empirical law',
      agreement: 'agrees',
    },
  ]);
});

test('where theory says nothing its reason is told', () => {
  expect(check({ reason: 'no statement about tapes' }, measured('solves'))).toMatchObject([
    { says: 'no result', agreement: 'no result', because: 'no statement about tapes' },
  ]);
});

test('a bound is told with the length from which it binds, and why it does not count', () => {
  expect(check({ expressible: 'cannot beyond a length', binds: 2049 }, measured('not learnt'))).toMatchObject([
    { says: 'cannot from length 2049 on', because: 'evaluated up to 256, where the bound does not bind yet' },
  ]);
});

test('solving what cannot be done at all lengths is no refutation, and worth a look', () => {
  expect(check({ expressible: 'cannot' }, measured('solves'))).toMatchObject([
    { agreement: 'not decided', because: 'solves up to 256, and all lengths are meant', isContrary: true },
  ]);
  expect(check({ expressible: 'cannot' }, measured('extends'))[0]).not.toHaveProperty('isContrary');
});

test('fewer than three seeds never disagree', () => {
  for (const seeds of [1, 2])
    expect(check({ extends: 'expected' }, measured('learnt in range', { seeds }))).toMatchObject([
      { agreement: 'not decided', because: 'at least 3 seeds are needed to disagree' },
    ]);
  expect(agreement({ extends: 'not expected' }, measured('learnt in range', { seeds: 1 }))).toBe('agrees');
});

test('what noise leaves open is decided only where every open verdict says the same', () => {
  const open = (lowest: Verdict, highest: Verdict) => measured(lowest, { verdictBounds: [lowest, highest], solved: 0 });
  expect(agreement({ extends: 'expected' }, open('learnt in range', 'extends'))).toBe('not decided');
  expect(agreement({ extends: 'expected' }, open('extends', 'solves'))).toBe('agrees');
  expect(agreement({ expressible: 'cannot' }, open('learnt in range', 'extends'))).toBe('agrees');
  expect(agreement({ expressible: 'can' }, open('not learnt', 'extends'))).toBe('not decided');
});

test('one seed that solves shows that it can be done, where noise leaves the rest open', () => {
  const found = measured('not learnt', { verdictBounds: ['not learnt', 'solves'], seeds: 8, solved: 3 });
  expect(check({ expressible: 'can' }, found)).toMatchObject([{ agreement: 'agrees', because: '3 of 8 seeds solve' }]);
  expect(agreement({ extends: 'expected' }, found)).toBe('not decided');
  expect(agreement({ expressible: 'can' }, measured('not learnt', { seeds: 99, solved: 1 }))).toBe(gap);
});

test('what diverged decides nothing', () => {
  for (const expressible of expressibilities.filter((each) => each !== 'no result'))
    expect(agreement({ expressible, binds: 1 }, measured('diverged', { verdictBounds: null }))).toBe('not decided');
  expect(agreement({ extends: 'expected' }, measured('diverged', { verdictBounds: null }))).toBe('not decided');
});

describe('a range in which nothing can be shown decides nothing:', () => {
  it('one that was not evaluated', () => {
    const without = { ...ranges, far: { ...ranges.far, longest: null } };
    const extended = measured('extends', { ranges: without });
    expect(agreement({ expressible: 'cannot' }, extended)).toBe('not decided');
    expect(agreement({ expressible: 'can' }, extended)).toBe('agrees');
    const short = measured('learnt in range', { ranges: { ...without, near: without.far } });
    expect(agreement({ extends: 'expected' }, short)).toBe('not decided');
    expect(agreement({ extends: 'not expected' }, short)).toBe('not decided');
    expect(agreement({ expressible: 'can' }, short)).toBe('not decided');
  });

  it('one that cannot be mastered, as the memory is too small', () => {
    const small = { ...ranges, near: { ...ranges.near, canFail: false } };
    const cell = measured('learnt in range', { ranges: small });
    expect(agreement({ expressible: 'can' }, cell)).toBe('not decided');
    expect(agreement({ extends: 'not expected' }, cell)).toBe('not decided');
  });

  it('one in which guessing does as well', () => {
    const guessed = { ...ranges, far: { ...ranges.far, canShow: false } };
    const cell = measured('solves', { ranges: guessed });
    expect(check({ expressible: 'cannot' }, cell)[0]).toMatchObject({ agreement: 'not decided' });
    expect(agreement({ expressible: 'can' }, cell)).toBe('agrees');
    expect(agreement({ expressible: 'can' }, measured('solves', { ranges: { ...guessed, near: guessed.far } }))).toBe(
      'not decided',
    );
  });
});

test('whatever is predicted and measured: no disagreement of few seeds, open verdicts or bounds that do not bind', () => {
  const predictions = fc.record({
    expressible: fc.constantFrom(...expressibilities),
    evidence: fc.constantFrom(...evidences),
    binds: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
    extends: fc.constantFrom(...extensions),
    extensionEvidence: fc.constantFrom(...evidences),
    propositions: fc.constant([]),
  });
  const cells = fc.record({
    verdict: fc.constantFrom(...verdicts),
    seeds: fc.integer({ min: 1, max: 8 }),
    isEvaluated: fc.boolean(),
  });
  fc.assert(
    fc.property(predictions, cells, (prediction, { verdict, seeds, isEvaluated }) => {
      const far = isEvaluated ? ranges.far : { ...ranges.far, longest: null };
      const bounds = verdict === 'diverged' ? null : ([verdict, verdict] as const);
      const cell = measured(verdict, { seeds, verdictBounds: bounds, ranges: { ...ranges, far } });
      for (const { agreement, about } of checkPrediction(prediction, cell, new Map())) {
        if (agreement !== 'disagrees') continue;
        expect(seeds).toBeGreaterThanOrEqual(3);
        expect(verdict).not.toBe('diverged');
        if (about === 'extension') continue;
        expect(prediction.expressible).toBe('cannot beyond a length');
        expect(prediction.binds).toBeLessThanOrEqual(isEvaluated ? 256 : 100);
      }
    }),
  );
});
