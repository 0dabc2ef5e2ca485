import { checkFigure } from '../../../../src/studies/capability/summarise/figures';

const range = (exact: number, noise = 0) => ({ exact, low: exact - noise, high: exact + noise });
const of = (inRange: number, near: number, far: number | null, noise = 0) => ({
  inRange: range(inRange, noise),
  near: range(near, noise),
  far: far === null ? null : range(far, noise),
});
const alike = (measured: ReturnType<typeof of>, seeds = 3) => ({ median: measured, maximum: measured, seeds });
const claim = (range: 'inRange' | 'near' | 'far', bounds: { atLeast?: number; atMost?: number }, noise = 0) =>
  checkFigure({ task: 'parity', range, source: 'Somebody 2024, table 1', ...bounds }, alike(of(1, 0.7, null, noise)));

test('measured within the published bounds agrees, outside disagrees', () => {
  expect(claim('inRange', { atLeast: 0.99 }).agreement).toBe('agrees');
  expect(claim('near', { atMost: 0.6 })).toEqual({
    kind: 'figure',
    says: 'at most 0.6 near',
    range: 'near',
    atMost: 0.6,
    source: 'Somebody 2024, table 1',
    overSeeds: 'median',
    measured: 0.7,
    agreement: 'disagrees',
  });
  expect(claim('near', { atLeast: 0.6, atMost: 0.8 })).toMatchObject({
    says: 'at least 0.6 and at most 0.8 near',
    agreement: 'agrees',
  });
});

test('fewer than three seeds disagree with nothing', () => {
  const bound = { task: 'parity', range: 'far', atLeast: 0.99, source: 'Somebody 2024' } as const;
  expect(checkFigure(bound, alike(of(1, 1, 0.5), 3)).agreement).toBe('disagrees');
  expect(checkFigure(bound, alike(of(1, 1, 0.5), 2))).toMatchObject({
    agreement: 'not decided',
    because: 'at least 3 seeds are needed to disagree',
  });
});

test('falling short disagrees only where the trained lengths were learnt', () => {
  const claims = { range: 'far', task: 'parity', source: 'Somebody 2024', atLeast: 0.99 } as const;
  expect(checkFigure(claims, alike(of(0.96, 0.5, 0.5))).agreement).toBe('disagrees');
  expect(checkFigure(claims, alike(of(0.6, 0.5, 0.5)))).toMatchObject({
    agreement: 'not decided',
    because: 'the trained lengths are not learnt',
  });
  expect(checkFigure({ ...claims, atLeast: undefined, atMost: 0.4 }, alike(of(0.6, 0.5, 0.5))).agreement).toBe(
    'disagrees',
  );
});

test('falling short as published is a test only of a row that has learnt the trained lengths', () => {
  const limit = { range: 'far', task: 'parity', source: 'Somebody 2024', atMost: 0.6 } as const;
  expect(checkFigure(limit, alike(of(1, 0.5, 0.5))).agreement).toBe('agrees');
  expect(checkFigure(limit, alike(of(0.6, 0.5, 0.5))).agreement).toBe('consistent, not a test');
  expect(checkFigure({ ...limit, range: 'inRange' }, alike(of(0.6, 0.5, 0.5))).agreement).toBe('agrees');
});

test('outside of a bound by no more than noise is not decided', () => {
  expect(claim('near', { atMost: 0.6 }, 0.15).agreement).toBe('not decided');
  expect(claim('near', { atMost: 0.6 }, 0.05).agreement).toBe('disagrees');
  expect(claim('near', { atLeast: 0.8 }, 0.15).agreement).toBe('not decided');
  expect(claim('near', { atLeast: 0.8 }, 0.05).agreement).toBe('disagrees');
});

test('a published maximum over seeds is compared with our maximum', () => {
  const measured = { median: of(1, 1, 0.84), maximum: of(1, 1, 0.996), seeds: 3 };
  const bound = { task: 'parity', range: 'far', atLeast: 0.99, source: 'Somebody 2024' } as const;
  expect(checkFigure(bound, measured)).toMatchObject({ measured: 0.84, agreement: 'disagrees' });
  expect(checkFigure({ ...bound, overSeeds: 'maximum' }, measured)).toMatchObject({
    says: 'at least 0.99 far in the best seed',
    measured: 0.996,
    overSeeds: 'maximum',
    agreement: 'agrees',
  });
  const limit = { ...bound, atLeast: undefined, atMost: 0.9 };
  expect(checkFigure(limit, measured).agreement).toBe('agrees');
  expect(checkFigure({ ...limit, overSeeds: 'maximum' }, measured).agreement).toBe('disagrees');
});

test('the best of a few runs is not held against the best of many, nor the other way round', () => {
  const bound = { task: 'parity', range: 'far', atLeast: 0.99, source: 'A 2024', overSeeds: 'maximum' } as const;
  const agreement = (claim: object, far: number, seeds: number) =>
    checkFigure({ ...bound, ...claim }, alike(of(1, 1, far), seeds));
  expect(agreement({ runs: 180 }, 0.8, 3)).toMatchObject({
    agreement: 'not decided',
    because: 'not comparable: the best of 3 runs with the best of 180',
  });
  expect(agreement({ runs: 3 }, 0.8, 3).agreement).toBe('disagrees');
  expect(agreement({ runs: 180 }, 1, 3).agreement).toBe('agrees');
  const limit = { atLeast: undefined, atMost: 0.6 };
  expect(agreement({ ...limit, runs: 3 }, 0.8, 8).agreement).toBe('not decided');
  expect(agreement({ ...limit, runs: 10 }, 0.8, 8).agreement).toBe('disagrees');
});

test('lengths that the memory of a row has no room for refute nothing', () => {
  const cell = { ...alike(of(1, 1, 0)), exceedingMemory: new Set(['far'] as const) };
  const bound = { task: 'parity', atLeast: 0.99, source: 'Somebody 2024' };
  expect(checkFigure({ ...bound, range: 'far' }, cell)).toMatchObject({
    agreement: 'not decided',
    because: 'the memory of the row is too small for these lengths',
  });
  expect(checkFigure({ ...bound, range: 'near' }, cell).agreement).toBe('agrees');
});

test('a range that was not evaluated settles nothing', () => {
  expect(claim('far', { atLeast: 0.99 })).toMatchObject({ agreement: 'not measured', measured: null });
});
