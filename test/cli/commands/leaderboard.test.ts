import { join } from 'node:path';
import { workingFolder, zoo } from '../../support/cli';
import { writeResults } from '../../support/stored-records';

const folder = workingFolder();
const leaderboard = (...options: string[]) => zoo(['leaderboard', 'test', ...options], { workingFolder: folder.path });

beforeEach(async () => {
  await writeResults(join(folder.path, 'runs', 'test'), { baselines: ['uniform'], tasks: [['parity', 'regular']] }, [
    { architecture: 'lstm', inRange: 1, near: 1, far: 1 },
    { architecture: 'transformer', inRange: 0.6, near: 0.5, far: 0.5 },
    { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
  ]);
});

it('ranks rows from records alone', async () => {
  const { exitCode, stdout } = await leaderboard();
  expect(exitCode).toBe(0);
  expect(stdout.indexOf('lstm')).toBeLessThan(stdout.indexOf('transformer'));
});

it.each([
  ['markdown', /\| *lstm *\|/],
  ['csv', /,lstm,|^lstm,/m],
  ['latex', /\\begin\{tabular\}/],
  ['svg', /^<svg [^]*<\/svg>\n$/],
  ['text', /^1 +lstm/m],
])('writes %s', async (format, pattern) => {
  expect((await leaderboard('--format', format)).stdout).toMatch(pattern);
});

it('writes the same JSON either way it is asked for', async () => {
  const { stdout, json } = await leaderboard('--json');
  expect(json()).toBeInstanceOf(Object);
  expect((await leaderboard('--format', 'json')).stdout).toBe(stdout);
});

it('refuses a format it does not know, naming those it does', async () => {
  const { exitCode, stderr } = await leaderboard('--format', 'xml');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Formats are csv, json, latex, markdown, svg, text;');
});
