import type { Registry } from '../../../registry/registry';
import type { RegisteredUnit, UnitKind } from '../../../registry/units';
import { cellLabel, jobOf } from '../../core/cell';
import type { CodeIdentity, Job, JobSpecification, PluginCode, UnitChoice } from '../../core/contracts/record';
import { zooError } from '../../core/errors';
import { studyOf } from '../../core/experiment';
import { searchStudy } from '../../core/search';

type Versions = Pick<JobSpecification, 'study' | 'architecture' | 'task' | 'probes' | 'search' | keyof CodeIdentity>;

/**
 * A job with the code at hand in its specification, and so in its key, and with the place of the files it needs.
 * @throws unknown-unit
 */
export function identified<J extends Job>(registry: Registry, job: J): J {
  const { row, column, plugins, specification } = job;
  const data = registry.data.among(Object.values(specification.task?.hyperparameters ?? {}));
  return jobOf({ ...specification, ...identityOf(registry, specification) }, plugins, { row, column, data }) as J;
}

/** Whether a specification names its code: one that a person wrote does not. */
export const isIdentified = ({ studyVersion, engineRevision, pluginCode }: CodeIdentity): boolean =>
  studyVersion !== undefined || engineRevision !== undefined || pluginCode !== undefined;

/** Units that a job is measured with. @throws unknown-unit */
export function unitsOf(registry: Registry, specification: JobSpecification): RegisteredUnit[] {
  const { architecture, task, mode, probes = [], engine } = specification;
  const named: readonly (readonly [UnitKind, string | undefined])[] = [
    ['study', studyOf(specification)],
    [mode === 'baseline' ? 'baseline' : 'architecture', architecture?.id],
    ['task', task?.id],
    ...probes.map(({ id }) => ['probe', id] as const),
    ['engine', engine === 'none' ? undefined : engine],
  ];
  return named.flatMap(([kind, id]) => (id === undefined ? [] : registry.resolve(kind, id)));
}

function identityOf(registry: Registry, specification: JobSpecification): CodeIdentity {
  const units = unitsOf(registry, specification);
  const byName = new Map<string, PluginCode>();
  for (const code of units.flatMap((unit) => unit.code))
    if ('plugin' in code) byName.set(code.plugin.name, code.plugin);
  const pluginCode = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const engine = ofKind(units, 'engine');
  return {
    studyVersion: specification.study ? undefined : ofKind(units, 'study')!.meta.version,
    engineRevision: engine?.meta.revision,
    pluginCode: pluginCode.length > 0 ? pluginCode : undefined,
  };
}

const versionOf = (units: readonly RegisteredUnit[], id: string): number =>
  units.find((unit): unit is RegisteredUnit<'probe'> => unit.kind === 'probe' && unit.id === id)!.meta.version;

const ofKind = <K extends UnitKind>(units: readonly RegisteredUnit[], kind: K) =>
  units.find((unit) => unit.kind === kind) as RegisteredUnit<K> | undefined;

/** How the code at hand differs from what a specification says: empty where it is the same. */
export function differencesFromHere(registry: Registry, specification: JobSpecification): string[] {
  const units = unitsOf(registry, specification);
  const here = (choice: UnitChoice | undefined, ...kinds: UnitKind[]): UnitChoice | undefined => {
    const unit = units.find(({ kind }) => kinds.includes(kind));
    return choice && unit && { ...choice, version: (unit.meta as { readonly version: number }).version };
  };
  return differences(specification, {
    engine: specification.engine,
    study: here(specification.study, 'study'),
    architecture: here(specification.architecture, 'architecture', 'baseline'),
    task: here(specification.task, 'task'),
    probes: specification.probes?.map((choice) => ({ ...choice, version: versionOf(units, choice.id) })),
    search: specification.search && {
      ...specification.search,
      version: registry.resolve('study', searchStudy).meta.version,
    },
    ...identityOf(registry, specification),
  });
}

/** How one specification's code became another's, each as "lstm went from version 1 to 2". */
export function differences(then: Versions, now: Versions & Pick<JobSpecification, 'engine'>): string[] {
  const step = (name: string, what: string, a: number | undefined, b: number | undefined) =>
    a === b ? [] : [`${name} went from ${what} ${a ?? 'unknown'} to ${b ?? 'unknown'}`];
  const kinds = ['study', 'architecture', 'task'] as const;
  return [
    ...kinds.flatMap((kind) => step(now[kind]?.id ?? '', 'version', then[kind]?.version, now[kind]?.version)),
    ...(now.probes ?? []).flatMap(({ id, version }) => {
      const before = then.probes?.find((probe) => probe.id === id); // one more probe is no other code
      return before ? step(id, 'version', before.version, version) : [];
    }),
    // Whether anything is searched is a setting.
    ...(then.search && now.search ? step('the search', 'version', then.search.version, now.search.version) : []),
    ...step('the study', 'version', then.studyVersion, now.studyVersion),
    ...step(`the engine ${now.engine}`, 'revision', then.engineRevision, now.engineRevision),
    ...pluginDifferences(then.pluginCode ?? [], now.pluginCode ?? []),
  ];
}

function pluginDifferences(then: readonly PluginCode[], now: readonly PluginCode[]): string[] {
  const names = [...new Set([...then, ...now].map(({ name }) => name))];
  return names.flatMap((name) => {
    const [a, b] = [then, now].map((list) => list.find((plugin) => plugin.name === name));
    if (!a || !b) return `plugin ${name} ${a ? 'lost its' : 'got a'} part in it`;
    if (a.version !== b.version) return `plugin ${name} went from ${a.version} to ${b.version}`;
    return a.digest === b.digest ? [] : `plugin ${name} changed`;
  });
}

/** A record must be of the code that it names. @throws other-code */
export function requireThisCode(registry: Registry, job: Job): void {
  const found = differencesFromHere(registry, job.specification);
  if (found.length > 0) throw zooError('other-code', { cell: cellLabel(job), differences: found });
}

/** The same for many jobs: each combination of units is looked at once. @throws other-code */
export function requireThisCodeOfAll(registry: Registry, jobs: readonly Job[]): void {
  const seen = new Set<string>();
  for (const job of jobs) {
    const { study, architecture, task, probes, mode, engine, studyVersion, engineRevision, pluginCode } =
      job.specification;
    const units = [study, architecture, task, ...(probes ?? [])].map((unit) => unit && [unit.id, unit.version]);
    const code = JSON.stringify([units, mode === 'baseline', engine, studyVersion, engineRevision, pluginCode]);
    if (seen.has(code)) continue;
    seen.add(code);
    requireThisCode(registry, job);
  }
}
