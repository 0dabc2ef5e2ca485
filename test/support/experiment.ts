import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { validated } from '../../src/core/validation';
import type { ExpandContext } from '../../src/core/contracts/study';
import { expandExperiment } from '../../src/studies/capability/expand';
import { readExperiment, understandExperiment } from '../../src/run/experiment/load';
import { GridExperiment } from '../../src/studies/experiment';

/** The built-in units, found once for a test file. */
export const builtIn = (): Registry => discover(new Registry(), 'tasks', 'architectures');

/** An experiment as if it had been written in a file called my.json. */
export const experimentOf = (plain: Record<string, unknown>): GridExperiment =>
  validated(GridExperiment, GridExperiment.writtenOut({ name: 'my', ...plain }), { place: 'my.json' });

export const expand = (registry: Registry, plain: Record<string, unknown>, options: Partial<ExpandContext> = {}) =>
  expandExperiment(registry, experimentOf(plain), {
    file: 'my.json',
    engine: 'onnx',
    plugins: [],
    ...options,
  });

const studies = discover(new Registry(), 'studies');

/** An experiment file of the study `capability`, read and understood. */
export function loadExperiment(file: string, settings: readonly string[] = []): { experiment: GridExperiment } {
  const { experiment } = understandExperiment(studies, readExperiment(file), settings);
  return { experiment: experiment as GridExperiment };
}
