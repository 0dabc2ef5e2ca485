import type { Registry } from '../../../registry/registry';
import type { CapabilityBody, Cell } from '../../core/contracts/record';
import type { Measured, MeasureContext } from '../../core/contracts/study';
import type { CellSearch } from '../../core/contracts/search';
import { measuredSpecification } from '../../core/search';
import { createRng } from '../../core/random';
import { createFormat } from '../../data/format';
import { splitOf } from '../../data/shared-split';
import { BaselinePredictor, trainedOn } from '../../evaluation/baseline-predictor';
import { evaluate } from '../../evaluation/evaluate';
import { memoryCells, withMemoryLimits } from '../../evaluation/external-memory';
import { sequencesPerLook } from '../../evaluation/sequential-test';
import { ModelPredictor } from '../../evaluation/model-predictor';
import { CompiledModel } from '../../model/generate/compiled-model';
import { noteChange } from '../../model/origin';
import { verdictThresholds } from './summarise/verdict';
import { trainCell, type Changes } from './train-cell';

type Measurement = Promise<Measured<CapabilityBody>>;

/** Trains and evaluates a cell, or evaluates a row without parameters. */
export const measureCell = (
  registry: Registry,
  cell: Cell,
  context: MeasureContext,
  changes: Changes = {},
): Measurement =>
  cell.specification.mode === 'baseline'
    ? measureBaseline(registry, cell, context)
    : measureTrained(registry, cell, context, changes);

/** What the search of a cell found; undefined where it has none. */
function cellSearch({ specification: { search } }: Cell, { search: found }: MeasureContext): CellSearch | undefined {
  if (!search || !found) return undefined;
  const { key, rungs, trials, chosen, steps } = found;
  return { key, rule: search.rule, rungs, trials, chosen, steps };
}

/** Test lengths answered by a row without parameters. */
async function measureBaseline(registry: Registry, { specification }: Cell, context: MeasureContext): Measurement {
  const { architecture, task: choice, protocol } = specification;
  const started = context.now();
  const baseline = registry.create(registry.resolve('baseline', architecture.id));
  const rng = createRng('baseline').split(architecture.id).split(choice.id);
  const split = splitOf(registry, choice, protocol.trainingLengths.maximum);
  const { task } = split;
  const trained = trainedOn(split, protocol.trainingLengths);
  // A baseline writes no tokens: it answers wherever direct rows do.
  const format = createFormat(task, 'direct');
  const evaluation = await evaluate(split, choice.id, protocol, {
    tokensAt: (length) => format.maximumTokens(length),
    predictorFor: (length) => new BaselinePredictor(baseline, split, trained, rng, length),
    thresholdOf: (range) => verdictThresholds[range],
    onLength: () => undefined,
  });
  return {
    body: { training: null, ...(task.law && { law: task.law }), ...evaluation },
    provenance: { trainingSeconds: 0, evaluationSeconds: context.now() - started, resumed: 0 },
  };
}

/** One architecture on one task, with the settings that its search chose where it has one. */
async function measureTrained(registry: Registry, asked: Cell, context: MeasureContext, changes: Changes): Measurement {
  const search = cellSearch(asked, context);
  const cell = { ...asked, specification: measuredSpecification({ ...asked, search }) };
  const { onProgress, now } = context;
  const { task, model, engine, format, split, protocol, label, taskId, trained } = await trainCell(
    registry,
    cell,
    context,
    changes,
  );
  const started = now();
  const memory = memoryCells(model, task, protocol);
  const evaluated = memory ? model.externalMemory!.withCells(memory.evaluation) : model;
  if (memory) noteChange(evaluated, model, { cells: memory.evaluation });
  const compiled = new CompiledModel(engine, evaluated, trained.layout, trained.parameters, label);
  const rows = protocol.evaluation.sequential ? sequencesPerLook : undefined;
  const predictor = new ModelPredictor(compiled, format, rows);
  const evaluation = await evaluate(split, taskId, protocol, {
    tokensAt: (length) => format.maximumTokens(length),
    prepare: (tests) => predictor.prepare(tests),
    predictorFor: () => predictor,
    thresholdOf: (range) => verdictThresholds[range],
    onLength: (done, of) => onProgress({ phase: 'evaluating', step: done, steps: of }),
  }).finally(() => predictor.dispose());
  const lengths = withMemoryLimits(evaluation.lengths, memory);
  return {
    body: {
      training: trained.result,
      ...(search && { search }),
      ...(memory && { memory }),
      ...(task.law && { law: task.law }),
      lengths,
      ranges: evaluation.ranges,
    },
    provenance: {
      trainingSeconds: trained.seconds,
      evaluationSeconds: now() - started,
      ...(search && { searchSeconds: context.search!.provenance.trainingSeconds }),
      resumed: trained.resumed,
    },
  };
}
