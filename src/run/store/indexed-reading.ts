import type { CellRecord, RecordOf } from '../../core/contracts/record';
import type { Stored } from '../../core/contracts/store';
import { isSettled, timeNow, type FileState } from './index-file';
import { IndexWriter, RecordIndex } from './record-index';

export const indexName = '.records-index';

/** Fewer records are read as fast as an index would be. */
const leastRecords = 500;
/** Fewer records that the index does not know are read anew each time rather than all of it written. */
const leastNews = 50;
/** Records that are read at once: the others leave time to be interrupted. */
const together = 32;

/** A record that can be read. */
export interface Readable {
  /** Known to the index by it; it ends with the record's key and `.json`. */
  readonly name: string;
  /** Of the file that holds it. */
  state(): FileState | undefined;
}

export interface Reader<R extends Readable> {
  readonly read: (record: R) => Promise<Stored>;
  /** One that was believed before. */
  readonly readAgain: (record: R) => RecordOf;
}

/** Reads all records of a folder, those that have not changed from its index; and writes that where much is new. */
export class IndexedReading<R extends Readable> {
  constructor(
    /** Of the index. */
    private readonly file: string,
    private readonly reader: Reader<R>,
    private readonly limits = { leastRecords, leastNews },
    private readonly now = timeNow,
  ) {}

  /** What each holds, in their order. */
  async all(records: readonly R[]): Promise<Stored[]> {
    const { read } = this.reader;
    if (records.length < this.limits.leastRecords) return Promise.all(records.map(read));
    const index = RecordIndex.read(this.file);
    const began = this.now();
    const found: Stored[] = [];
    const states = records.map((record) => record.state());
    const isKnown = records.map(({ name }, at) => (states[at] && index?.knows(name, states[at])) ?? false);
    while (found.length < records.length) {
      const from = found.length;
      if (isKnown[from]) {
        found.push(this.known(index!, records[from]!));
        continue;
      }
      const next = isKnown.indexOf(true, from);
      const unknown = records.slice(from, Math.min(from + together, next < 0 ? records.length : next));
      found.push(...(await Promise.all(unknown.map(read))));
    }
    const isNew = records.map((_, at) => !isKnown[at] && isSettled(states[at], began) && isIndexed(found[at]!));
    if (isNew.filter(Boolean).length >= this.limits.leastNews)
      this.write(records, states, found, (at) => isKnown[at]! || isNew[at]!);
    return found;
  }

  private known(index: RecordIndex, from: R): Stored {
    const again = () => this.reader.readAgain(from) as CellRecord;
    let record: RecordOf | undefined;
    return {
      status: 'finished',
      get record() {
        return (record ??= index.record(from.name, again));
      },
    };
  }

  private write(
    records: readonly R[],
    states: readonly (FileState | undefined)[],
    found: readonly Stored[],
    isWritten: (at: number) => boolean,
  ): void {
    const writer = new IndexWriter();
    records.forEach(({ name }, at) => {
      const stored = found[at]!;
      if (isWritten(at) && stored.status === 'finished') writer.add(name, states[at]!, stored.record as CellRecord);
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
