import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventLines } from '../../../src/run/logs/jsonl';
import { runCells, runEvents, tell } from '../../support/run';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-logs-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('writes a line for each event, and goes on behind what an earlier run wrote', () => {
  const play = () => {
    const log = new EventLines();
    const file = log.begin(
      { experiment: 'test', folder, jobs: runCells, alreadyFinished: 2, engine: 'native', tell },
      0,
    );
    runEvents.forEach(([, event], at) => log.event(event, 1000 * (at + 1)));
    log.end(60_000);
    return file;
  };
  play();
  const text = readFileSync(play(), 'utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toHaveLength(2 * (runEvents.length + 2));
  const once = lines.slice(0, lines.length / 2);
  expect(lines.slice(lines.length / 2)).toEqual(once);
  expect(once[0]).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    event: 'run-started',
    experiment: 'test',
    engine: 'native',
    jobs: 3,
    alreadyFinished: 2,
  });
  const of = (name: string) => once.filter(({ event }) => event === name);
  expect(of('cell-started')[0]).toEqual({
    time: '1970-01-01T00:00:01.000Z',
    event: 'cell-started',
    row: 'lstm',
    column: 'parity',
    seed: 1,
    key: 'lstm-parity-1',
    worker: 0,
  });
  expect(of('cell-progress')[0]).toMatchObject({ phase: 'training', step: 10, steps: 100, loss: 0.5 });
  expect(of('cell-finished')[0]).toMatchObject({ column: 'parity', outcome: 'solves', trainingSeconds: 20 });
  expect(of('cell-failed')[0]).toMatchObject({ code: 'test', message: 'the disk is full\nand more' });
  expect(of('worker-lost')[0]).toMatchObject({ reason: 'ended by SIGKILL', retry: true });
  expect(once.at(-1)).toEqual({ time: '1970-01-01T00:01:00.000Z', event: 'run-ended' });
});
