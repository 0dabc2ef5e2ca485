import fc from 'fast-check';
import { verdictOf, verdicts, verdictThresholds } from '../../../../src/studies/capability/summarise/verdict';

test.each([
  [0.5, 0.5, 0.5, 'not learnt'],
  [1, 0.5, 0.5, 'learnt in range'],
  [1, 1, 0.5, 'extends'],
  [1, 1, 1, 'solves'],
  [0.95, 0.95, 0.95, 'solves'],
  [0.9499, 1, 1, 'not learnt'],
  [1, 0.9, 1, 'learnt in range'],
])('in range %p, near %p, far %p: %s', (inRange, near, far, verdict) => {
  expect(verdictOf({ inRange, near, far })).toBe(verdict);
});

test('a range that was not evaluated caps the verdict', () => {
  expect(verdictOf({ inRange: 1, near: 1, far: null })).toBe('extends');
  expect(verdictOf({ inRange: 1, near: null, far: 1 })).toBe('learnt in range');
  expect(verdictOf({ inRange: null, near: 1, far: 1 })).toBeNull();
  expect(verdictOf({ inRange: 0.2, near: null, far: null })).toBe('not learnt');
});

test('a better score never lowers the verdict', () => {
  const share = fc.constantFrom(null, 0, 0.5, 0.9, 0.95, 1);
  const rank = (v: ReturnType<typeof verdictOf>) => (v === null ? -1 : verdicts.indexOf(v));
  const range = fc.constantFrom('inRange' as const, 'near' as const, 'far' as const);
  fc.assert(
    fc.property(share, share, share, range, (inRange, near, far, raised) => {
      const scores = { inRange, near, far };
      expect(rank(verdictOf({ ...scores, [raised]: 1 }))).toBeGreaterThanOrEqual(rank(verdictOf(scores)));
    }),
    { seed: 8 },
  );
});

test('thresholds are shares below certainty: one wrong sequence in a hundred is forgiven', () => {
  for (const threshold of Object.values(verdictThresholds)) {
    expect(threshold).toBeGreaterThan(0.9);
    expect(threshold).toBeLessThanOrEqual(0.99);
  }
});
