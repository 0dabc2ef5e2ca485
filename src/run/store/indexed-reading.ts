import { join } from 'node:path';
import type { CellRecord, RecordOf } from '../../core/contracts/record';
import type { Stored } from '../../core/contracts/store';
import { isSettled, stateOf, timeNow, type FileState } from './index-file';
import { IndexWriter, RecordIndex } from './record-index';

export const indexName = '.records-index';

/** Fewer records are read as fast as an index would be. */
const leastRecords = 500;
/** Fewer records that the index does not know are read anew each time rather than all of it written. */
const leastNews = 50;
/** Files that are read at once: the others leave time to be interrupted. */
const together = 32;

/** Where records lie, and how one is read; its name is that below the folder. */
export interface RecordFiles {
  readonly folder: string;
  readonly read: (name: string) => Promise<Stored>;
  /** One that was believed before. */
  readonly readAgain: (name: string) => RecordOf;
}

/** Reads all records of a folder, those that have not changed from its index; and writes that where much is new. */
export class IndexedReading {
  constructor(
    /** Of the index. */
    private readonly file: string,
    private readonly records: RecordFiles,
    private readonly limits = { leastRecords, leastNews },
    private readonly now = timeNow,
  ) {}

  /** What each file holds, in their order; files are named below the folder of records. */
  async all(files: readonly string[]): Promise<Stored[]> {
    if (files.length < this.limits.leastRecords) return Promise.all(files.map(this.records.read));
    const index = RecordIndex.read(this.file);
    const began = this.now();
    const found: Stored[] = [];
    const states = files.map((name) => stateOf(join(this.records.folder, name)));
    const isKnown = files.map((file, at) => (states[at] && index?.knows(file, states[at])) ?? false);
    while (found.length < files.length) {
      const from = found.length;
      if (isKnown[from]) {
        found.push(this.known(index!, files[from]!));
        continue;
      }
      const next = isKnown.indexOf(true, from);
      const unknown = files.slice(from, Math.min(from + together, next < 0 ? files.length : next));
      found.push(...(await Promise.all(unknown.map(this.records.read))));
    }
    const isNew = files.map((_, at) => !isKnown[at] && isSettled(states[at], began) && isIndexed(found[at]!));
    if (isNew.filter(Boolean).length >= this.limits.leastNews)
      this.write(files, states, found, (at) => isKnown[at]! || isNew[at]!);
    return found;
  }

  private known(index: RecordIndex, file: string): Stored {
    const again = () => this.records.readAgain(file) as CellRecord;
    let record: RecordOf | undefined;
    return {
      status: 'finished',
      get record() {
        return (record ??= index.record(file, again));
      },
    };
  }

  private write(
    files: readonly string[],
    states: readonly (FileState | undefined)[],
    found: readonly Stored[],
    isWritten: (at: number) => boolean,
  ): void {
    const writer = new IndexWriter();
    files.forEach((file, at) => {
      const stored = found[at]!;
      if (isWritten(at) && stored.status === 'finished') writer.add(file, states[at]!, stored.record as CellRecord);
    });
    try {
      writer.write(this.file);
    } catch {
      // A folder that cannot be written to: it is read as before.
    }
  }
}

/** Of the study `capability` alone: its views show very many records. */
const isIndexed = (stored: Stored): boolean =>
  stored.status === 'finished' && stored.record.specification.study === undefined;
