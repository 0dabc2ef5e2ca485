import { theory } from '../../src/theory/propositions';
it('reads', () => {
  expect(theory().propositions.length).toBeGreaterThan(40);
});
