import type { Registry } from '../../../registry/registry';
import type { Job, RecordOf } from '../../core/contracts/record';
import { FileStore } from './file-store';
import { builtInShapes, recordShapesOf } from './record-shapes';

/**
 * What an executor may ask of a folder of results, and a worker of the folder that its runner writes to. Of studies that
 * plugins bring, `registry` knows what their records hold.
 */
export class ResultsFolder {
  private readonly store: FileStore;

  constructor(
    readonly location: string,
    registry?: Registry,
  ) {
    this.store = new FileStore(location, registry ? recordShapesOf(registry) : builtInShapes);
  }

  /** Jobs of its manifest; none where there is no manifest. @throws corrupt-manifest */
  async jobs(): Promise<readonly Job[]> {
    return (await this.store.loadManifest())?.cells ?? [];
  }

  /** The record of a job; undefined where there is none that is believed. */
  async record(key: string): Promise<RecordOf | undefined> {
    const stored = await this.store.load(key);
    return stored.status === 'finished' ? stored.record : undefined;
  }

  /** What a job that is under way, or was stopped, goes on from; null where there is nothing. */
  loadCheckpoint(key: string): Promise<Uint8Array | null> {
    return this.store.loadCheckpoint(key);
  }
  saveCheckpoint(key: string, content: Uint8Array): Promise<void> {
    return this.store.saveCheckpoint(key, content);
  }

  /** Trained weights by the digest that `provenance.weights` of their record has; null where they are not there. */
  loadWeights(digest: string): Promise<Uint8Array | null> {
    return this.store.loadWeights(digest);
  }
  /** Keeps weights, before the record that names them is kept; returns their digest. */
  saveWeights(content: Uint8Array): Promise<string> {
    return this.store.saveWeights(content);
  }
}
