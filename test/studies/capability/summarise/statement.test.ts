import { agreements, evidences, type Agreement, type Evidence } from '../../../../src/core/contracts/theory';
import {
  isTested,
  overallAgreement,
  refutesTheorem,
  type Statement,
} from '../../../../src/studies/capability/summarise/statement';

const prediction = (agreement: Agreement, evidence: Evidence = 'theorem'): Statement => ({
  kind: 'prediction',
  about: 'expressibility',
  says: 'can be expressed',
  source: 'Somebody 2024, theorem 1',
  evidence,
  agreement,
});

test('one disagreement outweighs any number of agreements; agreement outweighs silence', () => {
  const overall = (...found: Agreement[]) => overallAgreement(found.map((each) => prediction(each)));
  expect(overall('agrees', 'disagrees', 'not measured')).toBe('disagrees');
  expect(overall('not decided', 'agrees', 'learnability gap')).toBe('agrees');
  expect(overall('not decided', 'learnability gap')).toBe('learnability gap');
  expect(overall('not measured', 'no result')).toBe('not measured');
  expect(overallAgreement([])).toBe('no result');
  for (const agreement of agreements) expect(overall(agreement)).toBe(agreement);
});

test('a statement is tested where it agrees or disagrees', () => {
  expect(agreements.filter(isTested)).toEqual(['disagrees', 'agrees']);
});

test('only a theorem is refuted, and only by a disagreement', () => {
  expect(evidences.filter((evidence) => refutesTheorem(prediction('disagrees', evidence)))).toEqual(['theorem']);
  expect(agreements.filter((agreement) => refutesTheorem(prediction(agreement)))).toEqual(['disagrees']);
});
