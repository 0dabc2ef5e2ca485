import { fingerprint } from '../../src/core/cell';
import { Protocol } from '../../src/core/protocol';
import { ofBaseline, withoutDefaults } from '../../src/core/protocol-key';

const protocolOf = (change: object): Protocol => Object.assign(new Protocol(), change);
const { trainingLengths, evaluation } = new Protocol();

test.each([
  ['no end of training sequences', { trainingSequences: null }],
  ['final labels', { labels: 'final' }],
  ['never futile', { stop: { futile: null } }],
  ['no rule for stopping', { stop: {} }],
  ['no curriculum', { trainingLengths: { ...trainingLengths, curriculum: 0 } }],
  ['no sequential evaluation', { evaluation: { ...evaluation, sequential: null } }],
])('%s is what there is without saying so', (_, change) => {
  expect(fingerprint(withoutDefaults(protocolOf(change)))).toBe(fingerprint(new Protocol()));
});

test.each([
  { trainingSequences: 5 },
  { labels: 'aligned' },
  { stop: { futile: 12 } },
  { trainingLengths: { ...trainingLengths, curriculum: 0.5 } },
  { evaluation: { ...evaluation, sequential: { error: 0.01 } } },
])('%j is another protocol, and is kept whole', (change) => {
  const protocol = protocolOf(change);
  expect(fingerprint(withoutDefaults(protocol))).toBe(fingerprint(protocol));
  expect(fingerprint(protocol)).not.toBe(fingerprint(new Protocol()));
});

test('a baseline knows of lengths and test sets alone', () => {
  const changed = protocolOf({
    steps: 5,
    stop: { futile: 12 },
    trainingLengths: { ...trainingLengths, maximum: 16, curriculum: 0.5 },
    evaluation: { ...evaluation, lengthsPerRange: 3, sequential: { error: 0.01 } },
  });
  const expected = protocolOf({
    trainingLengths: { ...trainingLengths, maximum: 16 },
    evaluation: { ...evaluation, lengthsPerRange: 3 },
  });
  expect(fingerprint(ofBaseline(changed, new Protocol()))).toBe(fingerprint(expected));
});
