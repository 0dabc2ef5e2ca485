import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtCli, ensureBuilt } from '../support/built';
import { tinyExperiment } from '../support/cli';

let folder: string;
beforeAll(ensureBuilt);
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-full-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs an experiment of several cells; on a disk that is full for files below `full`, from change number `at` on. */
function run(workers: number, steps: number, full?: { below: string; at: number }) {
  const protocol = { ...tinyExperiment.protocol, steps };
  const experiment = { ...tinyExperiment, tasks: ['parity', 'reversal', 'counting'], baselines: [], protocol };
  writeFileSync(join(folder, 'tiny.json'), JSON.stringify(experiment));
  const line = ['run', 'tiny.json', '--out', 'out', '--workers', String(workers), '--engine', 'onnx'];
  const fault = full && {
    NODE_OPTIONS: `--require ${join(__dirname, 'support', 'fault.cjs')}`,
    FAULT_KIND: 'full',
    FAULT_AT: String(full.at),
    FAULT_FOLDER: join(folder, 'out', full.below),
  };
  const { status, stderr } = spawnSync(process.execPath, [builtCli, ...line], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...fault },
  });
  return { status, stderr };
}

const left = () => readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' });
const count = (kind: RegExp) => left().filter((name) => kind.test(name)).length;

const begun = (stderr: string) => (stderr.match(/: started$/gm) ?? []).length;

const partOfSecondRecord = { below: 'records', at: 5 };
test.each([
  ['the manifest', { below: '.manifest.json', at: 1 }, { workers: 0, steps: 4, cells: 0, records: 0 }],
  ['the folder of a record', { below: 'records', at: 1 }, { workers: 0, steps: 4, cells: 1, records: 0 }],
  ['all of a record', partOfSecondRecord, { workers: 1, steps: 4, cells: 2, records: 1 }],
  ['all of a checkpoint', { below: 'checkpoints', at: 2 }, { workers: 1, steps: 1_000_000, cells: 1, records: 0 }],
])(
  'a disk too full for %s ends the run before other cells are begun, in words, and leaves what is whole',
  (_, full, { workers, steps, cells, records }) => {
    const { status, stderr } = run(workers, steps, full);
    const [, file] = /^error write-failed\n {2}(.*) cannot be written: the disk is full\.$/m.exec(stderr)!;
    expect(file!.startsWith(join(folder, 'out', full.below.replace(/^\./, '')))).toBe(true);
    expect({ status, cells: begun(stderr) }).toEqual({ status: 1, cells });
    expect({ records: count(/^records.*json$/), rest: count(/\.tmp$|^claims\/./) }).toEqual({ records, rest: 0 });
  },
);

it('the same command goes on when there is room again', () => {
  run(1, 4, partOfSecondRecord);
  const { status, stderr } = run(0, 4);
  expect({ status, cells: begun(stderr), records: count(/^records.*json$/) }).toEqual({
    status: 0,
    cells: 2,
    records: 3,
  });
});
