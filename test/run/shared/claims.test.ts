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
import { Claims, type Claim } from '../../../src/run/shared/claims';

const support = join(__dirname, '../../support');
let folder: string;
const held: Claim[] = [];
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-claims-'))));
afterEach(() => {
  for (const claim of held.splice(0)) claim.release();
  rmSync(folder, { recursive: true });
});

const attempt = () => new Claims(folder).take('a');
function take(...timing: [{ update: number; stale: number }?]): Claim {
  const claim = new Claims(folder, ...timing).take('a');
  held.push(claim);
  return claim;
}
const claims = () => join(folder, 'claims');
const place = () => join(claims(), 'a');
const ownersThere = () => readdirSync(place());
const ofHost = (name: string) => expect.stringMatching(`^${hostInNames}\\.${name}`) as string;
const own = ofHost(`${process.pid}\\.`);
const elsewhere = 'elsewhere.1.unknown.0.0';
const taken = (owner: string) => `Another process is measuring this job (a): ${owner}.`;

/** A lock as another process leaves it, with its last heartbeat so many seconds ago. */
function heldBy(owner: string, secondsAgo = 0): void {
  mkdirSync(place(), { recursive: true });
  writeFileSync(join(place(), owner), '');
  beat(secondsAgo);
}
function beat(secondsAgo: number): void {
  const time = Date.now() / 1000 - secondsAgo;
  for (const owner of ownersThere()) utimesSync(join(place(), owner), time, time);
}

it('lets one in at a time', () => {
  const claim = take();
  expect(attempt).toThrow(taken(`process ${process.pid} on ${hostname()}`));
  claim.release();
  take().release();
  expect(readdirSync(claims())).toEqual([]);
});

/** Another process that takes the lock, or says why it cannot, or is killed where `fault` says. */
async function another(fault?: { FAULT_KIND: 'before' | 'after'; FAULT_AT: number }) {
  const preloaded = [
    join(support, 'typescript.cjs'),
    ...(fault ? [join(__dirname, '../../attack/support/fault.cjs')] : []),
  ];
  const holder = fork(join(support, 'shared', 'hold-claim.ts'), [folder], {
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
    expect(other.answer).toBe('claimed by me');
    const inUse = taken(`process ${other.holder.pid} on ${hostname()}`);
    expect(attempt).toThrow(inUse);
    beat(1000);
    expect(attempt).toThrow(inUse);
    beat(0);
    await kill(other);
    expect(existsSync(place())).toBe(true);
    take();
    expect(ownersThere()).toEqual([own]);
  });

  it('goes to one of several processes that find the claim of a dead one', async () => {
    await kill(await another());
    const several = await Promise.all([another(), another(), another()]);
    expect(several.map(({ answer }) => answer).sort()).toEqual(['claimed', 'claimed', 'claimed by me']);
    await Promise.all(several.map(kill));
  });

  it('does not hold when the process id is used again by another process', () => {
    heldBy(`${hostInNames}.${process.pid}.1.0.0`);
    take();
    expect(ownersThere()).toEqual([own]);
  });
});

describe.each([
  ['makes its own', 5, () => {}], // the folder of claims, a folder and a file aside, their move, and what it says
  ['takes that of a dead one', 8, () => heldBy(`${hostInNames}.${process.pid}.1.0.0`)], // and a heartbeat, a renaming, and tidying up
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
      expect(attempt).toThrow(taken(`process ${process.pid} on ${hostname()}`));
      removeLeftovers(claims());
      expect(readdirSync(claims())).toEqual(['a']);
    },
  );
});

it('is free when its owner was killed while it let go', () => {
  mkdirSync(place(), { recursive: true });
  take();
  expect(ownersThere()).toEqual([own]);
});

describe.each([
  ['of a process of another host, of which nothing but the heartbeat is known,', elsewhere, 'process 1 on elsewhere'],
  ['of an owner that is not named', 'something', 'a process that does not say which'],
])('%s', (_, owner, name) => {
  it('holds while it is refreshed', () => {
    heldBy(owner, 30);
    expect(attempt).toThrow(taken(name));
    expect(ownersThere()).toEqual([owner]);
  });

  it('does not hold after forty seconds without', () => {
    heldBy(owner, 70);
    take();
    expect(ownersThere()).toEqual([own]);
    expect(attempt).toThrow('Another process');
  });
});

