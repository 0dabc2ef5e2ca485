import { jobOf } from '../../../src/core/cell';
import type { CellSpecification } from '../../../src/core/contracts/record';
import type { Stored } from '../../../src/core/contracts/store';
import { changesOf, withReasons } from '../../../src/run/code/stale';
import { makeManifest, makeRecord, makeSpecification } from '../../support/records';

const base = { ...makeSpecification(), studyVersion: 1, engineRevision: 1 };
const cell = (changes: Partial<CellSpecification>) => jobOf<CellSpecification>({ ...base, ...changes }, []);
const unit = (id: string, version = 1) => ({ id, version, hyperparameters: {} });
const plugin = (digit: string) => ({ pluginCode: [{ name: 'mine', version: '1.0.0', digest: digit.repeat(64) }] });
const stale = (changes: Partial<CellSpecification>): Stored => ({
  status: 'stale',
  file: 'x.json',
  record: { ...makeRecord(), ...cell(changes) },
  reason: 'it belongs to no cell of this experiment as it is now',
});
const reasons = (found: readonly Stored[]) => found.map((each) => ('reason' in each ? each.reason : each.status));

const now = [
  cell({ seed: 1, ...plugin('2') }),
  cell({ seed: 2, ...plugin('2') }),
  cell({ architecture: unit('gru', 2) }),
];
const manifest = { ...makeManifest(), cells: now };

it('says what changed since a record was made', () => {
  const found = [
    stale(plugin('1')),
    stale({ architecture: unit('gru', 1) }),
    stale({ ...plugin('1'), engineRevision: 3 }),
  ];
  expect(reasons(withReasons(manifest, found))).toEqual([
    'plugin mine changed since it was made',
    'gru went from version 1 to 2 since it was made',
    'the engine onnx went from revision 3 to 1, plugin mine changed since it was made',
  ]);
});

it('says that a probe changed, and nothing where a record was made without it', () => {
  const probed = (version: number, seed = 1) => ({ seed, probes: [unit('entropy', version)] });
  const cells = [cell(probed(2)), cell(probed(2, 2))];
  const found = [stale(probed(1)), stale({ seed: 2 })];
  expect(reasons(withReasons({ ...manifest, cells }, found))).toEqual([
    'entropy went from version 1 to 2 since it was made',
    reasons(found)[1],
  ]);
});

it('keeps the reason of a record whose code is the same, whose cell is gone, or of another schema', () => {
  const found: Stored[] = [
    stale({ seed: 1, ...plugin('2'), architecture: { ...unit('lstm'), hyperparameters: { hiddenSize: 3 } } }),
    stale({ architecture: unit('transformer') }),
    stale({ schemaVersion: 1, architecture: unit('gru', 1) }),
    { status: 'missing' },
  ];
  expect(withReasons(manifest, found)).toEqual(found);
});

it('takes of several cells of the same units the one of the same settings, and none where no settings are the same', () => {
  const sized = (hiddenSize: number, version: number) =>
    ({ architecture: { id: 'rnn', version, hyperparameters: { hiddenSize } } }) as const;
  const cells = [cell(sized(4, 2)), cell(sized(8, 3))];
  const found = [stale(sized(8, 1)), stale(sized(16, 1))];
  expect(reasons(withReasons({ ...manifest, cells }, found))).toEqual([
    'rnn went from version 1 to 3 since it was made',
    reasons(found)[1],
  ]);
});

it('tells of each change once, with rows and cells that are measured anew', () => {
  const found = [
    stale({ seed: 1, ...plugin('1') }),
    stale({ seed: 2, ...plugin('1') }),
    stale({ architecture: unit('gru', 1) }),
  ];
  expect(changesOf(now, found)).toEqual([
    'lstm: plugin mine changed since these records were made; 2 cells are measured anew.',
    'gru: gru went from version 1 to 2 since these records were made; 1 cell is measured anew.',
  ]);
  expect(changesOf(now.slice(2), found)).toHaveLength(1);
  expect(changesOf([], found)).toEqual([]);
});

it('names a few rows and counts the rest', () => {
  const rows = ['a', 'b', 'c', 'd', 'e', 'f'];
  const lines = changesOf(
    rows.map((id) => cell({ architecture: unit(id), ...plugin('2') })),
    rows.map((id) => stale({ architecture: unit(id), ...plugin('1') })),
  );
  expect(lines).toEqual([
    'a, b, c, d, 2 more rows: plugin mine changed since these records were made; 6 cells are measured anew.',
  ]);
});
