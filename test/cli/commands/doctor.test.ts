import { spawnSync } from 'node:child_process';
import { builtCli, ensureBuilt } from '../../support/built';
import { zoo } from '../../support/cli';
import { fastest } from '../../support/compiler';

const engineNames = ['native', 'onnx', 'tensorflow', 'cpu', 'wasm'];

it('reports every engine with a reason, and which one is used', async () => {
  const { json, exitCode } = await zoo(['doctor', '--json']);
  expect(json<{ warnings: string[] }>().warnings).toEqual([]);
  const report = json<{ used: string; engines: { name: string; available: boolean; reason: string }[] }>();
  expect(exitCode).toBe(0);
  expect(report.engines.map(({ name }) => name)).toEqual(engineNames);
  expect(report.engines.every(({ reason }) => reason.length > 0)).toBe(true);
  expect(report.engines.find(({ name }) => name === report.used)?.available).toBe(true);
});

it('tells people the same', async () => {
  const { stdout } = await zoo(['doctor']);
  for (const engine of engineNames) expect(stdout).toMatch(new RegExp(`^${engine} +(works|absent)`, 'm'));
  expect(stdout).toContain(`--engine auto takes ${fastest}.`);
});

it('says which compilers it looked for in vain, and takes onnx', async () => {
  await ensureBuilt();
  const env = { ...process.env, PATH: '/nonexistent', CC: '/nonexistent/cc' };
  const { status, stdout } = spawnSync(process.execPath, [builtCli, 'doctor'], { encoding: 'utf8', env });
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^native +absent +C compiler: no C compiler found \(looked for \/nonexistent\/cc, cc, gcc, clang\)$/m,
  );
  expect(stdout).toContain('--engine auto takes onnx.');
}, 120_000);
