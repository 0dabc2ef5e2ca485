import { fingerprint } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import type { Job } from '../../core/contracts/record';
import type { Store, Stored } from '../../core/contracts/store';
import type { Submission } from './submission';

/** What views ask of a place with records, be it a folder or a file. */
export type ReadableStore = Pick<Store, 'location' | 'scan' | 'loadManifest'> & {
  /** Trained weights by their digest; null where they are not there. */
  loadWeights(digest: string): Promise<Uint8Array | null>;
};

/** The key under which a record of a submission is shown where another place has that key, too. */
export const ownKey = (submission: Pick<Submission, 'digest'>, key: string): string =>
  fingerprint([submission.digest, key]);

/** Records of a submission, for whoever reads records. `keys` are those under which they are shown, where they are others. */
export class SubmissionStore implements ReadableStore {
  constructor(
    private readonly submission: Submission,
    private readonly manifest: Manifest<Job> = submission.manifest,
    private readonly keys: ReadonlyMap<string, string> = new Map(),
  ) {}

  get location(): string {
    return this.submission.file;
  }

  scan(expected: ReadonlySet<string>): Promise<Stored[]> {
    const found = [...this.submission.records].flatMap(([key, stored]): Stored[] => {
      if (stored.status !== 'finished') return [stored];
      const shown = this.keys.get(key) ?? key;
      if (!expected.has(shown)) return [];
      return [shown === key ? stored : { ...stored, record: { ...stored.record, key: shown } }];
    });
    return Promise.resolve(found);
  }

  loadManifest(): Promise<Manifest<Job>> {
    return Promise.resolve(this.manifest);
  }

  /** A submission has none. */
  loadWeights(): Promise<null> {
    return Promise.resolve(null);
  }
}
