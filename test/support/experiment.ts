import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { validated } from '../../src/core/validation';
import { expandExperiment, type ExpandOptions } from '../../src/studies/capability/expand';
import { type Experiment as ExperimentType, Experiment, normalised } from '../../src/studies/experiment';

/** The built-in units, found once for a test file. */
export const builtIn = (): Registry => discover(new Registry(), 'tasks', 'architectures');

/** An experiment as if it had been written in a file called my.json. */
export const experimentOf = (plain: Record<string, unknown>): ExperimentType =>
  validated(Experiment, normalised({ name: 'my', ...plain }), { place: 'my.json' });

export const expand = (registry: Registry, plain: Record<string, unknown>, options: Partial<ExpandOptions> = {}) =>
  expandExperiment(registry, experimentOf(plain), { file: 'my.json', engine: 'onnx', ...options });
