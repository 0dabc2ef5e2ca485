import type { Manifest } from '../../src/core/contracts/manifest';
import type { Job, RecordOf } from '../../src/core/contracts/record';
import type { Store, Stored } from '../../src/core/contracts/store';

/** A store that forgets everything when it goes out of scope. */
export class MemoryStore implements Store {
  readonly location = 'memory';
  private readonly records = new Map<string, RecordOf>();
  private readonly checkpoints = new Map<string, Uint8Array>();
  private manifest: Manifest<Job> | null = null;

  async load(key: string): Promise<Stored> {
    const record = this.records.get(key);
    return record ? { status: 'finished', record } : { status: 'missing' };
  }
  async scan(): Promise<Stored[]> {
    return [...this.records.values()].map((record) => ({ status: 'finished', record }));
  }
  async save(record: RecordOf): Promise<void> {
    this.records.set(record.key, record);
  }
  async loadCheckpoint(key: string): Promise<Uint8Array | null> {
    return this.checkpoints.get(key) ?? null;
  }
  async saveCheckpoint(key: string, content: Uint8Array): Promise<void> {
    this.checkpoints.set(key, content.slice());
  }
  async removeCheckpoint(key: string): Promise<void> {
    this.checkpoints.delete(key);
  }
  async loadManifest(): Promise<Manifest<Job> | null> {
    return this.manifest;
  }
  async saveManifest(manifest: Manifest<Job>): Promise<void> {
    this.manifest = manifest;
  }
}
