import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Cell } from '../../../src/core/contracts/record';
import { countingCell, countingFolder, countingRunner, isAlive, until } from '../../support/execution/counting';

// The main process is a process of its own here, because it gets killed.
const loader = join(__dirname, '../../support/typescript.cjs');
const main = join(__dirname, '../../support/execution/main.ts');

let folder: ReturnType<typeof countingFolder>;
let started: ChildProcess[] = [];
beforeEach(() => {
  folder = countingFolder();
});
afterEach(() => {
  started.forEach((child) => child.kill('SIGKILL'));
  started = [];
  folder.remove();
});

function startMain(cells: Cell[]): ChildProcess {
  const child = fork(main, [JSON.stringify({ runner: countingRunner, location: folder.location, cells, workers: 2 })], {
    execArgv: ['--require', loader],
    stdio: 'inherit',
  });
  started.push(child);
  return child;
}

const exitCode = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));
const stepsDone = (cell: Cell) => {
  try {
    return folder.stepsOf(cell.key).length;
  } catch {
    return 0; // not started yet
  }
};

test('a main process killed with -9 leaves no worker behind, and the next run ends as an undisturbed one', async () => {
  const cells = ['a', 'b', 'c'].map((task, seed) => countingCell(task, { steps: 60, pause: 10 }, seed));
  const first = startMain(cells);
  await until(() => stepsDone(cells[0]!) >= 12 && stepsDone(cells[1]!) >= 12, 'two workers should be at step 12');
  const workers = cells.slice(0, 2).map(({ key }) => folder.processOf(key));
  first.kill('SIGKILL');
  await until(() => !workers.some(isAlive), 'the workers should end with their parent');
  expect(folder.values()).toEqual({});

  expect(await exitCode(startMain(cells))).toBe(0);
  const disturbed = folder.values();
  const steps = folder.stepsOf(cells[0]!.key);
  expect(steps.filter((step) => step <= 10)).toHaveLength(10); // steps before the checkpoint are not taken again
  folder.remove();
  folder = countingFolder();
  expect(await exitCode(startMain(cells))).toBe(0);
  expect(folder.values()).toEqual(disturbed);
}, 60_000);

test('a runner that hogs the event loop does not outlive its parent either', async () => {
  const cell = countingCell('a', { steps: 100_000, pause: 5, behaviour: 'hog' });
  const main = startMain([cell]);
  await until(() => stepsDone(cell) >= 3, 'the worker should be at work');
  const worker = folder.processOf(cell.key);
  main.kill('SIGKILL');
  await until(() => !isAlive(worker), 'the worker should notice that its parent is gone');
}, 60_000);

test('Ctrl-C, which the terminal sends to every process, does not end a worker', async () => {
  const cell = countingCell('a', { steps: 30, pause: 5 });
  const main = startMain([cell]);
  await until(() => stepsDone(cell) >= 3, 'the worker should be at work');
  process.kill(folder.processOf(cell.key), 'SIGINT');
  expect(await exitCode(main)).toBe(0);
  expect(Object.keys(folder.values())).toEqual([cell.key]);
  expect(folder.stepsOf(cell.key)).toHaveLength(30);
}, 60_000);
