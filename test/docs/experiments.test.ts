import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package';
import { shippedExperiments } from '../../src/run/experiment/load';
import { GridExperiment } from '../../src/studies/experiment';
import { knownKeys } from '../../src/core/validation';
import { builtIn, expand, loadExperiment } from '../support/experiment';

const page = readFileSync(join(packageRoot, 'docs', 'experiments.md'), 'utf8');
const registry = builtIn();

it('has an example that works as the page says', () => {
  const example = JSON.parse(/^```json\n([^]*?)^```/m.exec(page)![1]!) as Record<string, unknown>;
  const { architectures, tasks, cells } = expand(registry, { ...example, baselines: [] });
  expect(architectures.map(({ id }) => id)).toEqual(['lstm', 'transformer-1']);
  expect(tasks.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['parity', 'tomita-1', 'tomita-7', 'regex:(ab|aabb)*', 'z-m']),
  );
  expect(cells).toHaveLength(2 * 10 + 2 * 10);
  const rates = cells.map(({ row, specification }) => [row, specification.protocol.optimiser.learningRate]);
  for (const [row, rate] of rates) expect(rate).toBe(row === 'transformer-1' ? 0.0005 : 0.001);
});

it('explains every key of a file', () => {
  const [table] = /^\| key \| meaning \|\n[^]*?\n\n/m.exec(page)!;
  const explained = [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, keys]) =>
    keys!.replaceAll('`', '').split(', '),
  );
  expect(explained.concat('description').sort()).toEqual(knownKeys(GridExperiment).sort());
});

const fileOf = (name: string) => join(packageRoot, 'experiments', `${name}.json`);
const isGrid = (name: string) => !('study' in (JSON.parse(readFileSync(fileOf(name), 'utf8')) as object));

it.each(shippedExperiments().filter(isGrid))('%s names units that are there', (name) => {
  const file = fileOf(name);
  const { experiment } = loadExperiment(file);
  const { tasks, architectures, cells } = expand(registry, { ...experiment });
  const measured = new Set(
    cells.flatMap(({ row, column, specification: { architecture, task } }) => [
      row ?? architecture.id,
      column ?? task.id,
    ]),
  );
  expect([...architectures, ...tasks].map(({ id }) => id).filter((id) => !measured.has(id))).toEqual([]);
});

it('proves every column and every row by an experiment each', () => {
  const manifestOf = (name: string) =>
    expand(registry, { ...loadExperiment(join(packageRoot, 'experiments', `${name}.json`)).experiment });
  expect(manifestOf('columns').tasks).toHaveLength(registry.tasks().length);
  expect(manifestOf('rows').architectures).toHaveLength(registry.architectures().length + ['uniform', 'oracle'].length);
});
