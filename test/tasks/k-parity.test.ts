import { SecretParity } from '../../tasks/k-parity';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

/** Positions that change the answer to all zeros when their bit is set. */
const probe = (task: SecretParity, length: number) =>
  Array.from({ length }, (_, place) => place).filter(
    (place) => task.solve(Array.from({ length }, (_, i) => (i === place ? 1 : 0)))[0] === 1,
  );

describe('k-parity', () => {
  const task = new SecretParity();

  it('agrees with adding up what single bits do', () => {
    const secret = probe(task, 500);
    expect(secret).toHaveLength(3);
    expect(Math.max(...secret)).toBeLessThan(20);
    expectSameAnswers(task, (input) => [input.filter((bit, place) => bit === 1 && secret.includes(place)).length % 2]);
  });

  it('has the secret that its number says', () => {
    const secretOf = (secret: number) => probe(new SecretParity({ size: 5, window: 40, secret }), 40).join();
    expect(secretOf(3)).toBe(secretOf(3));
    expect(new Set([1, 2, 3, 4, 5].map(secretOf)).size).toBe(5);
  });

  it('draws every string of a length equally often', () => {
    const codes = sampleInputs(task, 4, 16_000).map((input) => Number.parseInt(input.join(''), 2));
    expectDistribution(tally(codes, 16), uniformShares(16));
  });
});