it('looks alive to other hosts from the moment that it was taken over', () => {
  heldBy(elsewhere, 70);
  take();
  const [owner] = ownersThere();
  renameSync(join(place(), owner!), join(place(), elsewhere));
  expect(attempt).toThrow(taken('process 1 on elsewhere'));
});

it('is refused in words where it cannot be made', () => {
  writeFileSync(claims(), '');
  expect(attempt).toThrow(expect.objectContaining({ code: 'unwritable-folder' }));
  expect(readdirSync(folder)).toEqual(['claims']);
});

describe('says that it is lost', () => {
  const quick = { update: 100, stale: 300 };
  const lossOf = async ({ lost }: Claim) => {
    if (!lost.aborted) await once(lost, 'abort');
    return lost.reason as Error;
  };

  it('when another process has taken it, and leaves it to that one', async () => {
    const claim = take(quick);
    rmSync(place(), { recursive: true });
    heldBy(elsewhere, 1);
    expect(await lossOf(claim)).toMatchObject({ code: 'claimed', what: taken('process 1 on elsewhere') });
    expect(claim.isHeld()).toBe(false);
    claim.release();
    expect(ownersThere()).toEqual([elsewhere]);
  });

  it('when it was removed', async () => {
    const claim = take(quick);
    rmSync(place(), { recursive: true });
    expect((await lossOf(claim)).message).toContain('it has just ended or begun');
    claim.release();
    expect(readdirSync(claims())).toEqual([]);
  });

  it('and not while the main thread computes: a thread of its own refreshes it', async () => {
    const claim = take(quick);
    await new Promise((resolve) => setTimeout(resolve, 10 * quick.update)); // the thread has begun
    beat(1000);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5 * quick.update);
    expect(claim.isHeld()).toBe(true);
    const [seen] = new Claims(folder, quick).all();
    expect(seen!.silent).toBeLessThan(1000 * quick.update);
    renameSync(join(place(), ownersThere()[0]!), join(place(), elsewhere));
    expect(attempt).toThrow(taken('process 1 on elsewhere')); // it was refreshed
  });
});

describe('as others see it', () => {
  it('says who has it, what the owner said last, and whether it holds', () => {
    const claim = take();
    const [seen] = new Claims(folder).all();
    expect(seen).toMatchObject({ key: 'a', holds: true, owner: { processId: process.pid, losses: 0 } });
    expect(seen!.since).toMatch(/^20/);
    claim.report({ phase: 'training', step: 7, steps: 100, loss: 0.25 });
    expect(new Claims(folder).all()[0]!.progress).toEqual({ phase: 'training', step: 7, steps: 100, loss: 0.25 });
    claim.release();
    expect(new Claims(folder).keys()).toEqual([]);
  });

  it('says how long training still takes, at its pace since the first report', async () => {
    const claims = new Claims(folder, { report: 0 });
    const claim = claims.take('b');
    held.push(claim);
    claim.report({ phase: 'training', step: 500, steps: 600 });
    expect(new Claims(folder).all()[0]!.secondsLeft).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 100));
    claim.report({ phase: 'training', step: 550, steps: 600 });
    const { secondsLeft } = new Claims(folder).all()[0]!;
    expect(secondsLeft).toBeGreaterThan(0.09);
    claim.report({ phase: 'evaluating', step: 1, steps: 2 });
    expect(new Claims(folder).all()[0]!.secondsLeft).toBeUndefined();
  });

  it('is read with a loss that is no number, and where its content is not ours', () => {
    take().report({ phase: 'training', step: 1, steps: 2, loss: NaN });
    expect(new Claims(folder).all()[0]!.progress).toEqual({ phase: 'training', step: 1, steps: 2 });
    writeFileSync(join(place(), ownersThere()[0]!), 'something');
    expect(new Claims(folder).all()).toEqual([expect.objectContaining({ holds: true })]);
  });

  it('is swept away where its owner is dead or was killed while it let go, and nowhere else', () => {
    heldBy(`${hostInNames}.${process.pid}.1.0.0`);
    mkdirSync(join(claims(), 'empty'));
    mkdirSync(join(claims(), 'b'));
    writeFileSync(join(claims(), 'b', elsewhere), '');
    held.push(new Claims(folder).take('c'));
    new Claims(folder).sweep();
    expect(new Claims(folder).keys().sort()).toEqual(['b', 'c']);
  });

  it('counts how often it was taken from a dead owner', () => {
    heldBy(`${hostInNames}.${process.pid}.1.0.4`);
    expect(take().losses).toBe(5);
  });
});
