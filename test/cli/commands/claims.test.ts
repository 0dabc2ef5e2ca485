import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../src/core/package';
import type { JudgedClaim } from '../../../src/studies/claims/judge';
import { workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
interface Answer {
  readonly counts: Record<string, number>;
  readonly claims: readonly JudgedClaim[];
}
const claims = async (...words: readonly string[]) =>
  (await zoo(['claims', ...words, '--json'], { workingFolder: folder.path })).json<Answer>();

it('says of every claim what the shipped records say, in 80 columns and without colour', async () => {
  const { stdout, exitCode } = await zoo(['claims'], { workingFolder: folder.path });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^43 claims: \d+ reproduced, /);
  expect(stdout).toMatch(/\n 1 {2}LSTM, GRU and RNN solve parity +reproduced +6 of 6\n/);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(stdout).not.toContain('\u001b');
});

it('shows one claim whole: sources, setting, what each seed gave with its interval, the command to repeat it', async () => {
  const { stdout } = await zoo(['claims', '1'], { workingFolder: folder.path });
  const words = stdout.replace(/\s+/g, ' ');
  expect(words).toMatch(/^1\. LSTM, GRU and RNN solve parity reproduced /);
  expect(words).toContain('Li and Cotterell 2025, table 1, NeurIPS 2025');
  expect(words).toMatch(/holds: gru x parity, far: 100 \([\d.]+-100\); seeds 1: 100 \([\d.]+-100\), 2: /);
  expect(words).toContain('zoo run claims --only "lstm x parity,gru x parity,rnn x parity"');
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

it('counts verdicts, and shows those that are asked for', async () => {
  const { counts, claims: all } = await claims();
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(all.length);
  const few = await claims('--verdict', 'not comparable');
  expect(few.claims.map(({ verdict }) => verdict)).toEqual(Array(counts['not comparable']).fill('not comparable'));
  expect((await claims('1', '3')).claims.map(({ claim }) => claim.id)).toEqual([1, 3]);
});

it('draws Markdown', async () => {
  const { stdout } = await zoo(['claims', '1', '10', '--format', 'markdown'], { workingFolder: folder.path });
  expect(stdout).toContain('| 1 | LSTM, GRU and RNN solve parity | **reproduced** | 6 of 6 |');
  expect(stdout).toMatch(/^# 2 claims: 1 reproduced, 1 not comparable\n/);
});

it('looks first in folders of the same name that are given', async () => {
  const own = join(folder.path, 'runs', 'claims');
  mkdirSync(own, { recursive: true });
  cpSync(join(packageRoot, 'results', 'claims', 'manifest.json'), join(own, 'manifest.json'));
  // Of claim 16 the first condition names no other folder.
  const [first] = (await claims('16', '--in', 'runs/claims')).claims;
  expect([first!.verdict, first!.conditions[0]!.checks[0]!.why]).toEqual(['not decided', 'no records']);
});

it('names the numbers there are, and a folder that is not there', async () => {
  const unknown = await zoo(['claims', '430'], { workingFolder: folder.path });
  expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('There is no claim 430')]);
  const missing = await zoo(['claims', '--in', 'runs/nowhere'], { workingFolder: folder.path });
  expect(missing.exitCode).not.toBe(0);
  expect(missing.stderr).toContain('nowhere');
});
