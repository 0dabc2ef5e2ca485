import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { writeAsked } from '../../core/atomic-file';
import { isPlainObject } from '../../core/validation';
import { isSound, repetitions, type Repetition } from '../verification';

/** What came of measuring cells of a submission again here, by their keys. */
export type Verified = Readonly<Record<string, Repetition>>;

/**
 * Where what was verified is noted: a folder of the user, since a note that came with a submission would be the word of whoever
 * made it. `$XDG_STATE_HOME`, which counts only where it is absolute, or `.local/state` in the user's home folder.
 */
export function verifiedFolder({ XDG_STATE_HOME, HOME }: Readonly<Record<string, string | undefined>>): string {
  const home = HOME && isAbsolute(HOME) ? HOME : homedir();
  const state = XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : join(home, '.local', 'state');
  return join(state, 'chomsky-zoo', 'verified');
}

const fileOf = (folder: string, digest: string): string => join(folder, `${digest}.json`);

/** What is noted of a submission; nothing where it was never verified, or the note is not one of ours. */
export function readVerified(folder: string, digest: string): Verified {
  try {
    const note: unknown = JSON.parse(readFileSync(fileOf(folder, digest), 'utf8'));
    if (!isPlainObject(note) || note.submission !== digest || !isPlainObject(note.cells)) return {};
    return Object.fromEntries(
      Object.entries(note.cells).filter((entry): entry is [string, Repetition] =>
        Object.hasOwn(repetitions, String(entry[1])),
      ),
    );
  } catch {
    return {};
  }
}

/** Notes what came of cells, over what is noted of them. A cell that could not be measured says nothing. @throws write-failed */
export function noteVerified(folder: string, digest: string, found: Verified): void {
  const measured = Object.entries(found).filter(([, repetition]) => repetition !== 'failed');
  const cells = { ...readVerified(folder, digest), ...Object.fromEntries(measured) };
  writeAsked(fileOf(folder, digest), `${JSON.stringify({ submission: digest, cells }, null, 1)}\n`);
}

/** How many of some cells were measured again with the same outcome, and with another. */
export function verifiedCells(verified: Verified, keys: ReadonlySet<string>) {
  const own = Object.entries(verified).flatMap(([key, repetition]) => (keys.has(key) ? repetition : []));
  const agreed = own.filter(isSound).length;
  return { agreed, disagreed: own.length - agreed };
}
