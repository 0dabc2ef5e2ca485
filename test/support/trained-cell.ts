import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { recordSchemaVersion, type CellSpecification } from '../../src/core/contracts/record';
import { Protocol } from '../../src/core/protocol';
import { createRng } from '../../src/core/random';
import { memoryCells } from '../../src/evaluation/external-memory';
import { modelOf, type TrainedCell } from '../../src/evaluation/trained-cell';

let registry: Registry | undefined;

interface Given {
  /** Longest trained input; evaluated are those up to 6.4 times as long. */
  readonly longest?: number;
  readonly computationSteps?: number;
  /** Of what weights are drawn from, and what is added to it. */
  readonly scale?: number;
  readonly noise?: number;
}

/** A cell at its defaults whose weights are not trained but large, so that its answers depend on its inputs. */
export function untrainedCell(
  row: string,
  column: string,
  { longest = 10, computationSteps = 0, scale = 1.5, noise = 0.2 }: Given = {},
): TrainedCell {
  registry ??= discover(new Registry(), 'architectures', 'tasks');
  const unit = registry.resolve('architecture', row);
  const protocol = Object.assign(new Protocol(), { computationSteps });
  Object.assign(protocol.trainingLengths, { minimum: 1, maximum: longest });
  const specification: CellSpecification = {
    schemaVersion: recordSchemaVersion,
    architecture: { id: row, version: 1, hyperparameters: {} },
    task: { id: column, version: 1, hyperparameters: {} },
    mode: unit.meta.mode ?? 'direct',
    protocol,
    seed: 7,
    engine: 'onnx',
  };
  const trained = modelOf(registry, { specification });
  const { layout, ...cell } = modelOf(registry, {
    specification,
    memory: memoryCells(trained.model, trained.task, protocol),
  });
  const rng = createRng(row);
  const drawn = layout.initialise(rng.split('initial'));
  const others = rng.split('noise');
  return { ...cell, layout, parameters: drawn.map((number) => scale * number + noise * others.normal()) };
}
