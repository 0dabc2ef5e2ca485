import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { discover, unitFolders } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { cellKey } from '../../src/core/cell';
import { seedsUpTo } from '../../src/core/experiment';
import type { RecordOf } from '../../src/core/contracts/record';
import { packageRoot } from '../../src/core/package';
import { identified } from '../../src/run/code/identity';
import { RecordPlaces } from '../../src/run/store/record-places';
import type { JsonMatrix } from '../../src/studies/capability/views/matrix-json';
import type { Findings } from '../../src/studies/findings/findings';
import { zoo } from '../support/cli';
import { expand, loadExperiment } from '../support/experiment';

const registry = discover(new Registry(), ...unitFolders);
const inPackage = { workingFolder: packageRoot };

/** How the shipped folders were made besides by their experiments: `zoo run quick --seeds 3`. */
const seeds: Record<string, number> = { quick: 3 };
const seedsOf = (name: string) => (seeds[name] ? ['--seeds', String(seeds[name])] : []);

it.each([
  ['quick', { cells: 120, trained: 90, finished: 120 }],
  ['control', { cells: 15, trained: 9, finished: 15 }],
  ['claims', { cells: 137, trained: 113, finished: 137 }],
  ['tape', { cells: 21, trained: 15, finished: 21 }],
  ['theory', { cells: 327, trained: 207, finished: 327 }],
  ['published', { cells: 328, trained: 204, finished: 328 }],
  ['atlas', { cells: 2018, trained: 1844, finished: 2018 }],
  ['recurrence', { cells: 156, trained: 80, finished: 156 }],
])('the shipped records of %s are those of its experiment as it stands', async (name, counts) => {
  const line = ['plan', name, ...seedsOf(name), '--out', `results/${name}`, '--json'];
  expect((await zoo(line, inPackage)).json<{ counts: object }>().counts).toMatchObject(counts);
});

it('the picture in the README is drawn from them', async () => {
  const { stdout } = await zoo(['matrix', 'results/quick', '--format', 'svg'], inPackage);
  expect(readFileSync(join(packageRoot, 'docs/images/quick.svg'), 'utf8')).toBe(stdout);
});

