import type { SearchSettings, SearchTrial } from '../../core/contracts/search';
import { createRng } from '../../core/random';
import { combinationsOf, searchedValues, type SearchValues } from '../search-values';

/**
 * Combinations of the values, as many as there are trials: all of them in the order of the file, or so many drawn without
 * replacement. The draw knows the search alone, so every row tries the same.
 */
export function drawnSettings(search: SearchValues): SearchSettings[] {
  const { trials = combinationsOf(search), seed = 1 } = search;
  const whole = searchedValues(search).reduce<SearchSettings[]>(
    (before, [path, values]) => before.flatMap((settings) => values.map((value) => ({ ...settings, [path]: value }))),
    [{}],
  );
  if (trials === whole.length) return whole;
  const order = createRng('search')
    .split(seed)
    .shuffle(whole.map((_, at) => at));
  const drawn = new Set(order.slice(0, trials));
  return whole.filter((_, at) => drawn.has(at));
}

/**
 * The trials of one row: what it does not have (`isSettable`) is left out. Drawn settings that become the same thereby are tried
 * again with another seed, so that every row has as many trials.
 */
export function trialsOf(search: SearchValues, isSettable: (path: string) => boolean): SearchTrial[] {
  const times = new Map<string, number>();
  return drawnSettings(search).map((drawn) => {
    const settings = Object.fromEntries(Object.entries(drawn).filter(([path]) => isSettable(path)));
    const name = JSON.stringify(settings);
    const seed = (times.get(name) ?? 0) + 1;
    times.set(name, seed);
    return { settings, seed };
  });
}
