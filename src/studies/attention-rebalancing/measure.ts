import { setImmediate } from 'node:timers/promises';
import type { Registry } from '../../../registry/registry';
import type { SequenceModel } from '../../core/contracts/architecture';
import type { Cell } from '../../core/contracts/record';
import type { Measured, MeasureContext } from '../../core/contracts/study';
import { Interrupted } from '../../train/train';
import { trainCell } from '../capability/train-cell';
import type { PartResult, RebalancingBody, VariantResult } from './body';
import { LookedAt } from './looked-at';
import { answersOf, type Answered, testParts } from './parts';
import { settingsOf } from './settings';

/**
 * Trains a cell, then tests it as it is and under the intervention with every value. A process that is killed after training
 * goes on from the last checkpoint, which is the trained model, and tests anew.
 */
export async function measureRebalancing(
  registry: Registry,
  cell: Cell,
  context: MeasureContext,
): Promise<Measured<RebalancingBody>> {
  const { intervention: choice, vary, values } = settingsOf(cell.specification);
  const trainedCell = await trainCell(registry, cell, context);
  const { model, label, trained } = trainedCell;
  const started = context.now();
  const unit = registry.resolve('intervention', choice.id);
  const intervention = registry.create(unit);
  const parts = testParts(registry, cell.specification, trainedCell);
  const looked = LookedAt.open(registry, cell.specification, trainedCell);
  const measured = async (variant: SequenceModel, before?: Answered) => {
    await setImmediate();
    if (context.signal.aborted) throw new Interrupted(label);
    const answered = await answersOf(variant, parts, trainedCell);
    const { masses, uniform, largestLogitChange } = await looked.look(variant);
    const result: VariantResult = { parts: compared(answered, before ?? answered), masses, largestLogitChange };
    return { answered, uniform, result };
  };
  const report = (done: number) => context.onProgress({ phase: 'evaluating', step: done, steps: values.length + 1 });
  try {
    const unmodified = await measured(model);
    report(1);
    const varied = [];
    for (const [at, value] of values.entries()) {
      const settings = registry.hyperparameters(unit, { ...choice.hyperparameters, [vary]: value }, { place: unit.id });
      const { result } = await measured(intervention.applied(model, settings), unmodified.answered);
      varied.push({ value, ...result });
      report(at + 2);
    }
    return {
      body: { training: trained.result, unmodified: unmodified.result, varied, uniformMass: unmodified.uniform },
      provenance: {
        trainingSeconds: trained.seconds,
        evaluationSeconds: context.now() - started,
        resumed: trained.resumed,
      },
    };
  } finally {
    looked.close();
  }
}

/** Answers of every part beside those of the unmodified model. */
const compared = (after: Answered, before: Answered): PartResult[] =>
  [...after].map(([part, answers]) => {
    const was = before.get(part)!;
    const count = (holds: (at: number) => boolean) => answers.filter((_, at) => holds(at)).length;
    return {
      part,
      sequences: answers.length,
      right: count((at) => answers[at]!.isRight),
      gained: count((at) => answers[at]!.isRight && !was[at]!.isRight),
      lost: count((at) => !answers[at]!.isRight && was[at]!.isRight),
      changed: count((at) => answers[at]!.given !== was[at]!.given),
    };
  });
