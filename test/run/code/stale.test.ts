import { jobOf } from '../../../src/core/cell';
import type { CellSpecification, Job } from '../../../src/core/contracts/record';
import type { Stored } from '../../../src/core/contracts/store';
import { changesOf, judged } from '../../../src/run/code/stale';
import { Protocol } from '../../../src/core/protocol';
import { makeRecord, makeSpecification } from '../../support/records';

const base = { ...makeSpecification(), studyVersion: 1, engineRevision: 1 };
const cell = (changes: Partial<CellSpecification>) => jobOf<CellSpecification>({ ...base, ...changes }, []);
const unit = (id: string, version = 1) => ({ id, version, hyperparameters: {} });
const plugin = (digit: string) => ({ pluginCode: [{ name: 'mine', version: '1.0.0', digest: digit.repeat(64) }] });
const unclaimed = (changes: Partial<CellSpecification>): Stored => ({
  status: 'of another run',
  file: 'x.json',
  record: { ...makeRecord(), ...cell(changes) },
  reason: 'not looked at',
});
const reasons = (found: readonly Stored[]) =>
  found.map((each) => ('reason' in each ? `${each.status}: ${each.reason}` : each.status));
const judgedBy = (cells: readonly Job[], found: readonly Stored[]) => judged({ cells }, found);

const now = [
  cell({ seed: 1, ...plugin('2') }),
  cell({ seed: 2, ...plugin('2') }),
  cell({ architecture: unit('gru', 2) }),
];
it('says what changed since a record was made, and which cell asks the same now', () => {
  const found = [
    unclaimed(plugin('1')),
    unclaimed({ architecture: unit('gru', 1) }),
    unclaimed({ ...plugin('1'), engineRevision: 3, seed: 2 }),
    unclaimed({ ...plugin('1'), seed: 3 }),
  ];
  const stale = judgedBy(now, found);
  expect(reasons(stale)).toEqual([
    'stale: plugin mine changed since it was made',
    'stale: gru went from version 1 to 2 since it was made',
    'stale: the engine onnx went from revision 3 to 1, plugin mine changed since it was made',
    'stale: plugin mine changed since it was made',
  ]);
  const keys = [now[0], now[2], now[1], undefined].map((each) => each?.key);
  expect(stale.map((each) => each.status === 'stale' && each.cell)).toEqual(keys);
});

it('says which engine and which settings made it', () => {
  const protocol = (steps: number, more = {}) => ({
    protocol: Object.assign(new Protocol(), { steps, ...more }),
  });
  const sized = (hiddenSize: number) => ({
    architecture: { id: 'lstm', version: 1, hyperparameters: { hiddenSize } },
  });
  const cells = [cell({ ...protocol(1000), ...sized(8) })];
  const found = [
    unclaimed({ ...protocol(1000), ...sized(8), engine: 'native', engineRevision: 9 }),
    unclaimed({ ...protocol(500, { trainingSequences: 5 }), ...sized(8) }),
    unclaimed({ ...protocol(500, { batchSize: 3, trainingSequences: 5 }), ...sized(4), engine: 'cpu' }),
  ];
  expect(reasons(judgedBy(cells, found))).toEqual([
    'stale: it was trained by the engine native, not by onnx',
    'stale: it was made with protocol.steps 500 instead of 1000, protocol.trainingSequences 5 instead of not set',
    'stale: it was trained by the engine cpu, not by onnx; it was made with lstm.hiddenSize 4 instead of 8, ' +
      `protocol.steps 500 instead of 1000, protocol.batchSize 3 instead of ${new Protocol().batchSize} and 1 more`,
  ]);
});

it('tells apart what another run asked for: seeds, cells, settings of a row that has several', () => {
  const sized = (hiddenSize: number, version = 1) => ({
    architecture: { id: 'rnn', version, hyperparameters: { hiddenSize } },
  });
  const cells = [...now, cell(sized(4)), cell(sized(8))];
  const found = [
    unclaimed({ seed: 7, ...plugin('2') }),
    unclaimed({ architecture: unit('transformer') }),
    unclaimed(sized(16)),
    unclaimed(sized(8, 3)),
  ];
  expect(reasons(judgedBy(cells, found))).toEqual([
    'of another run: this experiment does not ask for lstm x parity, seed 7',
    'of another run: this experiment does not ask for transformer x parity',
    'of another run: this experiment does not ask for rnn x parity with its settings',
    'stale: rnn went from version 3 to 1 since it was made',
  ]);
});

it('says that a probe changed, or was not there', () => {
  const probed = (version: number, seed = 1) => ({ seed, probes: [unit('entropy', version)] });
  const cells = [cell(probed(2)), cell(probed(2, 2))];
  expect(reasons(judgedBy(cells, [unclaimed(probed(1)), unclaimed({ seed: 2 })]))).toEqual([
    'stale: entropy went from version 1 to 2 since it was made',
    'stale: it was made with probes not set instead of entropy',
  ]);
});

it('leaves everything else as it is: finished, damaged, of another schema', () => {
  const old: Stored = { status: 'stale', file: 'y.json', record: { ...makeRecord(), ...now[2]! }, reason: 'schema 1' };
  const found: Stored[] = [
    { status: 'finished', record: { ...makeRecord(), ...now[0]! } },
    { status: 'corrupt', file: 'x.json', reason: 'torn' },
    old,
    { status: 'missing' },
  ];
  expect(judgedBy(now, found)).toEqual(found);
  const [unlike] = judgedBy(now, [unclaimed({ schemaVersion: 1, architecture: unit('gru', 1) })]);
  expect(unlike!.status).toBe('of another run');
});

it('tells of each change once, with rows and cells that are measured anew', () => {
  const found = judgedBy(now, [
    unclaimed({ seed: 1, ...plugin('1') }),
    unclaimed({ seed: 2, ...plugin('1') }),
    unclaimed({ architecture: unit('gru', 1) }),
  ]);
  expect(changesOf(now, found)).toEqual([
    'lstm: plugin mine changed since these records were made; 2 cells are measured anew.',
    'gru: gru went from version 1 to 2 since these records were made; 1 cell is measured anew.',
  ]);
  expect(changesOf(now.slice(2), found)).toHaveLength(1);
  expect(changesOf([], found)).toEqual([]);
});

it('names a few rows and counts the rest', () => {
  const rows = ['a', 'b', 'c', 'd', 'e', 'f'];
  const cells = rows.map((id) => cell({ architecture: unit(id), ...plugin('2') }));
  const found = rows.map((id) => unclaimed({ architecture: unit(id), ...plugin('1') }));
  expect(changesOf(cells, judgedBy(cells, found))).toEqual([
    'a, b, c, d, 2 more rows: plugin mine changed since these records were made; 6 cells are measured anew.',
  ]);
});
