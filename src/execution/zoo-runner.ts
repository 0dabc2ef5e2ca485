import type { Engine, RunCell } from '../../registry/contracts';
import { discover } from '../../registry/discover';
import { loadPlugin } from '../../registry/plugins';
import { Registry } from '../../registry/registry';
import { selectEngine } from '../engine/select';
import { FileStore } from '../store';
import { createCellRunner } from '../training/run-cell';
import { systemClock } from './clock';
import type { RunnerModule, RunnerOptions } from './runner';

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
