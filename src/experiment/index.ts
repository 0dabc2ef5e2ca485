export { expandExperiment, type ExpandOptions } from './expand';
export { parseJson, readJsonFile } from './json-file';
export { keepSeeds } from './keep-seeds';
export { cellKey, fingerprint, plainJson } from './key';
export { budgetOf, matched, parseBudget, type Budget } from './match';
export { findExperiment, loadExperiment, shippedExperiments, type LoadedExperiment } from './load';
export { seedsUpTo, type Experiment } from './schema';
export { parseSelection, type Selection } from './selection';
export { parseSetting } from './settings';
