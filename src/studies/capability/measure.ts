import { performance } from 'node:perf_hooks';
import type { Architecture, AnswerMode } from '../../core/contracts/architecture';
import {
  type Cell,
  type CellRecord,
  type CellSpecification,
  type TrainingResult,
  recordSchemaVersion,
} from '../../core/contracts/record';
import type { Engine } from '../../core/contracts/engine';
import type { RunCell } from '../../core/contracts/execution';
import type { Store } from '../../core/contracts/store';
import type { Task } from '../../core/contracts/task';
import { createRng } from '../../core/random';
import type { Registry } from '../../../registry/registry';
import { BaselinePredictor } from '../../evaluation/baseline-predictor';
import { CompiledModel } from '../../model/generate/compiled-model';
import { ModelPredictor } from '../../evaluation/model-predictor';
import { evaluate, summarise } from '../../evaluation/evaluate';
import { type Predictor } from '../../evaluation/predictor';
import { createFormat } from '../../data/format';
import { tokensAt } from '../../data/lengths';
import { decodeCheckpoint, encodeCheckpoint } from '../../train/checkpoint';
import { ParameterLayout } from '../../model/parameters';
import { describeMachine, versions } from '../../train/provenance';
import { train } from '../../train/train';

export interface CellRunnerOptions {
  /** Holds the units of every cell, plugins included. */
  readonly registry: Registry;
  readonly store: Store;
  /** Asked for once, by the first cell that trains. */
  readonly engine: () => Promise<Engine>;
  /** ISO time of day, for provenance. */
  readonly timeOfDay: () => string;
}

const now = () => performance.now() / 1000;

/** The function that every executor ends up calling: trains and evaluates a cell and returns its record, which it does not save. */
export function createCellRunner(options: CellRunnerOptions): RunCell {
  return (cell, onProgress, signal) =>
    cell.specification.mode === 'baseline'
      ? runBaseline(cell, options)
      : new TrainedCell(cell, options).run(onProgress, signal);
}

/** Test lengths answered by a row without parameters. */
async function runBaseline(cell: Cell, options: CellRunnerOptions): Promise<CellRecord> {
  const { specification } = cell;
  const { architecture, task: choice, protocol } = specification;
  const startedAt = options.timeOfDay();
  const started = now();
  const task = options.registry.createTask(choice.id, choice.hyperparameters);
  const unit = options.registry.resolve('baseline', architecture.id);
  const rng = createRng('baseline').split(architecture.id).split(choice.id);
  const lengths = await evaluate(task, choice.id, protocol, {
    // A baseline writes no tokens: it answers wherever direct rows do.
    tokensAt: (length) => tokensAt(createFormat(task, 'direct'), length),
    predictorFor: (length) => new BaselinePredictor(new unit.unitClass(), task, rng, length),
    onLength: () => undefined,
  });
  return {
    schemaVersion: recordSchemaVersion,
    key: cell.key,
    specification,
    training: null,
    lengths,
    ranges: summarise(lengths),
    provenance: {
      startedAt,
      trainingSeconds: 0,
      evaluationSeconds: now() - started,
      resumed: 0,
      versions: versions(),
      machine: describeMachine(),
      engine: 'none',
    },
  };
}

/** One architecture on one task. */
class TrainedCell {
  private readonly specification: CellSpecification;
  private readonly task: Task;
  private readonly label: string;

  constructor(
    private readonly cell: Cell,
    private readonly options: CellRunnerOptions,
  ) {
    this.specification = cell.specification;
    const { architecture, task } = this.specification;
    this.task = options.registry.createTask(task.id, task.hyperparameters);
    this.label = `${architecture.id} x ${task.id}`;
  }

  async run(onProgress: Parameters<RunCell>[1], signal: AbortSignal): Promise<CellRecord> {
    const { registry, store, timeOfDay } = this.options;
    const { architecture, task, protocol, seed, mode } = this.specification;
    const startedAt = timeOfDay();
    onProgress({ phase: 'starting', step: 0, steps: protocol.steps });
    const engine = await this.options.engine();
    const unit = registry.resolve('architecture', architecture.id);
    const format = createFormat(this.task, mode as AnswerMode);
    const model = (new unit.unitClass() as Architecture).build(
      registry.hyperparameters(unit, architecture.hyperparameters, { place: architecture.id }),
      format.vocabulary.size,
    );
    const saved = await store.loadCheckpoint(this.cell.key);
    const trained = await train(
      { engine, model, format, protocol, seed, label: this.label, taskId: task.id },
      {
        checkpoint: saved && decodeCheckpoint(saved, new ParameterLayout(model.parameters).count),
        saveCheckpoint: (checkpoint) => store.saveCheckpoint(this.cell.key, encodeCheckpoint(checkpoint)),
        onProgress,
        now,
        signal,
      },
    );
    const started = now();
    const compiled = new CompiledModel(engine, model, trained.layout, trained.parameters, this.label);
    const predictor: Predictor = new ModelPredictor(compiled, format);
    const lengths = await evaluate(this.task, task.id, protocol, {
      tokensAt: (length) => tokensAt(format, length),
      predictorFor: () => predictor,
      onLength: (done, of) => onProgress({ phase: 'evaluating', step: done, steps: of }),
    }).finally(() => predictor.dispose());
    return {
      schemaVersion: recordSchemaVersion,
      key: this.cell.key,
      specification: this.specification,
      training: trained.result satisfies TrainingResult,
      lengths,
      ranges: summarise(lengths),
      provenance: {
        startedAt,
        trainingSeconds: trained.seconds,
        evaluationSeconds: now() - started,
        resumed: trained.resumed,
        versions: versions(engine.name),
        machine: describeMachine(),
        engine: engine.description,
      },
    };
  }
}
