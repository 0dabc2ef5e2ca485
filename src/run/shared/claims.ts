import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { temporaryBeside } from '../../core/atomic-file';
import { systemClock } from '../../core/clock';
import type { CellProgress } from '../../core/contracts/execution';
import { ZooError, zooError } from '../../core/errors';
import { systemReason } from '../../core/system-reason';
import { contentNow, contentOf, saidIn, write, type Said } from './claim-file';
import { Heartbeat } from './heartbeat';
import { isOfThisHost, lives, ownerOf, ownName, wordsOf, type Owner } from './owner';

/** The right of this process to measure one job of a folder. */
export interface Claim {
  /** Aborts with the error `claimed` when another process took the claim: it may after `stale` without a heartbeat. */
  readonly lost: AbortSignal;
  /** How often it was taken from a dead owner before it came here. */
  readonly losses: number;
  /** Tells whoever looks at the folder where the job is. */
  report(progress: CellProgress): void;
  isHeld(): boolean;
  /** Lets go; so does the end of the process. */
  release(): void;
}

/** A claim as others see it. */
export interface Claimed {
  readonly key: string;
  readonly owner: Owner | null;
  /** Milliseconds since its last heartbeat, by the clock of whoever keeps the files. */
  readonly silent: number;
  readonly holds: boolean;
  /** What its owner said last. */
  readonly progress?: CellProgress;
  /** When its owner took it, by the owner's clock (ISO 8601). */
  readonly since?: string;
  /** What training still takes, as its owner reckoned at its last report. */
  readonly secondsLeft?: number;
}

/** Milliseconds between heartbeats, without one until the claim of another host no longer holds, and between reports. */
const times = { update: 5_000, stale: 40_000, report: 5_000 };

/** How often to try again when a claim is let go or taken while it is looked at. */
const mostAttempts = 100;

const claimsFolder = 'claims';

/**
 * The claims of a folder of results, for any number of processes on any number of hosts. A claim is a folder
 * `claims/<key>` that holds one file: its name is the owner, the time of its change the heartbeat, its content what the
 * owner says of the job. Claims are made and passed on by changes of names that only one process can make, so one is never
 * without an owner, and never free while it passes from one to another:
 * - it is made aside and moved to its place, which fails where one is;
 * - it is taken from a dead owner by renaming the owner's file, which fails where another process was quicker.
 *
 * The claim of a process of this host holds as long as the process lives; that of another host, of which only the
 * heartbeat can be known, until it has had none for `stale`. Times are those of whoever keeps the files, never of two
 * clocks.
 */
export class Claims {
  private readonly folder: string;
  private readonly timing: typeof times;

  constructor(location: string, timing: Partial<typeof times> = {}) {
    this.folder = join(location, claimsFolder);
    this.timing = { ...times, ...timing };
  }

  /** @throws claimed naming the process that has it, or unwritable-folder */
  take(key: string): Claim {
    const taken = this.taken(key);
    return new HeldClaim(join(this.folder, key), taken, this.timing, () => this.claimedBy(key));
  }

  /** Keys of the claims there are, whether they hold or not. */
  keys(): string[] {
    return namesIn(this.folder).filter((name) => !name.startsWith('.'));
  }

  /** Every claim, or those of some jobs, with who has it. */
  all(keys: readonly string[] = this.keys()): Claimed[] {
    const now = keys.length > 0 ? this.now() : 0;
    return keys.flatMap((key) => {
      const claimed = namesIn(join(this.folder, key)).map((name) => this.look(key, name, now));
      return claimed.find(({ holds }) => holds) ?? claimed.slice(0, 1);
    });
  }

  /**
   * Removes what dead processes of this host left, also in the middle of letting go: nobody holds it. Others may take it at
   * the same moment.
   */
  sweep(): void {
    for (const key of this.keys()) {
      const place = join(this.folder, key);
      const names = namesIn(place);
      if (names.length === 0) removeEmpty(place);
      for (const name of names) {
        const owner = ownerOf(name);
        if (isOfThisHost(owner) && !lives(owner)) letGo(place, name);
      }
    }
  }

  private look(key: string, name: string, now: number): Claimed {
    const owner = ownerOf(name);
    const { changed, text } = contentOf(join(this.folder, key, name)) ?? { changed: -Infinity, text: '' };
    const silent = now - changed;
    return { key, owner, silent, holds: holds(owner, silent, this.timing.stale), ...saidIn(text) };
  }

  /** By the clock of whoever keeps the files. */
  private now(): number {
    const probe = temporaryBeside(join(this.folder, 'now'));
    try {
      return write(probe, 'wx', '.', 0);
    } catch {
      return Date.parse(systemClock.timestamp()); // a folder that can only be read
    } finally {
      remove(probe);
    }
  }

