import type { Registry } from '../../../registry/registry';
import { columnOf, jobOf, plainJson, rowOf } from '../../core/cell';
import type { Inapplicable, Manifest } from '../../core/contracts/manifest';
import type { CellSpecification } from '../../core/contracts/record';
import type { ExpandContext } from '../../core/contracts/study';
import { zooError } from '../../core/errors';
import { usualSetting } from '../../model/sizes';
import { expandExperiment } from '../capability/expand';
import type { RebalancingExperiment, RebalancingSettings } from './settings';

/**
 * The grid of the experiment, each cell with what is done to its model; rows that the intervention refuses are left out with
 * the reason. @throws unknown-unit or invalid-value naming file and JSON path
 */
export function expandRebalancing(
  registry: Registry,
  experiment: RebalancingExperiment,
  study: { readonly id: string; readonly version: number },
  context: ExpandContext,
): Manifest {
  const { vary, values, shifts } = experiment;
  const unit = registry.resolve('intervention', experiment.intervention.id, `${context.file}, intervention`);
  const defaults = registry.hyperparameters(unit, experiment.intervention.hyperparameters, {
    place: context.file,
    path: 'intervention.hyperparameters',
  });
  for (const [at, value] of values.entries())
    registry.hyperparameters(unit, { [vary]: value }, { place: context.file, path: `values[${at}]` });
  const published = (new unit.meta.hyperparameters!() as Readonly<Record<string, unknown>>)[vary];
  const settings = {
    intervention: { id: unit.id, version: unit.meta.version, hyperparameters: plainJson({ ...defaults }) },
    ...{ vary, values },
    published: Number(published),
  };
  const grid = expandExperiment(registry, { ...experiment, baselines: [] }, context);
  if (grid.cells.some(({ specification }) => specification.search)) {
    const problems = ['search: this study changes trained models of settings that are written, and searches none'];
    throw zooError('invalid-value', { place: context.file, problems });
  }
  const refused = new Map<string, string | undefined>();
  const reasonOf = ({ architecture }: CellSpecification): string | undefined => {
    const name = JSON.stringify(architecture);
    if (!refused.has(name)) {
      const row = registry.resolve('architecture', architecture.id);
      const all = registry.hyperparameters(row, architecture.hyperparameters, { place: architecture.id });
      const model = registry.create(row).build(all, usualSetting.vocabularySize);
      refused.set(name, registry.create(unit).refuses?.(model));
    }
    return refused.get(name);
  };
  const inapplicable = new Map<string, Inapplicable>();
  const cells = grid.cells.flatMap((cell) => {
    const { specification, plugins, row, column } = cell;
    const reason = reasonOf(specification);
    if (reason !== undefined) {
      const pair = { architecture: rowOf(cell), task: columnOf(cell) };
      inapplicable.set(JSON.stringify(pair), { ...pair, reason });
      return [];
    }
    const own = shifts.filter(({ task }) => task === specification.task.id);
    for (const shift of own) requireSameAlphabets(registry, specification, shift.hyperparameters, context.file);
    const hyperparameters: RebalancingSettings = {
      ...settings,
      shifts: own.map(({ name, hyperparameters: changed }) => ({ name, hyperparameters: changed })),
    };
    const choice = { ...study, hyperparameters: hyperparameters as unknown as Record<string, unknown> };
    return jobOf<CellSpecification>({ ...specification, study: choice }, plugins, { row, column });
  });
  return { ...grid, study: study.id, cells, inapplicable: [...grid.inapplicable, ...inapplicable.values()] };
}

/** A model reads the symbols that it was trained on. */
function requireSameAlphabets(
  registry: Registry,
  { task: { id, hyperparameters } }: CellSpecification,
  changed: object,
  file: string,
): void {
  const [own, other] = [hyperparameters, { ...hyperparameters, ...changed }].map((all) =>
    JSON.stringify(registry.createTask(id, all).alphabets),
  );
  if (own === other) return;
  const problems = [`shifts: ${id} has other symbols with ${JSON.stringify(changed)} than it is trained with`];
  throw zooError('invalid-value', { place: file, problems });
}
