import { builtInEngines } from '../support/engine-choice';
import { measureMatrixLimit } from '../../src/bench/matrix-limit';

it('is a number of GFLOP/s that a processor can have', async () => {
  const limit = await measureMatrixLimit(builtInEngines(), 1);
  expect(limit).toBeGreaterThan(0.1);
  expect(limit).toBeLessThan(100_000);
});