  private taken(key: string): string {
    const place = join(this.folder, key);
    const aside = temporaryBeside(place);
    const own = ownName(0);
    try {
      mkdirSync(this.folder, { recursive: true });
      mkdirSync(aside);
      const now = write(join(aside, own), 'wx', contentNow(), 0);
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        if (isMoved(aside, place)) return own;
        const name = this.takenOver(key, now);
        if (name !== null) return name;
      }
    } catch (error) {
      if (error instanceof ZooError) throw error;
      throw zooError('unwritable-folder', { folder: this.folder, reason: systemReason(error) });
    } finally {
      remove(aside);
    }
    throw this.claimedBy(key);
  }

  /** Takes the claim of a dead owner; null when it was let go or taken in the meantime. */
  private takenOver(key: string, now: number): string | null {
    const place = join(this.folder, key);
    try {
      const names = readdirSync(place).sort();
      const [first] = names;
      if (first === undefined) {
        rmdirSync(place); // its owner was killed while it let go
        return null;
      }
      if (names.some((name) => this.look(key, name, now).holds)) throw this.claimedBy(key);
      const own = ownName((ownerOf(first)?.losses ?? 0) + 1);
      write(join(place, first), 'r+', '.', 0); // before the renaming: it must not look silent to another host right after it
      renameSync(join(place, first), join(place, own));
      return own;
    } catch (error) {
      if (['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) return null;
      throw error;
    }
  }

  private claimedBy(key: string): ZooError {
    const [claim] = this.all([key]);
    return zooError('claimed', { key, owner: claim ? wordsOf(claim.owner) : null });
  }
}

class HeldClaim implements Claim {
  readonly losses: number;
  private readonly file: string;
  private readonly losing = new AbortController();
  private readonly heartbeat: Heartbeat;
  private readonly since = systemClock.timestamp();
  private reported = -Infinity;
  private first?: { readonly now: number; readonly step: number };

  constructor(
    private readonly place: string,
    name: string,
    private readonly timing: typeof times,
    why: () => ZooError,
  ) {
    this.file = join(place, name);
    this.losses = ownerOf(name)?.losses ?? 0;
    this.heartbeat = new Heartbeat(this.file, timing.update, () => this.losing.abort(why()));
    process.on('exit', this.release);
    this.say({});
  }

  get lost(): AbortSignal {
    return this.losing.signal;
  }

  report(progress: CellProgress): void {
    const now = systemClock.milliseconds();
    if (now - this.reported < this.timing.report) return;
    this.reported = now;
    const { phase, step, steps, loss } = progress;
    this.say({ phase, step, steps, loss, secondsLeft: this.leftAt(progress, now) });
  }

  /** At the pace since the first report: what is continued does not begin with step 0. */
  private leftAt({ phase, step, steps }: CellProgress, now: number): number | undefined {
    if (phase !== 'training') return undefined;
    this.first ??= { now, step };
    const done = step - this.first.step;
    return done > 0 ? ((now - this.first.now) / 1000 / done) * (steps - step) : undefined;
  }

  isHeld(): boolean {
    return existsSync(this.file);
  }

  readonly release = (): void => {
    this.heartbeat.stop();
    process.off('exit', this.release);
    letGo(this.place, basename(this.file));
  };

  private say(progress: Said): void {
    try {
      write(this.file, 'r+', contentNow({ since: this.since, ...progress }), 0);
    } catch {
      // The heartbeat finds out what it is.
    }
  }
}

function removeEmpty(place: string): void {
  try {
    rmdirSync(place);
  } catch {
    // Somebody has it again.
  }
}

function letGo(place: string, name: string): void {
  try {
    rmSync(join(place, name));
    rmdirSync(place);
  } catch {
    // Lost, taken by the next at this moment, or on a disk that is gone: the claim of a dead process does not hold.
  }
}

/** Of a process of this host its life counts, of one elsewhere or not named the heartbeat alone. */
const holds = (owner: Owner | null, silent: number, stale: number): boolean =>
  isOfThisHost(owner) ? lives(owner) : silent < stale;

/** Moves a claim that was made aside to its place; false where one is. */
function isMoved(aside: string, place: string): boolean {
  try {
    renameSync(aside, place);
    return true;
  } catch (error) {
    // EPERM is what Windows says when a folder is there.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error))) return false;
    throw error;
  }
}

function remove(temporary: string): void {
  try {
    rmSync(temporary, { recursive: true, force: true });
  } catch {
    // Where it could not be made it is not there.
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? '';
