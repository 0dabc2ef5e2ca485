import type { Registry } from '../../registry/registry';
import { instanceOf } from '../../registry/units';
import type { SequenceModel } from '../core/contracts/architecture';
import { rowOf } from '../core/cell';
import type { Manifest } from '../core/contracts/manifest';
import type { Cell } from '../core/contracts/record';
import { longestEvaluated, memoryCells, whyTooLong } from '../evaluation/external-memory';
import { usualSetting } from '../model/sizes';

/** Rows whose external memory has no room for the longest inputs that they are to meet, a sentence each. */
export function memoryNotes(registry: Registry, { cells }: Manifest): string[] {
  const models = new Map<string, SequenceModel>();
  const modelOf = ({ specification: { architecture } }: Cell): SequenceModel => {
    const key = JSON.stringify(architecture);
    if (!models.has(key)) models.set(key, built(registry, architecture));
    return models.get(key)!;
  };
  const notes = cells.flatMap((cell) => {
    const { mode, task: choice, protocol } = cell.specification;
    if (mode === 'baseline' || !modelOf(cell).externalMemory) return [];
    const task = registry.createTask(choice.id, choice.hyperparameters);
    const { training, evaluation } = memoryCells(modelOf(cell), task, protocol)!;
    const [tooLongToTrain, tooLongToEvaluate] = [
      whyTooLong(training, protocol.trainingLengths.maximum),
      whyTooLong(evaluation, longestEvaluated(task, protocol)),
    ];
    return [
      ...(tooLongToTrain ? [`${rowOf(cell)} is trained with ${tooLongToTrain} (memory.training).`] : []),
      ...(tooLongToEvaluate ? [`${rowOf(cell)} is evaluated with ${tooLongToEvaluate} (memory.evaluation).`] : []),
    ];
  });
  return [...new Set(notes)];
}

/** Cells of memories do not depend on the size of a vocabulary. */
function built(registry: Registry, { id, hyperparameters }: Cell['specification']['architecture']): SequenceModel {
  const unit = registry.resolve('architecture', id);
  const all = registry.hyperparameters(unit, hyperparameters, { place: id });
  return instanceOf(unit).build(all, usualSetting.vocabularySize);
}
