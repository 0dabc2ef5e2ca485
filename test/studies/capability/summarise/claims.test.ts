import { checkClaim, overallAgreement } from '../../../../src/studies/capability/summarise/claims';

const range = (exact: number, noise = 0) => ({ exact, low: exact - noise, high: exact + noise });
const of = (inRange: number, near: number, far: number | null, noise = 0) => ({
  inRange: range(inRange, noise),
  near: range(near, noise),
  far: far === null ? null : range(far, noise),
});
const alike = (measured: ReturnType<typeof of>) => ({ median: measured, maximum: measured });
const claim = (range: 'inRange' | 'near' | 'far', bounds: { atLeast?: number; atMost?: number }, noise = 0) =>
  checkClaim({ task: 'parity', range, source: 'Somebody 2024, table 1', ...bounds }, alike(of(1, 0.7, null, noise)));

test('measured within the claimed bounds is as predicted, outside contradicts', () => {
  expect(claim('inRange', { atLeast: 0.99 }).agreement).toBe('as predicted');
  expect(claim('near', { atMost: 0.6 })).toEqual({
    range: 'near',
    atMost: 0.6,
    source: 'Somebody 2024, table 1',
    overSeeds: 'median',
    measured: 0.7,
    agreement: 'contradicts',
  });
  expect(claim('near', { atLeast: 0.6, atMost: 0.8 }).agreement).toBe('as predicted');
});

test('falling short contradicts only where the trained lengths were learnt', () => {
  const claims = { range: 'far', task: 'parity', source: 'Somebody 2024', atLeast: 0.99 } as const;
  expect(checkClaim(claims, alike(of(0.96, 0.5, 0.5))).agreement).toBe('contradicts');
  expect(checkClaim(claims, alike(of(0.6, 0.5, 0.5))).agreement).toBe('not learnt');
  expect(checkClaim({ ...claims, atLeast: undefined, atMost: 0.4 }, alike(of(0.6, 0.5, 0.5))).agreement).toBe(
    'contradicts',
  );
});

test('outside of a bound by no more than noise is borderline', () => {
  expect(claim('near', { atMost: 0.6 }, 0.15).agreement).toBe('borderline');
  expect(claim('near', { atMost: 0.6 }, 0.05).agreement).toBe('contradicts');
  expect(claim('near', { atLeast: 0.8 }, 0.15).agreement).toBe('borderline');
  expect(claim('near', { atLeast: 0.8 }, 0.05).agreement).toBe('contradicts');
});

test('a published maximum over seeds is compared with our maximum', () => {
  const measured = { median: of(1, 1, 0.84), maximum: of(1, 1, 0.996) };
  const bound = { task: 'parity', range: 'far', atLeast: 0.99, source: 'Somebody 2024' } as const;
  expect(checkClaim(bound, measured)).toMatchObject({ measured: 0.84, agreement: 'contradicts' });
  expect(checkClaim({ ...bound, overSeeds: 'maximum' }, measured)).toMatchObject({
    measured: 0.996,
    overSeeds: 'maximum',
    agreement: 'as predicted',
  });
  const limit = { ...bound, atLeast: undefined, atMost: 0.9 };
  expect(checkClaim(limit, measured).agreement).toBe('as predicted');
  expect(checkClaim({ ...limit, overSeeds: 'maximum' }, measured).agreement).toBe('contradicts');
});

test('a range that was not evaluated settles nothing', () => {
  expect(claim('far', { atLeast: 0.99 }).agreement).toBe('not measured');
});

test('one contradiction outweighs agreement; agreement outweighs silence', () => {
  const [agrees, contradicts, silent] = [
    claim('inRange', { atLeast: 0.9 }),
    claim('near', { atMost: 0.6 }),
    claim('far', {}),
  ];
  expect(overallAgreement([agrees, contradicts, silent])).toBe('contradicts');
  expect(overallAgreement([silent, agrees])).toBe('as predicted');
  expect(overallAgreement([silent])).toBe('not measured');
  expect(overallAgreement([])).toBe('no claim');
});
