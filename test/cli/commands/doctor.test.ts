import { engineNames } from '../../../registry';
import { zoo } from '../../support/cli';

it('reports every engine with a reason, and which one is used', async () => {
  const { json, exitCode } = await zoo(['doctor', '--json']);
  const report = json<{ used: string; engines: { name: string; available: boolean; reason: string }[] }>();
  expect(exitCode).toBe(0);
  expect(report.engines.map(({ name }) => name)).toEqual(engineNames);
  expect(report.engines.every(({ reason }) => reason.length > 0)).toBe(true);
  expect(report.engines.find(({ name }) => name === report.used)?.available).toBe(true);
});

it('tells people the same', async () => {
  const { stdout } = await zoo(['doctor']);
  for (const engine of engineNames) expect(stdout).toMatch(new RegExp(`^${engine} +(works|absent)`, 'm'));
  expect(stdout).toMatch(/--engine auto takes onnx/);
});
