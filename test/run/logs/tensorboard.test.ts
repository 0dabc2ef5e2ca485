import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TensorBoard } from '../../../src/run/logs/tensorboard';
import { readEvents } from '../../support/event-files';
import { makeCell, makeRecord } from '../../support/records';
import { tell } from '../../support/run';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-logs-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const cell = makeCell();
const run = (jobs = [cell]) => ({ experiment: 'test', folder, jobs, alreadyFinished: 0, engine: 'native', tell });
const look = (step: number) => ({
  step,
  loss: 2 / step,
  heldOut: { exact: 0.5, token: 0.75 },
  readings: { 'state-norm.mean': 3 },
});
const files = () =>
  readdirSync(join(folder, 'logs', 'tensorboard'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('tfevents'),
  );

it('has a run for each cell: loss, held-out scores and readings by step, then scores by length', () => {
  const log = new TensorBoard();
  expect(log.begin(run(), 1_700_000_000_500)).toBe(join(folder, 'logs', 'tensorboard'));
  const progress = { phase: 'training', step: 1, steps: 100, loss: 3 } as const;
  log.event({ type: 'cell-progress', cell, worker: 0, progress: { phase: 'starting', step: 0, steps: 100 } }, 0);
  log.event({ type: 'cell-progress', cell, worker: 0, progress }, 1_700_000_001_250);
  log.event({ type: 'cell-progress', cell, worker: 0, progress: { ...progress, step: 10, look: look(10) } }, 2000);
  log.event({ type: 'cell-finished', cell, worker: 0, record: makeRecord({ inRange: 1, near: 0.5 }) }, 3000);
  log.end();
  const [file, ...others] = files();
  expect(others).toEqual([]);
  expect(file).toMatch(/^lstm\/parity\/seed-1-lstm-par\/events\.out\.tfevents\.1700000000\./);
  const { scalars, seconds } = readEvents(readFileSync(join(folder, 'logs', 'tensorboard', file!)));
  expect(seconds).toEqual([1_700_000_001.25, 1_700_000_001.25, 2, 3, 3, 3, 3]);
  expect(scalars).toEqual([
    { step: 1, name: 'loss', value: 3 },
    { step: 10, name: 'loss', value: expect.closeTo(0.2, 6) as number },
    { step: 10, name: 'held out/exact match', value: 0.5 },
    { step: 10, name: 'held out/token accuracy', value: 0.75 },
    { step: 10, name: 'probes/state-norm.mean', value: 3 },
    ...[1, 40, 41, 100].flatMap((length) =>
      ['exact match', 'token accuracy'].map((name) => ({
        step: length,
        name: `by length/${name}`,
        value: length <= 40 ? 1 : 0.5,
      })),
    ),
  ]);
});

it('names folders so that every file system bears them', () => {
  const odd = { ...cell, column: 'regex:(a|b)*/"c"' };
  const log = new TensorBoard();
  log.begin(run([odd]), 0);
  log.event(
    { type: 'cell-progress', cell: odd, worker: 0, progress: { phase: 'training', step: 1, steps: 2, loss: 1 } },
    0,
  );
  expect(files()[0]).toMatch(/^lstm\/regex~\(a~b\)~c~\/seed-1/);
});

it('lets a run go on where it cannot write', () => {
  const log = new TensorBoard();
  log.begin(run(), 0);
  writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
  const event = { type: 'cell-finished', cell, worker: 0, record: makeRecord({ inRange: 1 }) } as const;
  expect(() => log.event(event, 0)).not.toThrow();
});
