import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package';
import { ensureBuilt } from '../support/built';
import { zoo } from '../support/cli';

const page = readFileSync(join(packageRoot, 'docs/submissions.md'), 'utf8');
/** Command lines of the page, as lists of words. */
const lines = [...page.matchAll(/^```sh\n([^]*?)^```/gm)]
  .flatMap(([, block]) => block!.trim().split('\n'))
  .map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!));

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zoo-walkthrough-'));
  mkdirSync(join(folder, 'results'));
  symlinkSync(join(packageRoot, 'examples'), join(folder, 'examples'));
  symlinkSync(join(packageRoot, 'results', 'quick'), join(folder, 'results', 'quick'));
  await ensureBuilt();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is a way that can be gone, command by command', async () => {
  const surroundings = { workingFolder: folder, environment: { XDG_STATE_HOME: join(folder, 'state') } };
  const told = new Map<string, string>();
  const boards: string[] = [];
  for (const [program, ...words] of lines) {
    if (program === 'cp') cpSync(join(folder, words[0]!), join(folder, words[1]!));
    else {
      expect(program).toBe('zoo');
      const workers = ['run', 'verify'].includes(words[0]!) ? ['--workers', '0'] : [];
      const { exitCode, stdout, stderr } = await zoo([...words, ...workers], surroundings);
      expect([words.join(' '), exitCode, exitCode === 0 ? '' : stderr]).toEqual([words.join(' '), 0, '']);
      told.set(words[0]!, stdout + stderr);
    }
    if (words.includes('my-gru.zoo')) boards.push((await zoo(['leaderboard', 'my-gru.zoo'], surroundings)).stdout);
  }
  expect([...told.keys()]).toEqual(['check', 'run', 'submit', 'leaderboard', 'matrix', 'compare', 'report', 'verify']);
  expect(told.get('submit')).toContain('with the protocol of atlas');
  expect(told.get('leaderboard')).toContain('example/gru (submitted, not verified)');
  expect(told.get('compare')).toContain('example/gru (submitted, not verified)');
  expect(told.get('verify')).toContain('1 of 1: the same to the byte.');
  // What the page says the row is called, before and after.
  expect(boards[0]).toContain('example/gru (submitted, not verified)');
  expect(boards.at(-1)).toContain('example/gru (submitted, 1 of 1 cells verified)');
  expect(page).toContain('example/gru (submitted, 1 of 1 cells verified)');
});
