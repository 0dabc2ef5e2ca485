import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { discover, unitFolders } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import { createFormat } from '../../../src/data/format';
import { validated } from '../../../src/core/validation';
import type { Findings } from '../../../src/studies/findings/findings';
import { SparseParityExperiment } from '../../../src/studies/sparse-parity/settings';
import { SparseParity, type ParityRecord } from '../../../src/studies/sparse-parity/sparse-parity';
import { workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
const registry = discover(new Registry(), ...unitFolders);
const study = new SparseParity(registry);
const part = { bits: 12, secrets: [1], width: 16, learningRate: 0.004 };
const small = {
  name: 'small',
  study: 'sparse-parity',
  seeds: 2,
  settings: { samples: 20480, rows: ['cot-transformer'] },
  parts: [part, { ...part, sets: [500], rows: ['transformer'], samples: 2560 }],
};
const expand = (changes: object) =>
  study.expand(
    validated(SparseParityExperiment, SparseParityExperiment.writtenOut({ ...small, ...changes }), {
      place: 'my.json',
    }),
    {
      ...{ file: 'my.json', engine: 'native', plugins: [] },
    },
  );

const recordsOf = (name: string): ParityRecord[] => {
  const records = join(folder.path, 'runs', name, 'records');
  return readdirSync(records, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(records, file), 'utf8')) as ParityRecord);
};

it('learns one secret bit with a chain of thought, stops there, finds the same again, and draws what it found', async () => {
  folder.write('small.json', small);
  const run = (...words: string[]) =>
    zoo(['run', 'small.json', '--workers', '0', '--json', ...words], { workingFolder: folder.path });
  const { exitCode, stdout, stderr } = await run();
  expect([exitCode, stderr]).toEqual([
    0,
    expect.stringMatching(/cot-transformer-2l2h x k-parity-12-1, seed 1: perfect/),
  ]);
  const [first, again] = [recordsOf('small'), (await run('--out', 'runs/again'), recordsOf('again'))];
  const bodies = (records: readonly ParityRecord[]) => records.map(({ key, training }) => [key, training]);
  expect(bodies(again)).toEqual(bodies(first));
  const solved = first.filter(({ specification }) => specification.mode === 'chain-of-thought');
  expect(solved).toHaveLength(2);
  for (const { training, specification } of solved) {
    // Looks every 10 steps; the only perfect one is the last.
    const exact = training.curve.map(({ heldOut }) => heldOut!.exact);
    expect(training.curve.map(({ step }) => step)).toEqual(exact.map((_, at) => 10 * (at + 1)));
    expect([exact.indexOf(1), training.outcome]).toEqual([exact.length - 1, 'stopped-early']);
    expect(Object.keys(training.curve[0]!.readings!)).toHaveLength(4);
    expect(specification.task.hyperparameters).toMatchObject({ secret: specification.seed });
  }
  const [reused] = first.filter(({ specification }) => specification.mode === 'direct');
  expect(reused!.training.trainingSet).toEqual({ sequences: 500, distinct: 500, epochs: 2560 / 500 });
  const { statements } = JSON.parse(stdout) as Findings;
  expect(statements).toEqual([
    expect.stringContaining('with 1 secret bit the median seed is perfect within'),
    expect.stringContaining('learns from 500 inputs (5.1 epochs)'),
  ]);
  const { stdout: text } = await zoo(['view', 'runs/small'], { workingFolder: folder.path });
  expect(text).toContain('Samples until perfect');
});

it('asks every combination once, with inputs of one length and what looks at attention', () => {
  const sizes = { layers: [1, 2], heads: [1, 2], secrets: [2, 3] };
  const { cells } = expand({
    parts: [
      { ...part, ...sizes, sets: [null, 100] },
      { ...part, secrets: [2] },
    ],
  });
  expect(cells).toHaveLength(2 * 2 * 2 * 2 * 2); // the second part is among the first
  expect(new Set(cells.map(({ key }) => key)).size).toBe(cells.length);
  for (const { specification } of cells) {
    const { protocol, probes, mode } = specification;
    expect(protocol.trainingLengths).toEqual({ minimum: 12, maximum: 12 });
    expect(probes!.map(({ id }) => id)).toEqual(['attention-entropy']);
    const task = registry.createTask('k-parity', specification.task.hyperparameters);
    const secret = specification.task.hyperparameters.size as number;
    // Everything after the input is asked: the parities so far, the mark of the answer, the answer and the end.
    expect(createFormat(task, mode as 'direct').encode(Array<number>(12).fill(1)).scored.count).toBe(secret + 3);
  }
  const rows = cells.map(({ row, column }) => `${row} x ${column}`);
  expect(rows).toContain('cot-transformer-1l2h x k-parity-12-3-of-100');
});

it.each<[object, RegExp]>([
  [
    { parts: [{ ...part, secrets: [13] }] },
    /parts\[0\]\.secrets\[0\] is 13: must be at most parts\[0\]\.bits, which is 12/,
  ],
  [{ parts: [{ ...part, heads: [3] }] }, /parts\[0\]\.width is 16: must be a multiple of heads/],
  [{ parts: [{ ...part, sets: [0] }] }, /parts\[0\]\.sets is \[0\]/],
  [{ settings: { rows: ['cot-transfomer'] } }, /my\.json, settings\.rows[^]*cot-transformer/],
  [{ settings: { rows: ['lstm'] } }, /parts\[0\]\.heads is not a key here/],
  [{ parts: [] }, /parts is \[\]/],
])('%j is refused before anything is trained', (changes, message) => {
  expect(() => expand(changes)).toThrow(message);
});
