import type { Registry } from '../../../registry/registry';
import { cellLabel } from '../../core/cell';
import type { Cell } from '../../core/contracts/record';
import type { Measured, MeasureContext } from '../../core/contracts/study';
import { createRng } from '../../core/random';
import { LastTokenFormat } from '../../data/last-token-format';
import { buckets, trainedLengths } from '../../data/lengths';
import { Split } from '../../data/split';
import { Probing } from '../../evaluation/probing';
import { ParameterLayout } from '../../model/parameters';
import { decodeCheckpoint, encodeCheckpoint } from '../../train/checkpoint';
import { train } from '../../train/train';
import { ValidationSet } from '../../train/validation';
import { unseenReading, type MatchingBody } from './body';

/** Trains a cell on trained pairs; every look also answers inputs of unseen pairs and reads the matching scores. */
export async function measureMatching(
  registry: Registry,
  cell: Cell,
  context: MeasureContext,
): Promise<Measured<MatchingBody>> {
  const { architecture, task: choice, protocol, probes, seed } = cell.specification;
  const { onProgress, now, signal } = context;
  const label = cellLabel(cell);
  onProgress({ phase: 'starting', step: 0, steps: protocol.steps });
  const engine = await context.engine();
  const longest = protocol.trainingLengths.maximum;
  const sourceOf = (residues: string) => {
    const task = registry.createTask(choice.id, { ...choice.hyperparameters, residues });
    return { format: new LastTokenFormat(task), split: new Split(task, longest) };
  };
  const [source, unseen] = [sourceOf('trained'), sourceOf('unseen')];
  const unit = registry.resolve('architecture', architecture.id);
  const hyperparameters = registry.hyperparameters(unit, architecture.hyperparameters, { place: architecture.id });
  const model = registry.create(unit).build(hyperparameters, source.format.vocabulary.size);
  const layout = new ParameterLayout(model.parameters);
  const saved = await context.loadCheckpoint();
  const probing = Probing.open(registry, probes, {
    ...{ engine, model, layout, protocol, label, taskId: choice.id },
    ...source,
  });
  const unseenSet = await ValidationSet.create({
    ...{ engine, model, layout, label: `${label}, unseen pairs` },
    ...unseen,
    buckets: buckets(unseen.format, trainedLengths(unseen.format, protocol, 'validation').lengths),
    count: protocol.heldOut.sequences,
    rng: createRng('unseen').split(choice.id),
  });
  try {
    const trained = await train(
      {
        ...{ engine, model, protocol, seed, label, taskId: choice.id },
        ...source,
        look: async (parameters) => ({
          [unseenReading]: (await unseenSet.score(parameters)).exact,
          ...(await probing?.look(parameters)),
        }),
      },
      {
        checkpoint: saved && decodeCheckpoint(saved, layout.count),
        saveCheckpoint: (checkpoint) => context.saveCheckpoint(encodeCheckpoint(checkpoint)),
        onProgress,
        now,
        signal,
      },
    );
    context.keepWeights?.(layout.arrays(trained.parameters));
    const { result, seconds, resumed } = trained;
    return { body: { training: result }, provenance: { trainingSeconds: seconds, evaluationSeconds: 0, resumed } };
  } finally {
    await unseenSet.dispose();
    await probing?.dispose();
  }
}
