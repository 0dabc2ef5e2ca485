import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Claims } from '../../../src/run/shared/claims';
import { FileStore } from '../../../src/run/store/file-store';
import { workingFolder, zoo } from '../../support/cli';
import { keyedRecord, writeResults } from '../../support/stored-records';

const folder = workingFolder();

it('shows who measures what, how far it is, what failed, and who is silent', async () => {
  const seeds = [1, 2, 3, 4, 5];
  const records = seeds.map((seed) => keyedRecord({ seed }));
  const place = join(folder.path, 'out');
  await writeResults(place, { architectures: ['lstm'], baselines: [], tasks: [['parity', 'regular']], seeds }, [
    { seed: 1 },
    { seed: 2 },
  ]);
  const claims = new Claims(place);
  const claim = claims.take(records[2]!.key);
  claim.report({ phase: 'training', step: 50, steps: 200, loss: 0.5 });
  mkdirSync(join(place, 'claims', records[3]!.key));
  writeFileSync(join(place, 'claims', records[3]!.key, 'elsewhere.7.unknown.0.0'), '');
  new FileStore(place).noteFailure(records[4]!, { code: 'unexpected', message: 'it broke\nbadly' });
  const { stdout } = await zoo(['watch', 'out', '--once'], { workingFolder: folder.path, terminal: 80 });
  expect(stdout).toContain('2 of 5 cells finished, 1 failed, 2 at work');
  expect(stdout).toMatch(/lstm x parity, seed 3 +step 50\/200, loss 0\.500/);
  expect(stdout).toMatch(/seed 4 +starting +elsewhere 7/);
  expect(stdout).toContain('seed 5 failed: it broke');
  const shown = (await zoo(['watch', 'out', '--json'], { workingFolder: folder.path })).json<{ atWork: object[] }>();
  expect(shown).toMatchObject({ cells: 5, finished: 2, failed: [{ message: 'it broke' }] });
  expect(shown.atWork).toContainEqual(
    expect.objectContaining({ phase: 'training', step: 50, steps: 200, processId: process.pid, holds: true }),
  );
  claim.release();
});
