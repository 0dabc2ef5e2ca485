import type { UnitChoice } from '../../core/contracts/record';
import type { SearchSettings, SearchSpecification } from '../../core/contracts/search';
import { searchRules } from '../../core/contracts/search';
import { zooError } from '../../core/errors';
import { describeHyperparameters } from '../../core/hyperparameters';
import { nearestNames } from '../../core/nearest';
import { Protocol } from '../../core/protocol';
import { hyperparameterPrefix, withSettings } from '../../core/search';
import type { Column, GridReader, Row } from '../grid';
import { searchedValues, type SearchValues } from '../search-values';
import { trialsOf } from './trials';

/** Of the study that searches: raised when a change can move what it chooses. */
export const searchVersion = 1;

/** Settings of the protocol that can be searched: those that leave data and budget of a row as they are. */
const ofProtocol = describeHyperparameters(Protocol)
  .map(({ name }) => name)
  .filter((name) => name.startsWith('optimiser.') || name === 'computationSteps');

/** Whether a row has a setting, and can have all of these values of it. */
function isOf(row: Row, path: string, values: readonly unknown[]): boolean {
  if (path === 'computationSteps') return row.mode === 'direct'; // nobody else has any
  if (!path.startsWith(hyperparameterPrefix)) return ofProtocol.includes(path);
  const name = path.slice(hyperparameterPrefix.length);
  return row.searchable.includes(name) && values.every((value) => row.allows(name, value));
}

/** What an experiment says of searching, for its cells. */
export class GridSearch {
  private readonly used = new Map<SearchValues, Set<string>>();
  /** Hyperparameters that would have meant something. */
  private readonly known = new Set<string>();

  constructor(
    private readonly file: string,
    private readonly reader: GridReader,
    /** Of all rows that do not say otherwise. */
    private readonly search: SearchValues | undefined,
  ) {}

  /** The search of a cell whose row is measured as `base` without one; undefined where nothing of it is searched. */
  of(row: Row, column: Column, protocol: Protocol, base: UnitChoice): SearchSpecification | undefined {
    const search = row.search ?? this.search;
    if (!search || row.mode === 'baseline') return undefined;
    row.searchable.forEach((name) => this.known.add(hyperparameterPrefix + name));
    const settable = new Set(searchedValues(search).flatMap(([path, values]) => (isOf(row, path, values) ? path : [])));
    this.use(search, settable);
    const trials = trialsOf(search, (path) => settable.has(path));
    if (trials.every(({ settings }) => Object.keys(settings).length === 0)) return undefined;
    return {
      version: searchVersion,
      rule: search.rule ?? searchRules[0],
      seed: search.seed ?? 1,
      trials: trials.map(({ settings, seed }) => ({
        settings: this.whole(row, column, { architecture: base, protocol }, settings),
        seed,
      })),
    };
  }

  /** @throws invalid-value for a path that is of no row that is searched so */
  requireUsed(): void {
    for (const [search, used] of this.used)
      for (const [path] of searchedValues(search)) {
        if (used.has(path)) continue;
        const problems = [
          `search: "${path}" is nothing that can be searched here; there are optimiser.*, computationSteps, and hyperparameters.* of the rows, without what "match" solves for`,
        ];
        const nearest = nearestNames(path, [...ofProtocol, ...this.known]);
        throw zooError('invalid-value', { place: this.file, problems, nearest });
      }
  }

  private use(search: SearchValues, settable: ReadonlySet<string>): void {
    const used = this.used.get(search) ?? new Set();
    for (const [path] of searchedValues(search)) if (settable.has(path)) used.add(path);
    this.used.set(search, used);
  }

  /**
   * Settings with all that differs with them from the row as it is: a budget that every row is to meet is met by every trial, with
   * a width of its own.
   */
  private whole(
    row: Row,
    column: Column,
    cell: { readonly architecture: UnitChoice; readonly protocol: Protocol },
    settings: SearchSettings,
  ): SearchSettings {
    const { architecture, protocol } = withSettings(cell, settings);
    this.reader.override(protocol, 'search');
    const given = Object.entries(settings).flatMap(([path, value]) =>
      path.startsWith(hyperparameterPrefix) ? [[path.slice(hyperparameterPrefix.length), value] as const] : [],
    );
    if (given.length === 0) return settings;
    const { hyperparameters } = row.choice(column, protocol, Object.fromEntries(given));
    const differing = Object.entries(hyperparameters).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(architecture.hyperparameters[name]),
    );
    return {
      ...settings,
      ...Object.fromEntries(differing.map(([name, value]) => [hyperparameterPrefix + name, value])),
    };
  }
}
