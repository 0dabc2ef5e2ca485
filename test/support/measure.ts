import type { Registry } from '../../registry/registry';
import type { Engine } from '../../src/core/contracts/engine';
import type { RunJob } from '../../src/core/contracts/execution';
import { recordSchemaVersion, type Cell, type CellRecord } from '../../src/core/contracts/record';
import { measureCell } from '../../src/studies/capability/measure';
import type { MemoryStore } from './memory-store';

interface Where {
  readonly registry: Registry;
  readonly store: MemoryStore;
  readonly engine: Engine;
}

/** The record that a runner would keep of a cell. */
export async function recordOfCell(
  { registry, store, engine }: Where,
  cell: Cell,
  onProgress: Parameters<RunJob>[1] = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<CellRecord> {
  const { body, provenance } = await measureCell(registry, cell, {
    engine: async () => engine,
    loadCheckpoint: () => store.loadCheckpoint(cell.key),
    saveCheckpoint: (content) => store.saveCheckpoint(cell.key, content),
    onProgress,
    now: () => performance.now() / 1000,
    signal,
  });
  return {
    schemaVersion: recordSchemaVersion,
    key: cell.key,
    specification: cell.specification,
    ...body,
    provenance: { ...provenance, startedAt: '', versions: {}, machine: '', engine: '' },
  };
}
