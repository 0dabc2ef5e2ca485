import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSpecification } from '../../support/records';
import { zoo } from '../../support/cli';

it('exits as stopped by Ctrl-C, with its checkpoint kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zoo-cell-'));
  const specification = makeSpecification();
  specification.protocol.steps = 1_000_000;
  writeFileSync(join(folder, 'specification.json'), JSON.stringify(specification));
  const { exitCode, stderr } = await zoo(['cell', 'specification.json', '--out', 'out'], {
    workingFolder: folder,
    interrupt: (press) => setTimeout(press, 3000),
  });
  rmSync(folder, { recursive: true, force: true });
  expect([exitCode, stderr]).toEqual([130, expect.stringMatching(/lstm x parity, seed 1 was stopped/)]);
});
