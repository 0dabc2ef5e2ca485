import { jobOf, plainJson } from './cell';
import type { CapabilityBody, CellSpecification, Job, RecordOf } from './contracts/record';
import type { SearchBody, SearchSettings } from './contracts/search';
import { nested, overlaid } from './overlay';
import { EvaluationProtocol } from './protocol';

/** Id of the study that searches. */
export const searchStudy = 'search';

/** Before the name of a hyperparameter of the row; other paths are of the protocol. */
export const hyperparameterPrefix = 'hyperparameters.';

type Searched = Pick<CellSpecification, 'architecture' | 'protocol'>;

/** A specification with the settings of a trial in it. */
export function withSettings<S extends Searched>(specification: S, settings: SearchSettings): S {
  const laid = Object.entries(settings).reduce<object>(
    (under, [path, value]) => overlaid(under, nested(placeOf(path), value)),
    {
      hyperparameters: specification.architecture.hyperparameters,
      protocol: specification.protocol,
    },
  ) as { hyperparameters: Searched['architecture']['hyperparameters']; protocol: Searched['protocol'] };
  const { hyperparameters, protocol } = plainJson(laid);
  return { ...specification, architecture: { ...specification.architecture, hyperparameters }, protocol };
}

/** Where a setting stands in what settings are laid over. */
const placeOf = (path: string): string => (path.startsWith(hyperparameterPrefix) ? path : `protocol.${path}`);

/** The settings that a search chose. */
export const chosenSettings = ({ trials, chosen }: Pick<SearchBody, 'trials' | 'chosen'>): SearchSettings =>
  trials[chosen]!.settings;

/** Stands for the value of a setting that a search chooses. */
const searchedValue = 'searched';

/** The protocol of a cell as it is told before a search has chosen: `searched` where a value is to be found. */
export function toldProtocol(specification: Searched & Pick<CellSpecification, 'search'>): Searched['protocol'] {
  const [first] = specification.search?.trials ?? [];
  if (!first) return specification.protocol;
  const paths = Object.keys(first.settings).filter((path) => !path.startsWith(hyperparameterPrefix));
  return withSettings(specification, Object.fromEntries(paths.map((path) => [path, searchedValue]))).protocol;
}

/** What a record was measured with: its specification, with what its search chose where it had one. */
export const measuredSpecification = <S extends Searched>({
  specification,
  search,
}: {
  readonly specification: S;
  readonly search?: CapabilityBody['search'];
}): S => (search ? withSettings(specification, chosenSettings(search)) : specification);

/**
 * The job that chooses the settings of a job; undefined where nothing is searched. Jobs that differ in their seed, in what looks
 * on, or in what is tested afterwards have it in common.
 */
export function searchJobOf({ specification, plugins, row, column, data }: Job): Job<CellSpecification> | undefined {
  const { search, study: _, studyVersion: __, probes: ___, protocol, ...rest } = specification as CellSpecification;
  if (!search) return undefined;
  const { version, seed, rule, trials } = search;
  const study = { id: searchStudy, version, hyperparameters: { rule, trials } };
  const evaluation = { ...new EvaluationProtocol() };
  return jobOf({ ...rest, study, seed, protocol: { ...protocol, evaluation } }, plugins, { row, column, data });
}

/** Keys of the searches that jobs need. */
export const searchKeysOf = (jobs: readonly Job[]): Set<string> =>
  new Set(jobs.flatMap((job) => searchJobOf(job)?.key ?? []));

/** The record of a search. */
export type SearchRecord = RecordOf<SearchBody> & { readonly specification: CellSpecification };
