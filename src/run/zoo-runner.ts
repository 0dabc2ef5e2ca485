import type { Engine } from '../core/contracts/engine';
import type { RunCell } from '../core/contracts/execution';
import { discover } from '../../registry/discover';
import { loadPlugin } from '../../registry/plugins';
import { Registry } from '../../registry/registry';
import { selectEngine } from '../engine/select';
import { FileStore } from './store/file-store';
import { createCellRunner } from '../studies/capability/measure';
import { systemClock } from '../core/clock';
import type { RunnerModule, RunnerOptions } from './workers/runner';

/** The runner of the zoo itself: loads the plugins of a cell, trains and evaluates it, and saves its record. */
export const createRunner: RunnerModule['createRunner'] = ({
  storeLocation,
  engine,
  threads,
}: RunnerOptions): RunCell => {
  const registry = discover(new Registry(), 'tasks', 'architectures');
  const store = new FileStore(storeLocation);
  const plugins = new Set<string>();
  let selected: Promise<Engine> | undefined;
  const runCell = createCellRunner({
    registry,
    store,
    engine: () => (selected ??= selectEngine(engine, { threads })),
    timeOfDay: () => systemClock.timestamp(),
  });
  return async (cell, onProgress, signal) => {
    for (const file of cell.plugins.filter((plugin) => !plugins.has(plugin))) {
      await loadPlugin(registry, file);
      plugins.add(file);
    }
    const record = await runCell(cell, onProgress, signal);
    await store.save(record);
    await store.removeCheckpoint(cell.key);
    return record;
  };
};
