import { readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Task } from '../../../src/core/contracts/task';
import { unitOf, type Unit, type UnitClass } from '../../../registry/units';

export const projectRoot = join(__dirname, '../../..');

export interface TaskFile {
  /** Name of the three files of the unit, without extension. */
  readonly name: string;
  readonly source: string;
  readonly page: string;
  readonly test: string;
  /** The tasks the file declares, in order: more than one for a family. */
  readonly units: readonly Unit<'task'>[];
}

/** Every file of the tasks folder with the tasks it declares: nothing is listed by hand. */
export const taskFiles: readonly TaskFile[] = readdirSync(join(projectRoot, 'tasks'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => {
    const name = basename(file, '.ts');
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the folder decides what is loaded
    const exported = Object.values(require(join(projectRoot, 'tasks', file)) as object);
    const units = exported.map(unitOf).filter((unit) => unit?.kind === 'task') as Unit<'task'>[];
    return {
      name,
      source: `tasks/${file}`,
      page: `tasks/${name}.md`,
      test: `test/tasks/${name}.test.ts`,
      units,
    };
  });

export const taskUnits: readonly Unit<'task'>[] = taskFiles.flatMap((file) => file.units);

/** The task of this id with its default hyperparameters. */
export function createTask(id: string): Task {
  const unit = taskUnits.find((candidate) => candidate.meta.id === id);
  if (!unit) throw new Error(`no task ${id} in ${relative(process.cwd(), join(projectRoot, 'tasks'))}`);
  return new (unit.unitClass as UnitClass<'task'>)();
}
