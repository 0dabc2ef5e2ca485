import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryBeside } from '../../core/atomic-file';
import { zooError } from '../../core/errors';
import { systemReason } from '../../core/system-reason';

/** Holds the kind of machine that a folder of results is kept to (`zoo run --same-machine`). */
export const machineFile = 'machine-kind';

/** Undefined where no machine has trained yet, or every kind may. */
export function machineKindIn(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, machineFile), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Keeps a folder to the kind of this machine, where it is kept to none. @throws other-machine, write-failed */
export function requireMachineKind(folder: string, here: string): void {
  const kept = machineKindIn(folder) ?? noted(folder, here);
  if (kept !== here) throw zooError('other-machine', { folder, kept, here });
}

export const forgetMachineKind = (folder: string): void => rmSync(join(folder, machineFile), { force: true });

/** The first to do so is right: a link is made where none is, or not at all. */
function noted(folder: string, kind: string): string {
  const file = join(folder, machineFile);
  const whole = temporaryBeside(file);
  try {
    writeFileSync(whole, `${kind}\n`, { flag: 'wx' });
    linkSync(whole, file);
    return kind;
  } catch (error) {
    const first = machineKindIn(folder);
    if (first !== undefined) return first;
    throw zooError('write-failed', { file, reason: systemReason(error) });
  } finally {
    rmSync(whole, { force: true });
  }
}
