import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import { tokens } from './container';
import type { DataFiles } from './data-files';
import { zooError } from '../src/core/errors';
import { nearestNames } from '../src/core/nearest';
import { type RegisteredUnit, unitOf, type TaskFamily } from './units';

/** Tasks whose names hold what a user writes: `regex:(ab)*`, `grammar:mine.bnf`. */
export class Families {
  constructor(
    private readonly container: DependencyContainer,
    /** Where relative names of files start from: the first of these where there is such a file. */
    private readonly folders: readonly string[],
    private readonly data: DataFiles,
  ) {}

  add(family: TaskFamily, namespace?: string): void {
    if (this.all().some(({ create }) => create === family.create)) return;
    const base = namespace ? `${namespace}/${family.base}` : family.base;
    this.container.register<TaskFamily>(tokens.family, { useValue: { ...family, base } });
  }

  /** The task that a name of a family means, or undefined where it names none; `taskOf` gives the bases. */
  find(id: string, taskOf: (base: string) => RegisteredUnit<'task'> | undefined): RegisteredUnit<'task'> | undefined {
    const [prefix, text] = parted(id);
    if (text === undefined) return undefined;
    const family = this.all().find(({ base }) => base === prefix);
    const base = family && taskOf(prefix);
    if (!base) return undefined;
    const value = this.valueOf(family, text, base.meta.title);
    const special = unitOf(family.create(text, value))!.meta as RegisteredUnit<'task'>['meta'];
    return {
      ...base,
      id,
      meta: { ...special, hyperparameters: base.meta.hyperparameters },
      stands: { for: base.id, hyperparameters: { [family.hyperparameter]: value } },
    };
  }

  /** Names that a misspelt one may have meant; undefined where it has not the form of one. */
  nearest(id: string): string[] | undefined {
    const [prefix, text] = parted(id);
    if (text === undefined) return undefined;
    return nearestNames(prefix, this.bases()).map((base) => `${base}:${text}`);
  }

  bases = (): string[] => this.all().map(({ base }) => base);

  private all = (): TaskFamily[] =>
    this.container.isRegistered(tokens.family) ? this.container.resolveAll<TaskFamily>(tokens.family) : [];

  private valueOf({ fromFile, digestOf }: TaskFamily, text: string, title: string): string {
    if (!digestOf) return fromFile ? this.read(text, title) : text;
    const path = this.pathOf(text);
    const digest = digestOf(path, text);
    this.data.add(digest, path, text);
    return digest;
  }

  private pathOf(name: string): string {
    const paths = this.folders.map((folder) => resolve(folder, name));
    return paths.find((path) => existsSync(path)) ?? paths[0]!;
  }

  private read(name: string, title: string): string {
    try {
      return readFileSync(this.pathOf(name), 'utf8');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const purpose = `text of the task "${title}"`;
      if (code === 'ENOENT' || code === 'ENOTDIR') throw zooError('missing-file', { file: name, purpose });
      throw zooError('unreadable-file', {
        file: name,
        reason: code === 'EISDIR' ? 'it is a folder' : message,
      });
    }
  }
}

/** What is before and behind the first colon. */
function parted(id: string): [string, string?] {
  const colon = id.indexOf(':');
  return colon < 0 ? [id] : [id.slice(0, colon), id.slice(colon + 1)];
}
