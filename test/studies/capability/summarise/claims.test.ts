import { checkClaim, overallAgreement } from '../../../../src/studies/capability/summarise/claims';

const exact = { inRange: 1, near: 0.7, far: null };
const claim = (range: 'inRange' | 'near' | 'far', bounds: { atLeast?: number; atMost?: number }) =>
  checkClaim({ task: 'parity', range, source: 'Somebody 2024, table 1', ...bounds }, exact);

test('measured within the claimed bounds is as predicted, outside contradicts', () => {
  expect(claim('inRange', { atLeast: 0.99 }).agreement).toBe('as predicted');
  expect(claim('near', { atMost: 0.6 })).toEqual({
    range: 'near',
    atMost: 0.6,
    source: 'Somebody 2024, table 1',
    measured: 0.7,
    agreement: 'contradicts',
  });
  expect(claim('near', { atLeast: 0.6, atMost: 0.8 }).agreement).toBe('as predicted');
});

test('falling short contradicts only where the trained lengths were learnt', () => {
  const claims = { range: 'far', task: 'parity', source: 'Somebody 2024', atLeast: 0.99 } as const;
  expect(checkClaim(claims, { inRange: 0.96, near: 0.5, far: 0.5 }).agreement).toBe('contradicts');
  expect(checkClaim(claims, { inRange: 0.6, near: 0.5, far: 0.5 }).agreement).toBe('not learnt');
  expect(
    checkClaim({ ...claims, atLeast: undefined, atMost: 0.4 }, { inRange: 0.6, near: 0.5, far: 0.5 }).agreement,
  ).toBe('contradicts');
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
