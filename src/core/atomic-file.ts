import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { systemClock } from './clock';
import { zooError } from './errors';
import { systemReason } from './system-reason';

const ending = /\.(\d+)\.\d+\.tmp$/;
let counter = 0;

/**
 * Where process ids mean the same: two hosts or containers may have one name, and each numbers its processes by itself.
 * Linux alone says it.
 */
function processSpace(): string {
  try {
    const parts = [readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'), readlinkSync('/proc/self/ns/pid')];
    return `~${createHash('sha256').update(parts.join()).digest('hex').slice(0, 8)}`;
  } catch {
    return '';
  }
}

/** This host, and on Linux its process ids, as a part of a file's name, without dots. */
export const hostInNames = encodeURIComponent(hostname()).replaceAll('.', '%2E') + processSpace();
/** The host that such a part names. */
export function hostOfName(part: string): string {
  try {
    return decodeURIComponent(part.replace(/~[0-9a-f]{8}$/, ''));
  } catch {
    return part; // not one of ours
  }
}

/** A name beside a file for what takes its place when it is whole; it says which process of which host writes it. */
export const temporaryBeside = (file: string): string =>
  join(dirname(file), `.${basename(file)}.${hostInNames}.${process.pid}.${counter++}.tmp`);

/** Writes a file that is whole or as it was, whatever ends the process or the machine. */
export function writeAtomically(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = temporaryBeside(file);
  try {
    writeFileSync(temporary, content, { flag: 'wx' });
    moveWhole(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The same for whoever asked for the file, who knows it as `shown`. @throws write-failed */
export function writeAsked(file: string, content: string | Uint8Array, shown = file): void {
  try {
    writeAtomically(file, content);
  } catch (error) {
    throw zooError('write-failed', { file: shown, reason: systemReason(error) });
  }
}

/** Gives a written file its name once the disk has all of it: a name without its content is what a power cut would leave. */
export function moveWhole(temporary: string, file: string): void {
  synchronise(temporary, 'r+');
  renameSync(temporary, file);
  try {
    synchronise(dirname(file), 'r');
  } catch {
    // Some systems open no folder; the file is whole either way, under its old name or its new one.
  }
}

function synchronise(path: string, flags: string): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Of a process of another host nothing is known; nobody writes one file for a day. */
const leftAfter = 24 * 60 * 60 * 1000;

/** Removes what killed processes were making in a folder, and below it where `recursive`. */
export function removeLeftovers(folder: string, { recursive = false } = {}): void {
  for (const name of namesIn(folder, recursive)) {
    const writer = ending.exec(name);
    if (!writer) continue;
    const isOwn = name.slice(0, writer.index).endsWith(`.${hostInNames}`);
    try {
      const isLeft = isOwn ? !isAlive(Number(writer[1])) : ageOf(join(folder, name)) > leftAfter;
      if (isLeft) rmSync(join(folder, name), { force: true, recursive: true });
    } catch {
      // Not ours to remove: it harms nobody.
    }
  }
}

const ageOf = (file: string): number => Date.parse(systemClock.timestamp()) - statSync(file).mtimeMs;

function namesIn(folder: string, recursive: boolean): string[] {
  try {
    return readdirSync(folder, { encoding: 'utf8', recursive });
  } catch {
    return [];
  }
}

/** Whether a process of this host runs, whoever has started it. */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
