import type { SearchSettings, SearchTrial } from '../../core/contracts/search';
import { printable } from '../../report/printable';

/** "learningRate 0.003, layers 2": the last word of each path. */
export const settingsText = (settings: SearchSettings): string =>
  Object.entries(settings)
    .map(([path, value]) => `${path.slice(path.lastIndexOf('.') + 1)} ${printable(String(value))}`)
    .join(', ');

/** "best of 8 settings": what was tried, by its settings; where some were tried again with another seed, by its trials. */
export function searchWords({ trials }: { readonly trials: readonly SearchTrial[] }): string {
  const settings = new Set(trials.map((trial) => JSON.stringify(trial.settings))).size;
  const best = `best of ${settings} ${settings === 1 ? 'setting' : 'settings'}`;
  return settings === trials.length ? best : `${best} in ${trials.length} trials`;
}
