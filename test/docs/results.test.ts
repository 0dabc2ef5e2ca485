import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cellKey } from '../../src/core/cell';
import type { RecordOf } from '../../src/core/contracts/record';
import { packageRoot } from '../../src/core/package';
import { zoo } from '../support/cli';
import { builtIn, expand, loadExperiment } from '../support/experiment';

const registry = builtIn();
const inPackage = { workingFolder: packageRoot };

it.each([
  ['quick', { cells: 45, trained: 25, finished: 45 }],
  ['control', { cells: 13, trained: 9, finished: 13 }],
  ['claims', { cells: 79, trained: 63, finished: 79 }],
  ['tape', { cells: 19, trained: 15, finished: 19 }],
])('the shipped records of %s are those of its experiment as it stands', async (name, counts) => {
  const plan = (await zoo(['plan', name, '--out', `results/${name}`, '--json'], inPackage)).json<{ counts: object }>();
  expect(plan.counts).toMatchObject(counts);
});

it('the picture in the README is drawn from them', async () => {
  const { stdout } = await zoo(['matrix', 'results/quick', '--format', 'svg'], inPackage);
  expect(readFileSync(join(packageRoot, 'docs/images/quick.svg'), 'utf8')).toBe(stdout);
});

describe.each(['claims', 'control', 'quick', 'tape'])('results/%s', (name) => {
  const folder = join(packageRoot, 'results', name);
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const records = readdirSync(join(folder, 'records'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => read(join(folder, 'records', file)) as unknown as RecordOf);

  it('holds records whose keys are those of their specifications', () => {
    expect(records.length).toBeGreaterThan(0);
    for (const { key, specification } of records) expect(cellKey(specification)).toBe(key);
  });

  it('holds the cells that its experiment has today, key by key', () => {
    const engine = records.find(({ specification }) => specification.engine !== 'none')!.specification.engine;
    const { experiment } = loadExperiment(join(packageRoot, 'experiments', `${name}.json`));
    const { cells } = expand(registry, { ...experiment }, { engine });
    expect(cells.map(({ key }) => key).sort()).toEqual(records.map(({ key }) => key).sort());
  });
});
