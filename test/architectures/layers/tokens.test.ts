import { equalsToken, paddingToken } from '../../../architectures/layers';
import { specialTokens } from '../../../src/data/vocabulary';

it.each(Object.keys(specialTokens) as (keyof typeof specialTokens)[])('agrees with the vocabulary of %s', (mode) => {
  expect(specialTokens[mode][paddingToken]).toBe('<padding>');
  expect(specialTokens[mode][equalsToken]).toBe('<equals>');
});
