import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { hostInNames, isAlive, temporaryBeside } from './atomic-file';
import { systemReason } from './system-reason';

/** Where what was compiled is kept between runs: it is code that runs as the user, so it has to be nobody else's. */
export interface CacheFolder {
  readonly folder: string;
  /** Why that is a folder of this run alone. */
  readonly note?: string;
}

/** Tells worker processes of the private folder, so that each kernel is compiled once for all of them. */
const privateFolderVariable = 'CHOMSKY_ZOO_PRIVATE_CACHE';
const privately = 'what is compiled is kept for this run alone';

let last: { readonly named: string | undefined; readonly found: CacheFolder } | undefined;

/** The folder of the user, or where that cannot be trusted a private one. @throws where there is none of either */
export function cacheFolder(): CacheFolder {
  const named = namedFolder();
  if (last?.named !== named || !existsSync(last!.found.folder)) last = { named, found: trustedFolder(named) };
  return last!.found;
}

function trustedFolder(named: string | undefined): CacheFolder {
  const { folder, problem } = ownFolder(named);
  return folder === undefined ? { folder: privateFolder(), note: `${problem}: ${privately}` } : { folder };
}

/** The folder of the user, or why nothing of it can be trusted. */
export function ownFolder(
  named = namedFolder(),
):
  | { readonly folder: string; readonly problem?: undefined }
  | { readonly folder?: undefined; readonly problem: string } {
  if (named === undefined) return { problem: 'there is no home folder' };
  try {
    mkdirSync(named, { recursive: true, mode: 0o700 });
    const folder = realpathSync(named);
    const problem = whyNotTrusted(folder);
    return problem === undefined ? { folder } : { problem: `no code is loaded from ${named}, because ${problem}` };
  } catch (error) {
    return { problem: `${named} cannot be used (${systemReason(error)})` };
  }
}

/** `$XDG_CACHE_HOME`, which counts only where it is absolute, or `.cache` in the user's home folder. */
function namedFolder(): string | undefined {
  const { XDG_CACHE_HOME, HOME } = process.env;
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, 'chomsky-zoo');
  const home = [HOME, homeOfUser()].find((folder) => folder && isAbsolute(folder));
  return home && join(home, '.cache', 'chomsky-zoo');
}

function homeOfUser(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    return undefined; // a user without an entry, as in containers
  }
}

/** Of private folders; a process and a random part follow. */
const privatePrefix = `chomsky-zoo.${hostInNames}.`;

/** A new folder that only this user can enter, removed when the process ends, or by the next run where it was killed. */
export function privateFolder(): string {
  const known = process.env[privateFolderVariable];
  if (known && lstatSync(known, { throwIfNoEntry: false }) && whyNotTrusted(known) === undefined) return known;
  removePrivateFoldersOfTheDead();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${privatePrefix}${process.pid}.`)));
  process.env[privateFolderVariable] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const problem = whyNotTrusted(folder);
  if (problem !== undefined)
    throw new Error(`there is no folder for compiled code that is safe from others: ${problem}`);
  return folder;
}

function removePrivateFoldersOfTheDead(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(privatePrefix) || isAlive(parseInt(name.slice(privatePrefix.length), 10))) continue;
    const folder = join(tmpdir(), name);
    if (whyNotOwn(folder) === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Why somebody else might change what a folder holds: it, or one above it, belongs to them or may be written by them. */
export function whyNotTrusted(folder: string): string | undefined {
  const own = whyNotOwn(folder);
  if (own !== undefined) return own;
  for (let path = folder; path !== dirname(path);) {
    path = dirname(path);
    const found = statSync(path);
    if (found.uid !== 0 && found.uid !== process.getuid!()) return `${path} belongs to another user`;
    // Where the sticky bit is set, nobody can move away what is not theirs.
    if (isWritableByOthers(found) && !(found.mode & 0o1000)) return `others may write to ${path}`;
  }
  return undefined;
}

/** Why a file or folder may be somebody else's doing; links are not followed. */
export function whyNotOwn(path: string): string | undefined {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return `${path} is a link`;
  if (found.uid !== process.getuid!()) return `${path} belongs to another user`;
  return isWritableByOthers(found) ? `others may write to ${path}` : undefined;
}

/** A group of the user's own number is that user's alone. */
const isWritableByOthers = ({ mode, uid, gid }: Stats): boolean =>
  Boolean(mode & 0o002) || (Boolean(mode & 0o020) && gid !== uid);

/** Why nothing new can be kept in a folder; what a library takes is tried. */
export function whyNotWritable(folder: string): string | undefined {
  const probe = temporaryBeside(join(folder, 'probe'));
  try {
    writeFileSync(probe, Buffer.alloc(2 ** 18), { flag: 'wx' });
    return undefined;
  } catch (error) {
    return systemReason(error);
  } finally {
    rmSync(probe, { force: true });
  }
}
