import { basename } from 'node:path';
import { zooError } from '../src/core/errors';

interface DataFile {
  readonly path: string;
  /** As whoever asked for it wrote it, for messages. */
  readonly name: string;
}

/**
 * Where the files are that tasks are made of and that are too large for a cell: a cell has their digest, which is the same
 * wherever they lie. A task asks for this in its constructor.
 */
export class DataFiles {
  private readonly byDigest = new Map<string, DataFile>();

  add(digest: string, path: string, name = basename(path)): void {
    if (!this.byDigest.has(digest)) this.byDigest.set(digest, { path, name });
  }

  /** @throws unknown-data where nobody said where files of this digest are */
  find(digest: string): DataFile {
    const found = this.byDigest.get(digest);
    if (!found) throw zooError('unknown-data', { digest });
    return found;
  }

  /** Paths by digest, of those digests that are among the values; undefined where none is. */
  among(values: readonly unknown[]): Record<string, string> | undefined {
    const found = values.flatMap((value) => {
      const file = typeof value === 'string' ? this.byDigest.get(value) : undefined;
      return file ? [[value as string, file.path] as const] : [];
    });
    return found.length > 0 ? Object.fromEntries(found) : undefined;
  }

  addAll(paths: Readonly<Record<string, string>> = {}): void {
    for (const [digest, path] of Object.entries(paths)) this.add(digest, path);
  }
}
