import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import type { Findings } from '../../../src/studies/findings/findings';
import { workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
const small = {
  study: 'in-context-concepts',
  description: 'Prompts. And more.',
  minutes: 3,
  settings: { dimension: 32, concepts: 3, prompts: 64, testPrompts: 50, epochs: 2 },
  seeds: 2,
  sizes: { quick: { seeds: 1, minutes: 0.5, settings: { epochs: 1 } } },
};
const study = (...line: string[]) => zoo(['study', ...line], { workingFolder: folder.path });
const inFolder = (...path: string[]) => join(folder.path, ...path);

it('runs an experiment, ends with its figures as text, and writes them as pictures and as data', async () => {
  folder.write('small.json', small);
  const { exitCode, stdout, stderr } = await study('small.json', '--workers', '0');
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Written: runs/small/figures/learning.svg, ')]);
  expect(stdout).toContain('The error falls while cross-entropy is still high');
  const findings = JSON.parse(readFileSync(inFolder('runs/small/figures/findings.json'), 'utf8')) as Findings;
  expect(findings.figures).toHaveLength(3);
  for (const { id, title } of findings.figures) {
    const picture = readFileSync(inFolder('runs/small/figures', `${id}.svg`), 'utf8');
    expect(() => new SaxesParser().write(picture).close()).not.toThrow();
    expect(picture).toContain(title);
  }
  expect(readFileSync(inFolder('runs/small/figures/figures.csv'), 'utf8')).toContain('learning,,test,2,2,');
});

it('a size has a folder of its own, and what is laid over it', async () => {
  folder.write('small.json', small);
  const { exitCode, stdout } = await study('small.json', '--quick', '--workers', '0', '--json');
  expect(exitCode).toBe(0);
  const { figures } = JSON.parse(stdout) as Findings;
  const { points } = figures[0]!.panels[0]!.series[0]!;
  expect(points.map(({ x, samples }) => [x, samples!.length])).toEqual([
    [0, 1],
    [1, 1],
  ]);
  expect(existsSync(inFolder('runs/small-quick/manifest.json'))).toBe(true);
  expect(existsSync(inFolder('runs/small'))).toBe(false);
});

it('lists studies with their time, by size', async () => {
  const { stdout } = await study();
  expect(stdout).toMatch(/^in-context-concepts +Attention that learns[^\n]*\n +about .* on two cores$/m);
  expect(stdout).not.toMatch(/^standard /m);
  const { studies } = (await study('--json')).json<{ studies: { name: string; sizes: string[]; minutes: object }[] }>();
  const listed = studies.find(({ name }) => name === 'in-context-concepts')!;
  expect(Object.keys(listed.minutes)).toEqual(['default', ...listed.sizes]);
});

it.each([
  [['in-context-concept'], 'Did you mean in-context-concepts?'],
  [['smoke'], 'smoke is an experiment without findings to draw: zoo run smoke runs it.'],
  [['in-context-concepts', '--quick', '--full'], "cannot be used with option '--"],
])('zoo study %s is an error', async (line, told) => {
  const { exitCode, stderr } = await study(...line);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(told)]);
});

it.each([
  [{ quick: 3 }, 'sizes.quick must be an object'],
  [{ huge: {} }, 'sizes.huge is no size: there are quick and full'],
  [3, 'sizes must be an object'],
  [{ quick: { settings: { epochs: 0 } } }, 'settings.epochs'],
])('sizes %j are refused', async (sizes, told) => {
  folder.write('small.json', { ...small, sizes });
  const { exitCode, stderr } = await zoo(['plan', 'small.json', '--quick'], { workingFolder: folder.path });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(told)]);
});

it('a size that is not there names those that are; one that is not asked for changes nothing', async () => {
  const plan = async (plain: object, ...options: string[]) => {
    folder.write('small.json', plain);
    return zoo(['plan', 'small.json', '--json', ...options], { workingFolder: folder.path });
  };
  expect((await plan(small, '--full')).stderr).toContain('small.json has no size \\"full\\"; it has quick.');
  const { sizes: _, minutes: __, ...bare } = small;
  expect((await plan(bare, '--quick')).stderr).toContain('it has one size only.');
  expect((await plan(small)).stdout).toBe((await plan(bare)).stdout);
});
