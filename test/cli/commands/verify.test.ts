import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CellRecord } from '../../../src/core/contracts/record';
import { fingerprint } from '../../../src/core/cell';
import { tinyExperiment, workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
const inFolder = (...words: string[]) => zoo(words, { workingFolder: folder.path });
interface Verified {
  readonly of: number;
  readonly counts: object;
  readonly cells: readonly { readonly row: string; readonly repetition: string; readonly key: string }[];
}

it('measures cells again: the same to the byte, or what became of them', async () => {
  folder.write('tiny.json', tinyExperiment);
  await inFolder('run', 'tiny.json', '--workers', '0');
  const verify = (...words: string[]) => inFolder('verify', 'tiny', '--workers', '0', ...words);

  const same = await verify('--json');
  expect(same.exitCode).toBe(0);
  expect(same.json<Verified>()).toMatchObject({ of: 1, seed: 1, counts: { identical: 1 } }); // baselines are not drawn
  expect(same.json<Verified>().cells).toMatchObject([{ row: 'lstm', repetition: 'identical' }]);

  // A record that was made up, with everything that makes it look whole.
  const records = join(folder.path, 'runs', 'tiny', 'records', 'lstm', 'parity');
  const file = join(records, readdirSync(records)[0]!);
  const { digest: _, ...record } = JSON.parse(readFileSync(file, 'utf8')) as CellRecord & { digest: string };
  const forged = { ...record, training: { ...record.training!, parameterCount: 1 } };
  const { provenance: __, ...results } = forged;
  writeFileSync(file, JSON.stringify({ digest: fingerprint(results), ...forged }));
  const other = await verify('--all');
  expect(other.exitCode).toBe(1);
  expect(other.stdout).toMatch(/other bytes\s+lstm x parity, seed 1/);
  expect(other.stdout).toContain('1 of 1: NOT the same, though machine and engine are.');

  const nothing = await verify('--only', 'gru');
  expect([nothing.exitCode, nothing.stderr]).toEqual([2, expect.stringContaining('there is no row "gru"')]);
});
