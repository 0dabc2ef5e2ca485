import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostInNames, removeLeftovers } from '../../../src/core/atomic-file';
import { lockFolder, type FolderLock } from '../../../src/run/store/lock';

const support = join(__dirname, '../../support');
let folder: string;
const locks: FolderLock[] = [];
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-lock-'))));
afterEach(() => {
  for (const held of locks.splice(0)) held.release();
  rmSync(folder, { recursive: true });
});

function take(...timing: [{ update: number; stale: number }?]): FolderLock {
  const held = lockFolder(folder, ...timing);
  locks.push(held);
  return held;
}
const lock = () => join(folder, 'lock');
const ownersThere = () => readdirSync(lock());
const own = expect.stringMatching(`^${hostInNames}\\.${process.pid}\\.`) as string;
const elsewhere = 'elsewhere.1.unknown.0';
const taken = (owner: string) => `Another run is writing to ${folder} (${owner}).`;

/** A lock as another process leaves it, with its last heartbeat so many seconds ago. */
function heldBy(owner: string, secondsAgo = 0): void {
  mkdirSync(lock());
  writeFileSync(join(lock(), owner), '');
  beat(secondsAgo);
}
function beat(secondsAgo: number): void {
  const time = Date.now() / 1000 - secondsAgo;
  for (const owner of ownersThere()) utimesSync(join(lock(), owner), time, time);
}

it('lets one in at a time', () => {
  const held = take();
  expect(() => lockFolder(folder)).toThrow(taken(`process ${process.pid} on ${hostname()}`));
  held.release();
  take().release();
  expect(readdirSync(folder)).toEqual([]);
});

/** Another process that takes the lock, or says why it cannot, or is killed where `fault` says. */
async function another(fault?: { FAULT_KIND: 'before' | 'after'; FAULT_AT: number }) {
  const preloaded = [
    join(support, 'typescript.cjs'),
    ...(fault ? [join(__dirname, '../../attack/support/fault.cjs')] : []),
  ];
  const holder = fork(join(support, 'store', 'hold-lock.ts'), [folder], {
    execArgv: preloaded.flatMap((script) => ['--require', script]),
    env: { ...process.env, ...fault, FAULT_AT: String(fault?.FAULT_AT), FAULT_FOLDER: folder },
  });
  const ended = once(holder, 'exit');
  const [answer] = (await Promise.race([once(holder, 'message'), ended])) as [string | null];
  return { holder, answer, ended };
}
async function kill({ holder, ended }: { holder: ChildProcess; ended: Promise<unknown> }): Promise<void> {
  holder.kill('SIGKILL');
  await ended;
}

describe('of a process of this host', () => {
  it('holds as long as the process lives, with or without heartbeat, and not a moment longer', async () => {
    const other = await another();
    expect(other.answer).toBe('locked');
    const inUse = taken(`process ${other.holder.pid} on ${hostname()}`);
    expect(() => lockFolder(folder)).toThrow(inUse);
    beat(1000);
    expect(() => lockFolder(folder)).toThrow(inUse);
    beat(0);
    await kill(other);
    expect(existsSync(lock())).toBe(true);
    take();
    expect(ownersThere()).toEqual([own]);
  });

  it('goes to one of several processes that find the lock of a dead one', async () => {
    await kill(await another());
    const several = await Promise.all([another(), another(), another()]);
    expect(several.map(({ answer }) => answer).sort()).toEqual(['folder-in-use', 'folder-in-use', 'locked']);
    await Promise.all(several.map(kill));
  });

  it('does not hold when the process id is used again by another process', () => {
    heldBy(`${hostInNames}.${process.pid}.1.0`);
    take();
    expect(ownersThere()).toEqual([own]);
  });
});

describe.each([
  ['makes its own', 3, () => {}], // a folder and a file aside, and their move
  ['takes that of a dead one', 5, () => heldBy(`${hostInNames}.${process.pid}.1.0`)], // a heartbeat, and a renaming
])('of a process that is killed while it %s', (_, changes, before) => {
  const times = Array.from({ length: changes }, (__, at) => at + 1);
  it.each(times.flatMap((at) => [['before', at] as const, ['after', at] as const]))(
    '%s change %i of the file system: the next run of this host has it at once',
    async (when, at) => {
      before();
      const { holder, answer } = await another({ FAULT_KIND: when, FAULT_AT: at });
      expect([answer, holder.signalCode]).toEqual([null, 'SIGKILL']);
      take();
      expect(ownersThere()).toEqual([own]);
      expect(() => lockFolder(folder)).toThrow(taken(`process ${process.pid} on ${hostname()}`));
      removeLeftovers(folder);
      expect(readdirSync(folder)).toEqual(['lock']);
    },
  );
});

it('is free when its owner was killed while it let go', () => {
  mkdirSync(lock());
  take();
  expect(ownersThere()).toEqual([own]);
});

describe.each([
  ['of a process of another host, of which nothing but the heartbeat is known,', elsewhere, 'process 1 on elsewhere'],
  ['of an owner that is not named', 'something', 'a process that does not say which'],
])('%s', (_, owner, name) => {
  it('holds while it is refreshed', () => {
    heldBy(owner, 50);
    expect(() => lockFolder(folder)).toThrow(taken(name));
    expect(ownersThere()).toEqual([owner]);
  });

  it('does not hold after a minute without', () => {
    heldBy(owner, 70);
    take();
    expect(ownersThere()).toEqual([own]);
    expect(() => lockFolder(folder)).toThrow('Another run');
  });
});

it('looks alive to other hosts from the moment that it was taken over', () => {
  heldBy(elsewhere, 70);
  take();
  const [owner] = ownersThere();
  renameSync(join(lock(), owner!), join(lock(), elsewhere));
  expect(() => lockFolder(folder)).toThrow(taken('process 1 on elsewhere'));
});

it('is refused in words where it cannot be made', () => {
  writeFileSync(lock(), '');
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'unwritable-folder' }));
  expect(readdirSync(folder)).toEqual(['lock']);
});

describe('says that it is lost', () => {
  const quick = { update: 100, stale: 300 };
  const lossOf = async ({ lost }: FolderLock) => {
    if (!lost.aborted) await once(lost, 'abort');
    return lost.reason as Error;
  };

  it('when another process has taken it, and leaves it to that one', async () => {
    const held = take(quick);
    rmSync(lock(), { recursive: true });
    heldBy(elsewhere, 1);
    expect(await lossOf(held)).toMatchObject({
      code: 'folder-lost',
      what: `This run no longer has ${folder} to itself: process 1 on elsewhere has taken it.`,
    });
    held.release();
    expect(ownersThere()).toEqual([elsewhere]);
  });

  it('when it was removed', async () => {
    const held = take(quick);
    rmSync(lock(), { recursive: true });
    expect((await lossOf(held)).message).toContain('its lock was removed');
    held.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('and not when a heartbeat is late and nobody else was there', async () => {
    const held = take(quick);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * quick.stale); // suspended
    beat(1000);
    await new Promise((resolve) => setTimeout(resolve, 3 * quick.update));
    expect(held.lost.aborted).toBe(false);
    renameSync(join(lock(), ownersThere()[0]!), join(lock(), elsewhere));
    expect(() => lockFolder(folder)).toThrow(taken('process 1 on elsewhere')); // it was refreshed
  });
});
