import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CellRecord, CellSpecification } from '../../../src/core/contracts/record';
import { repeatOf, type Rounding } from '../../../src/studies/rounding/spreads';
import { tinyExperiment, workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
const run = (...options: string[]) =>
  zoo(['run', 'tiny.json', '--workers', '0', ...options], { workingFolder: folder.path });

function recordsOf(name: string): CellRecord[] {
  const records = join(folder.path, 'runs', name, 'records');
  return readdirSync(records, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(records, file), 'utf8')) as CellRecord);
}
const lossesOf = ({ training }: CellRecord) => training!.curve.map(({ loss }) => loss);

it('trains the same seed with sums in another order, in a folder of its own, and tells the spread', async () => {
  const { protocol } = tinyExperiment;
  folder.write('tiny.json', { ...tinyExperiment, protocol: { ...protocol, steps: 60, batchSize: 32 } });
  const ordinary = await run('--json');
  expect(ordinary.exitCode).toBe(0);
  const repeated = await run('--repeat', '3', '--json');
  expect(repeated.exitCode).toBe(0);
  const { experiment, seeds } = repeated.json<Rounding>();
  expect(experiment).toBe('tiny-rounding');
  expect(seeds).toMatchObject([{ row: 'lstm', column: 'parity', seed: 1, repeats: 3, asked: 3 }]);

  const records = recordsOf('tiny-rounding');
  expect(records.map(({ specification }) => repeatOf(specification as CellSpecification)).sort()).toEqual([1, 2, 3]);
  const [first, second, third] = records
    .sort((a, b) => repeatOf(a.specification) - repeatOf(b.specification))
    .map(lossesOf) as [number[], number[], number[]];
  const trained = recordsOf('tiny').find(({ training }) => training)!;
  expect(first).toEqual(lossesOf(trained)); // the order of the matrix
  expect(recordsOf('tiny')).toHaveLength(3); // none of the repeats among them
  for (const other of [second, third]) {
    expect(other).toHaveLength(first.length);
    expect(other).not.toEqual(first);
    other.forEach((loss, at) => expect(loss).toBeCloseTo(first[at]!, 4)); // rounding alone
  }
  expect(second).not.toEqual(third);

  expect((await run('--repeat', '3')).stderr).toContain('nothing to run');
  const view = await zoo(['view', 'tiny-rounding', '--format', 'markdown'], { workingFolder: folder.path });
  expect(view.stdout).toMatch(/\| lstm \| parity \| 1 \| 3 \|/);
});

it('is for the matrix alone, and at least two', async () => {
  folder.write('tiny.json', { name: 'tiny', study: 'sampling' });
  const refused = await run('--repeat', '2');
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('this one is of "sampling"') });
  expect(await run('--repeat', '1')).toMatchObject({ exitCode: 2 });
});