it('the picture by length in the README is drawn by the command that it names', async () => {
  const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
  const command = /`zoo (plot results\/quick [^`]*)`/.exec(readme)![1]!;
  const { stdout } = await zoo([...command.split(/\s+/), '--format', 'svg'], inPackage);
  expect(readFileSync(join(packageRoot, 'docs/images/by-length.svg'), 'utf8')).toBe(stdout);
});
it('the picture of theory is drawn from the rows and columns that its page names', async () => {
  const page = readFileSync(join(packageRoot, 'docs/theory.md'), 'utf8');
  const command = /zoo (matrix results\/theory .*--format svg)/.exec(page)![1]!;
  const { stdout } = await zoo(command.split(' '), inPackage);
  expect(readFileSync(join(packageRoot, 'docs/images/theory.svg'), 'utf8')).toBe(stdout);
});

describe.each(['claims', 'control', 'quick', 'tape', 'theory'])('results/%s', (name) => {
  const folder = join(packageRoot, 'results', name);
  const records = new RecordPlaces(folder).all().map((place) => JSON.parse(place.readNow()) as RecordOf);

  it('holds records whose keys are those of their specifications', () => {
    expect(records.length).toBeGreaterThan(0);
    for (const { key, specification } of records) expect(cellKey(specification)).toBe(key);
  });

  it('holds the cells that its experiment has today, key by key', () => {
    const engine = records.find(({ specification }) => specification.engine !== 'none')!.specification.engine;
    const { experiment } = loadExperiment(join(packageRoot, 'experiments', `${name}.json`));
    const asked = seeds[name] ? { seeds: seedsUpTo(seeds[name]) } : {};
    const cells = expand(registry, { ...experiment }, { engine, ...asked }).cells.map((cell) =>
      identified(registry, cell),
    );
    expect(cells.map(({ key }) => key).sort()).toEqual(records.map(({ key }) => key).sort());
  });
});

it('results/in-context-concepts holds what its experiment asks for, and the page of the study tells how it ends', async () => {
  const { counts } = (
    await zoo(['plan', 'in-context-concepts', '--out', 'results/in-context-concepts', '--json'], inPackage)
  ).json<{ counts: object }>();
  expect(counts).toMatchObject({ cells: 3, finished: 3 });
  const { figures } = (
    await zoo(['view', 'results/in-context-concepts', '--format', 'json'], inPackage)
  ).json<Findings>();
  const median = (figure: string, panel: number, series: number, epoch: number) =>
    figures.find(({ id }) => id === figure)!.panels[panel]!.series[series]!.points.find(({ x }) => x === epoch)!.y!;
  const page = readFileSync(join(packageRoot, 'src/studies/in-context-concepts/in-context-concepts.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (\d+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$/gm)];
  expect(rows.length).toBeGreaterThanOrEqual(4);
  for (const [, epoch, ...told] of rows) {
    const errors = [0, 1, 2, 3, 4].map((shift) => median('shifts', 0, shift, Number(epoch)));
    const shown = [errors[0]!, Math.max(...errors)].map((error) => (100 * error).toFixed(1));
    expect(told).toEqual([...shown, median('learning', 1, 0, Number(epoch)).toFixed(3)]);
  }
});

it('results/sparse-parity holds what its experiment asks for, and the page of the study tells its medians', async () => {
  const { counts } = (
    await zoo(['plan', 'sparse-parity', '--out', 'results/sparse-parity', '--json'], inPackage)
  ).json<{ counts: { cells: number; finished: number } }>();
  expect(counts).toMatchObject({ cells: 180, finished: 180 });
  const { tables } = (await zoo(['view', 'results/sparse-parity', '--format', 'json'], inPackage)).json<Findings>();
  const page = readFileSync(join(packageRoot, 'src/studies/sparse-parity/sparse-parity.md'), 'utf8');
  const told = [...page.matchAll(/^\| (12|20) \| (\d) \| (.+?) \| (.+?) \| (.+?) \|$/gm)];
  expect(told).toHaveLength(10);
  for (const [, bits, secrets, ...medians] of told) {
    const rows = tables[0]!.rows.filter(
      ([n, k, , size, inputs]) => n === bits && k === secrets && size === '2L 2H' && inputs === 'fresh',
    );
    const answers = ['with chain of thought', 'without chain of thought', 'filler tokens'];
    expect(medians).toEqual(answers.map((answer) => rows.find((row) => row[2] === answer)![5]));
  }
});

it('results/matching holds records of its experiment, and the page of the study has their table', async () => {
  const { counts } = (await zoo(['plan', 'matching', '--out', 'results/matching', '--json'], inPackage)).json<{
    counts: { cells: number; finished: number };
  }>();
  expect(counts.finished).toBe(new RecordPlaces(join(packageRoot, 'results/matching')).all().length);
  const { tables } = (await zoo(['view', 'results/matching', '--format', 'json'], inPackage)).json<Findings>();
  const page = readFileSync(join(packageRoot, 'src/studies/matching/matching.md'), 'utf8');
  const told = [...page.matchAll(/^\| ((?:order|two chains|hops given).*) \|$/gm)].map(([, row]) => row!.split(' | '));
  expect(told.map((row) => row.map((text) => text.trim()))).toEqual(tables[0]!.rows);
});
/** Rows of the first table of what a study found: column, trained length, and scores of the three modes. */
async function scoresOf(folder: string): Promise<(readonly string[])[]> {
  const { tables } = (await zoo(['view', folder, '--format', 'json'], inPackage)).json<Findings>();
  const { columns, rows } = tables[0]!;
  const at = (title: string) => columns.findIndex((column) => column.title === title);
  const told = ['column', 'trained to', 'seeds', ...['trace', 'direct', 'filler'].map((mode) => `in range, ${mode}`)];
  const transformer = rows.filter((row) => row[at('row')] === 'transformer');
  return transformer.map((row) => [...told, 'near, trace', 'verdict'].map((title) => row[at(title)]!));
}

it('the README tells of results/recurrence what they hold', async () => {
  const scores = await scoresOf('results/recurrence');
  const inRange = (mode: number) =>
    ['s3', 'modular-arithmetic', 'parity'].map((column) =>
      Number(scores.find(([own, trainedTo]) => own === column && trainedTo === '20')![3 + mode]),
    );
  const told = /gets ([\d, ]+) % with it, ([\d, ]+) % direct and ([\d, ]+) % with as many filler/.exec(
    readFileSync(join(packageRoot, 'README.md'), 'utf8').replace(/\s+/g, ' '),
  )!;
  expect(told.slice(1).map((each) => each.split(', ').map(Number))).toEqual([0, 1, 2].map(inRange));
});

it('the page of the recurrence study tells what its results hold, every column that was tried', async () => {
  const page = readFileSync(join(packageRoot, 'src/studies/recurrence/recurrence.md'), 'utf8');
  const told = [...page.matchAll(/^\| ([\w-]+) \| (\d+) \| (.*) \|$/gm)].map(([, column, to, rest]) => [
    column,
    to,
    ...rest!.split(' | '),
  ]);
  expect(told).toEqual(await scoresOf('results/recurrence'));
});

it('results/attention-rebalancing holds what its experiment asks for, and the page of the study tells what it shows', async () => {
  const folder = 'results/attention-rebalancing';
  const { counts } = (await zoo(['plan', 'attention-rebalancing', '--out', folder, '--json'], inPackage)).json<{
    counts: object;
  }>();
  expect(counts).toMatchObject({ cells: 12, finished: 12 });
  const { tables } = (await zoo(['view', folder, '--format', 'json'], inPackage)).json<Findings>();
  const after = new Map(tables[0]!.rows.map(([model, inputs, alpha, , text]) => [[model, inputs, alpha].join(), text]));
  const page = readFileSync(join(packageRoot, 'src/studies/attention-rebalancing/attention-rebalancing.md'), 'utf8');
  const rows = [
    ...page.matchAll(/^\| (\S+ on \S+)\s*\| (.+?)\s*\| ([\d.]+)\s*\| ([\d.]+)\s*\| ([\d.]+)\s*\| ([\d.]+)\s*\|$/gm),
  ];
  expect(rows).toHaveLength(6);
  for (const [, model, inputs, ...told] of rows)
    expect(told).toEqual([0, 0.2, 1, 2].map((alpha) => after.get([model, inputs, alpha].join())));
});

it('docs/sequences.md tells of results/aligned-labels what they hold', async () => {
  const { cells } = (await zoo(['matrix', 'results/aligned-labels', '--json'], inPackage)).json<JsonMatrix>();
  const lstm = (column: string) => {
    const { inRange, near, far } = cells.find(({ architecture, task }) => architecture === 'lstm' && task === column)!;
    return [inRange, near, far].map(({ exact }) => Math.round(100 * exact!));
  };
  const text = readFileSync(join(packageRoot, 'docs/sequences.md'), 'utf8').replace(/\s+/g, ' ');
  const [, s3, z5, all] = /gets (\d+) % of `s3` and (\d+) % of `z5`.*?, and (\d+) % in range, near and far/.exec(text)!;
  expect([lstm('s3')[0], lstm('z5')[0]]).toEqual([Number(s3), Number(z5)]);
  for (const column of ['s3', 'z5']) expect(lstm(`${column}{labels=aligned}`)).toEqual(Array(3).fill(Number(all)));
});
