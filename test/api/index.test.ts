import { join } from 'node:path';
import {
  formats,
  readResults,
  render,
  runExperiment,
  summarise,
  ZooError,
  type Matrix,
  type RunEvent,
} from 'chomsky-zoo/api';
import { tinyExperiment, workingFolder, zoo } from '../support/cli';

const folder = workingFolder();
const here = () => ({ workingFolder: folder.path });
beforeEach(() => folder.write('tiny.json', tinyExperiment));

it('runs an experiment, tells what happens, and draws what came of it as the command does', async () => {
  const events: RunEvent[] = [];
  const notes: string[] = [];
  const results = await runExperiment('tiny.json', {
    ...here(),
    set: { 'protocol.steps': 6 },
    seeds: [1, 2],
    onEvent: (event) => events.push(event),
    onNote: (text) => notes.push(text),
  });
  expect(results.missing).toEqual([]);
  expect([...results.failures]).toEqual([]);
  expect(results.records.map(({ key }) => key)).toEqual(results.manifest.cells.map(({ key }) => key));
  expect(events.filter(({ type }) => type === 'cell-finished')).toHaveLength(results.records.length);
  expect(events.some((event) => event.type === 'cell-progress' && event.progress.look?.step === 6)).toBe(true);

  const matrix = summarise<Matrix>(results);
  expect(matrix.cell('lstm', 'parity').summary!.seeds.map(({ seed, steps }) => [seed, steps])).toEqual([
    [1, 6],
    [2, 6],
  ]);
  const inFolder = (...words: string[]) => zoo(words, { workingFolder: folder.path });
  for (const format of ['json', 'svg', 'csv']) {
    const drawn = await render(matrix, { of: 'matrix', format });
    expect(String(drawn).trimEnd()).toBe((await inFolder('matrix', 'tiny', '--format', format)).stdout.trimEnd());
  }
  // The first that the study presents, as text.
  expect(`${String(await render(matrix)).trimEnd()}\n`).toBe((await inFolder('matrix', 'tiny')).stdout);

  const again = await readResults('tiny', here());
  expect(again.records).toEqual(results.records);
  const [only] = again.records.filter(({ specification }) => specification.seed === 2);
  const part = await readResults(join('runs', 'tiny'), { ...here(), rows: ['lstm'], only: 'x parity' });
  expect(part.records).toContainEqual(only);
  expect(summarise<Matrix>(part).rows.map(({ id }) => id)).toEqual(['lstm', 'uniform', 'oracle']);
});

it('tells what is missing and why, and goes on after it was stopped', async () => {
  const stopping = new AbortController();
  const onEvent = ({ type }: RunEvent) => type === 'cell-finished' && stopping.abort();
  const stopped = runExperiment('tiny.json', { ...here(), seeds: [1, 2, 3], signal: stopping.signal, onEvent });
  await expect(stopped).rejects.toMatchObject({ code: 'stopped' });
  const { records, missing } = await readResults('tiny', here());
  expect(records.length).toBeGreaterThanOrEqual(1);
  expect(missing.length).toBeGreaterThanOrEqual(1);
  expect(missing[0]).toMatchObject({ job: { key: expect.any(String) as string }, reason: 'not run yet' });
  expect((await runExperiment('tiny.json', { ...here(), seeds: [1, 2, 3] })).missing).toEqual([]);
});

it('has the errors of the command line, with codes', async () => {
  await expect(runExperiment('tiny.json', { ...here(), rows: ['lsmt'] })).rejects.toMatchObject({
    code: 'unknown-unit',
    nearest: expect.arrayContaining(['lstm']) as string[],
  });
  await expect(readResults('nowhere', here())).rejects.toBeInstanceOf(ZooError);
  expect(() => render({})).toThrow('not made by summarise');
  expect((await formats(here())).matrix).toEqual(expect.arrayContaining(['text', 'svg', 'json']));
});
