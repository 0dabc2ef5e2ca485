import type { Registry } from '../../../registry/registry';
import { cellLabel } from '../../core/cell';
import type { AnswerMode } from '../../core/contracts/architecture';
import type { Cell, CellSpecification } from '../../core/contracts/record';
import type { MeasureContext } from '../../core/contracts/study';
import { createFormat } from '../../data/format';
import { splitOf } from '../../data/shared-split';
import { Probing } from '../../evaluation/probing';
import { noteOrigin } from '../../model/origin';
import { ParameterLayout } from '../../model/parameters';
import { decodeCheckpoint, encodeCheckpoint } from '../../train/checkpoint';
import { train, type TrainingInput } from '../../train/train';

/** What another study changes of a training. */
export type Changes = Partial<Pick<TrainingInput, 'reorder' | 'seed'>>;

/** What is trained on what, as a specification says it. */
export function openCell(registry: Registry, { architecture, task: choice, protocol, mode }: CellSpecification) {
  const split = splitOf(registry, choice, protocol.trainingLengths.maximum);
  const { task } = split;
  const unit = registry.resolve('architecture', architecture.id);
  const format = createFormat(task, mode as AnswerMode, protocol);
  const hyperparameters = registry.hyperparameters(unit, architecture.hyperparameters, { place: architecture.id });
  const { size } = format.vocabulary;
  const model = registry.create(unit).build(hyperparameters, size);
  // A plugin's code may change without any file of the zoo.
  if (unit.code.every((code) => 'file' in code)) noteOrigin(model, { architecture: unit.id, hyperparameters, size });
  return { task, split, format, model, layout: new ParameterLayout(model.parameters) };
}

/** Trains the row of a cell on its column, from its checkpoint if there is one, its probes looking on. */
export async function trainCell(registry: Registry, cell: Cell, context: MeasureContext, changes: Changes = {}) {
  const { task: choice, protocol, probes, seed } = cell.specification;
  const { onProgress, now, signal } = context;
  const label = cellLabel(cell);
  onProgress({ phase: 'starting', step: 0, steps: protocol.steps });
  const engine = await context.engine();
  const { task, split, format, model, layout } = openCell(registry, cell.specification);
  const saved = await context.loadCheckpoint();
  const where = { engine, model, format, split, protocol, label, taskId: choice.id };
  const probing = Probing.open(registry, probes, { ...where, layout });
  const trained = await train(
    { ...where, seed, ...changes, look: probing?.look },
    {
      checkpoint: saved && decodeCheckpoint(saved, layout.count),
      saveCheckpoint: (checkpoint) => context.saveCheckpoint(encodeCheckpoint(checkpoint)),
      onProgress,
      now,
      signal,
    },
  ).finally(() => probing?.dispose());
  context.keepWeights?.(layout.arrays(trained.parameters));
  return { ...where, task, trained };
}
