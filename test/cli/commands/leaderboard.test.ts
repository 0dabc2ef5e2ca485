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

it('shows the columns that are asked for, sorted by one of them', async () => {
  const { stdout } = await leaderboard('--show', 'parameters,capability', '--sort', 'architecture');
  expect(stdout).toMatch(/^architecture +parameters +capability$/m);
  expect(stdout.indexOf('lstm')).toBeLessThan(stdout.indexOf('transformer'));
  expect(await leaderboard('--sort', 'capabilty')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('capability') as string,
  });
  expect((await leaderboard('--show', 'size')).stderr).toContain('--show: there is no column "size"');
});

it('ranks with what is asked of rows', async () => {
  const ranks = async (...options: string[]) =>
    (await leaderboard('--json', ...options))
      .json<{ overall: { architecture: string; rank: number | null }[] }>()
      .overall.map(({ architecture, rank }) => [architecture, rank]);
  expect(await ranks()).toContainEqual(['lstm', 1]);
  expect(await ranks('--min-seeds', '2')).toContainEqual(['lstm', null]);
  expect(await ranks('--by', 'level', '--coverage', '100')).toContainEqual(['lstm', 1]);
});

it('refuses a format it does not know, naming those it does', async () => {
  const { exitCode, stderr } = await leaderboard('--format', 'xml');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Formats are csv, csv-by-length, json, latex, markdown, svg, text, pdf;');
});
