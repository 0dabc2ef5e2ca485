import { readFileSync, writeFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packageRoot } from '../../../src/core/package';
import type { ReportIndex } from '../../../src/studies/report/report-data';
import { ensureBuilt } from '../../support/built';
import { workingFolder, zoo } from '../../support/cli';
import { writeResults } from '../../support/stored-records';

const folder = workingFolder();
const report = (...options: string[]) => zoo(['report', ...options], { workingFolder: folder.path });
const blockOf = (html: string, name: string): unknown => {
  const [, packed] = new RegExp(`id="${name}">([^<]*)<`).exec(html)!;
  return JSON.parse(gunzipSync(Buffer.from(packed!, 'base64')).toString());
};

beforeAll(ensureBuilt);
beforeEach(async () => {
  await writeResults(
    join(folder.path, 'runs', 'test'),
    { architectures: ['lstm', 'gone'], baselines: ['uniform'], tasks: [['parity', 'regular']], seeds: [1] },
    [
      { inRange: 1, near: 1, far: 0.4 },
      { architecture: 'gone', inRange: 1, near: 1, far: 1 },
      { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
    ],
  );
});

it('is one file that loads nothing: a matrix, also of rows whose units are gone, and what other studies found', async () => {
  const { stdout, exitCode } = await report('test', join(packageRoot, 'results', 'sparse-parity'), '--title', 'Ours');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('<title>Ours</title>');
  expect(stdout).toContain("default-src 'none'");
  expect(stdout).not.toMatch(/(src|href)="(?!data:|#)/);
  const { results, title } = blockOf(stdout, 'index') as ReportIndex;
  expect(title).toBe('Ours');
  expect(results.map(({ kind, name }) => [kind, name])).toEqual([
    ['grid', 'test'],
    ['findings', 'test-survey'],
    ['findings', 'sparse-parity'],
  ]);
  expect(results[0]).toMatchObject({
    grid: { folder: 'test', rows: [{ id: 'lstm' }, { id: 'gone' }, { id: 'uniform' }] },
  });
});

it('knows which rows are variants of one', async () => {
  const { stdout } = await report(join(packageRoot, 'results', 'quick'));
  const { results } = blockOf(stdout, 'index') as ReportIndex;
  const families = results.flatMap((entry) =>
    entry.kind === 'grid' ? entry.grid.rows.map(({ id, family }) => [id, family]) : [],
  );
  expect(families).toContainEqual(['cot-transformer', 'transformer']);
  expect(families).toContainEqual(['lstm', 'lstm']);
});

it('is the same as the matrix in that format, and can be written to a file', async () => {
  const { stdout, stderr } = await report('test', '--out', 'report.html');
  expect(stdout).toBe('');
  expect(stderr).toContain('Written: report.html');
  const written = readFileSync(join(folder.path, 'report.html'), 'utf8');
  const matrix = await zoo(['matrix', 'test', '--format', 'html'], { workingFolder: folder.path });
  const parts = (html: string) => ['b0', 'b1', 'b2', 'b3'].map((name) => blockOf(html, name));
  expect(parts(matrix.stdout)).toEqual(parts(written));
});

it('tells the same results of two folders apart, and refuses damaged records', async () => {
  const place = join(folder.path, 'runs', 'test', 'records', 'lstm', 'parity');
  writeFileSync(join(place, readdirSync(place)[0]!), '{');
  const { stdout, stderr, exitCode } = await report('test', 'runs/test');
  expect((blockOf(stdout, 'index') as ReportIndex).results.map(({ name }) => name)).toEqual([
    'test',
    'test-survey',
    'test-2',
    'test-survey-2',
  ]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('damaged');
});

it('asks for results', async () => {
  const { exitCode, stderr } = await report('no-such-folder');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('There are no results in');
});
