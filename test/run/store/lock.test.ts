import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder, type FolderLock } from '../../../src/run/store/lock';

const support = join(__dirname, '../../support');
let folder: string;
const locks: FolderLock[] = [];
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-lock-'))));
afterEach(async () => {
  for (const held of locks.splice(0)) await held.release();
  rmSync(folder, { recursive: true });
});

async function take(...timing: [{ update: number; stale: number }?]): Promise<FolderLock> {
  const held = await lockFolder(folder, ...timing);
  locks.push(held);
  return held;
}
const file = () => join(folder, 'lock.json');
const ownerThere = () => JSON.parse(readFileSync(file(), 'utf8')) as Record<string, unknown>;
const elsewhere = { processId: 1, host: 'elsewhere', started: null };

/** A lock as another process leaves it, with its last heartbeat so many seconds ago. */
function heldBy(owner: object | string, secondsAgo = 0): void {
  writeFileSync(file(), typeof owner === 'string' ? owner : JSON.stringify(owner));
  mkdirSync(join(folder, 'lock'));
  beat(secondsAgo);
}
function beat(secondsAgo: number): void {
  const time = Date.now() / 1000 - secondsAgo;
  utimesSync(join(folder, 'lock'), time, time);
}

it('lets one in at a time', async () => {
  const held = await take();
  await expect(lockFolder(folder)).rejects.toThrow(
    `Another run is writing to ${folder} (process ${process.pid} on ${hostname()}).`,
  );
  await held.release();
  await (await take()).release();
  expect(readdirSync(folder)).toEqual([]);
});

describe('of a process of this host', () => {
  /** Another process that takes the lock, or says why it cannot. */
  async function another(): Promise<{ process: ChildProcess; answer: string }> {
    const process = fork(join(support, 'store', 'hold-lock.ts'), [folder], {
      execArgv: ['--require', join(support, 'typescript.cjs')],
    });
    const [answer] = (await once(process, 'message')) as [string];
    return { process, answer };
  }

  it('holds as long as the process lives, with or without heartbeat, and not a moment longer', async () => {
    const { process: holder, answer } = await another();
    expect(answer).toBe('locked');
    await expect(lockFolder(folder)).rejects.toThrow(`(process ${holder.pid} on ${hostname()})`);
    beat(1000);
    await expect(lockFolder(folder)).rejects.toThrow(`(process ${holder.pid} on ${hostname()})`);
    beat(0);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(existsSync(join(folder, 'lock'))).toBe(true);
    await take();
    expect(ownerThere()).toMatchObject({ processId: process.pid, host: hostname() });
  });

  it('goes to one of several processes that find the lock of a dead one', async () => {
    const { process: dead } = await another();
    dead.kill('SIGKILL');
    await once(dead, 'exit');
    const several = await Promise.all([another(), another(), another()]);
    expect(several.map(({ answer }) => answer).sort()).toEqual(['folder-in-use', 'folder-in-use', 'locked']);
    several.forEach(({ process }) => process.kill('SIGKILL'));
    await Promise.all(
      several.map(async ({ process }) => process.exitCode ?? process.signalCode ?? once(process, 'exit')),
    );
  });

  it('does not hold when the process id is used again by another process', async () => {
    heldBy({ processId: process.pid, host: hostname(), started: 'long ago' });
    await take();
  });
});

describe('of a process of another host, of which nothing but the heartbeat is known,', () => {
  it('holds while it is refreshed', async () => {
    heldBy(elsewhere, 50);
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'folder-in-use',
      what: expect.stringContaining('(process 1 on elsewhere)'),
    });
    expect(ownerThere()).toEqual(elsewhere);
  });

  it('does not hold after a minute without', async () => {
    heldBy(elsewhere, 70);
    await take();
    expect(ownerThere()).toMatchObject({ processId: process.pid, host: hostname() });
    await expect(lockFolder(folder)).rejects.toThrow('Another run');
  });

  it('does not hold when let go in part', async () => {
    writeFileSync(file(), JSON.stringify(elsewhere));
    await take();
  });
});

it.each([
  ['cannot be read', '{'],
  ['is not there yet', ''],
])('goes by the heartbeat alone where the name of the owner %s', async (_, text) => {
  heldBy(text);
  if (!text) rmSync(file());
  await expect(lockFolder(folder)).rejects.toThrow('(a process that has only just begun)');
  beat(70);
  await take();
});

describe('says that it is lost', () => {
  const quick = { update: 1000, stale: 3000 };
  const lossOf = async ({ lost }: FolderLock) => {
    if (!lost.aborted) await once(lost, 'abort');
    return lost.reason as Error;
  };

  it('when another process has taken it, and leaves it to that one', async () => {
    const held = await take(quick);
    rmSync(join(folder, 'lock'), { recursive: true });
    heldBy(elsewhere, 1);
    expect(await lossOf(held)).toMatchObject({
      code: 'folder-lost',
      what: `This run no longer has ${folder} to itself: process 1 on elsewhere has taken it.`,
    });
    await held.release();
    expect(ownerThere()).toEqual(elsewhere);
    expect(existsSync(join(folder, 'lock'))).toBe(true);
  });

  it('when it was removed', async () => {
    const held = await take(quick);
    rmSync(join(folder, 'lock'), { recursive: true });
    expect((await lossOf(held)).message).toContain('its lock was removed');
    await held.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('and not when a heartbeat is late and nobody else was there', async () => {
    const held = await take(quick);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * quick.stale); // suspended
    const before = existsSync(join(folder, 'lock'));
    await new Promise((resolve) => setTimeout(resolve, 2 * quick.update));
    expect([before, held.lost.aborted]).toEqual([true, false]);
  });
});
