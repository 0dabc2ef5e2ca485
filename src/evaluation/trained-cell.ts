import type { Registry } from '../../registry/registry';
import type { AnswerMode, SequenceModel } from '../core/contracts/architecture';
import type { CellSpecification, MemoryCells } from '../core/contracts/record';
import type { CellSearch } from '../core/contracts/search';
import { measuredSpecification } from '../core/search';
import type { Task } from '../core/contracts/task';
import { createFormat, type AnyFormat } from '../data/format';
import { ParameterLayout } from '../model/parameters';

/** A cell whose row can be asked again: its model as it was evaluated, with what training left in it. */
export interface TrainedCell {
  readonly specification: CellSpecification;
  readonly task: Task;
  readonly format: AnyFormat;
  readonly model: SequenceModel;
  readonly layout: ParameterLayout;
  /** [count], in the order of the layout */
  readonly parameters: Float32Array;
}

/** What a record says that matters for it. */
interface Recorded {
  readonly specification: CellSpecification;
  readonly search?: CellSearch;
  readonly memory?: MemoryCells;
}

/** The model of a record, before it has its weights. @throws unknown-unit, invalid-value */
export function modelOf(registry: Registry, { memory, ...record }: Recorded) {
  const specification = measuredSpecification(record);
  const { architecture, task: choice, protocol, mode } = specification;
  const task = registry.createTask(choice.id, choice.hyperparameters);
  const format = createFormat(task, mode as AnswerMode, protocol);
  const unit = registry.resolve('architecture', architecture.id);
  const hyperparameters = registry.hyperparameters(unit, architecture.hyperparameters, { place: architecture.id });
  const trained = registry.create(unit).build(hyperparameters, format.vocabulary.size);
  const model = memory ? trained.externalMemory!.withCells(memory.evaluation) : trained;
  return { specification, task, format, model, layout: new ParameterLayout(trained.parameters) };
}

/** The model of a record with these weights [count]. */
export const trainedCell = (registry: Registry, record: Recorded, parameters: Float32Array): TrainedCell => ({
  ...modelOf(registry, record),
  parameters,
});
