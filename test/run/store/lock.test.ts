import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '../../../src/run/store/lock';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-lock-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, 'lock.json');
const heldBy = (owner: object) => writeFileSync(file(), JSON.stringify(owner));

it('lets one in at a time', () => {
  const unlock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(
    `Another run is writing to ${folder} (process ${process.pid} on ${hostname()}).`,
  );
  unlock();
  lockFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

it('does not hold for a process that was killed', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(other, 'spawn');
  lockFolder(folder);
  const { started: _, ...own } = JSON.parse(readFileSync(file(), 'utf8')) as { started: string };
  const stat = `/proc/${other.pid}/stat`;
  const started = existsSync(stat) ? readFileSync(stat, 'utf8').split(' ')[21] : null;
  heldBy({ ...own, processId: other.pid, started });
  expect(() => lockFolder(folder)).toThrow('Another run');
  other.kill('SIGKILL');
  await once(other, 'exit');
  lockFolder(folder)();
});

it('does not hold when the process id is used again by another process', () => {
  heldBy({ processId: process.pid, host: hostname(), started: 'long ago' });
  lockFolder(folder)();
});

it('holds for a process of another machine, of which nothing can be known', () => {
  heldBy({ processId: 1, host: 'elsewhere', started: null });
  expect(() => lockFolder(folder)).toThrow('process 1 on elsewhere');
});

it('does not hold when damaged', () => {
  writeFileSync(file(), '{');
  lockFolder(folder)();
});
