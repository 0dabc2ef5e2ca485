import type { JobSpecification } from '../../core/contracts/record';
import type { SearchSpecification } from '../../core/contracts/search';

/**
 * What two specifications of the same units set differently, as "protocol.steps 500 instead of 1000" by the names that `--set`
 * knows. Seed, engine and versions are no settings.
 */
export function settingDifferences(then: JobSpecification, now: JobSpecification): string[] {
  const [before, after] = [settingsOf(then), settingsOf(now)];
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.flatMap((path) => {
    const [a, b] = [before.get(path), after.get(path)];
    return a === b ? [] : `${path} ${a ?? 'not set'} instead of ${b ?? 'not set'}`;
  });
}

/** Values by path, as JSON. */
function settingsOf(specification: JobSpecification): Map<string, string> {
  const { study, architecture, task, protocol, probes, search } = specification;
  const settings = new Map<string, string>();
  for (const choice of [study, architecture, task]) if (choice) collect(choice.hyperparameters, choice.id, settings);
  collect(protocol ?? {}, 'protocol', settings);
  for (const { id, hyperparameters } of probes ?? []) {
    settings.set('probes', [settings.get('probes'), id].filter(Boolean).join(', '));
    collect(hyperparameters, id, settings);
  }
  if (search) collectSearch(search, settings);
  return settings;
}

/** What is searched, with all values that are tried of it. */
function collectSearch({ rule, seed, trials }: SearchSpecification, into: Map<string, string>): void {
  collect({ rule, seed, trials: trials.length }, 'search', into);
  for (const path of new Set(trials.flatMap(({ settings }) => Object.keys(settings)))) {
    const values = new Set(trials.map(({ settings }) => JSON.stringify(settings[path])));
    into.set(`search.${path}`, [...values].join(', '));
  }
}

function collect(values: object, path: string, into: Map<string, string>): void {
  for (const [name, value] of Object.entries(values) as [string, unknown][]) {
    if (value === undefined) continue;
    const place = `${path}.${name}`;
    if (isObject(value)) collect(value, place, into);
    else into.set(place, JSON.stringify(value));
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
