import type { Registry } from '../../../registry/registry';
import { jobOf, plainJson } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import { recordSchemaVersion, type Cell, type CellSpecification, type UnitChoice } from '../../core/contracts/record';
import type { ExpandContext } from '../../core/contracts/study';
import { zooError } from '../../core/errors';
import { Protocol } from '../../core/protocol';
import { nearestLength } from '../../data/lengths';
import { combinationsOf } from '../combinations';
import { ProbeChoices } from '../probe-choices';
import type { MatchingExperiment, MatchingPart, MatchingSettings } from './settings';

const rowId = 'transformer';
const taskId = 'chain-search';
const probeId = 'matching-score';

/** One combination of what a part lists. */
interface Choice {
  readonly order: number;
  readonly layers: number;
  readonly initialisationExponent: number | null;
  readonly normalisation: string;
  readonly orthogonalNoise: string;
  readonly seed: number;
}

/** Every combination of every part, each once. @throws unknown-unit or invalid-value naming file and JSON path */
export function expandParts(
  registry: Registry,
  { name, seeds, settings, parts }: MatchingExperiment,
  study: UnitChoice,
  context: ExpandContext,
): Manifest {
  const { file, engine, plugins } = context;
  const probes = new ProbeChoices(registry, [{ id: probeId }], file);
  const row = registry.resolve('architecture', rowId);
  const column = registry.resolve('task', taskId);
  const cells = new Map<string, Cell>();
  parts.forEach((part, at) => {
    const place = { place: file, path: `parts[${at}]` };
    for (const { order, seed, ...options } of combinations(part, context.seeds ?? part.seeds ?? seeds)) {
      const given = {
        width: settings.width,
        heads: 1,
        feedForwardFactor: settings.feedForwardFactor,
        ...asked(options),
      };
      const architecture: UnitChoice = {
        id: row.id,
        version: row.meta.version,
        hyperparameters: plainJson({ ...registry.hyperparameters(row, { positions: 'absolute', ...given }, place) }),
      };
      const asking = { tokens: settings.tokens, pairs: part.pairs, order, chain: part.chain };
      const task: UnitChoice = {
        id: column.id,
        version: column.meta.version,
        hyperparameters: plainJson({ ...registry.hyperparameters(column, asking, place) }),
      };
      const longest = 2 * part.pairs + (part.chain === 'ordered' ? 2 : 1);
      if (nearestLength(registry.createTask(taskId, task.hyperparameters), longest) !== longest)
        throw zooError('invalid-value', {
          place: file,
          problems: [`${place.path}.pairs is ${part.pairs}: too few for ${order} hops`],
        });
      const specification: CellSpecification = {
        schemaVersion: recordSchemaVersion,
        study,
        ...{ architecture, task },
        mode: 'direct',
        protocol: protocolOf(part, settings, longest),
        ...probes.of(architecture),
        ...{ seed, engine },
      };
      const names = { row: rowName(options), column: `${taskId}-${part.chain}-${part.pairs}-${order}` };
      const job = jobOf(specification, plugins, names);
      cells.set(job.key, job);
    }
  });
  return {
    schemaVersion: recordSchemaVersion,
    experiment: name,
    study: study.id,
    ...{ architectures: [], tasks: [], inapplicable: [] },
    cells: [...cells.values()],
  };
}

type Options = Omit<Choice, 'order' | 'seed'>;

/** Without what is as it is where nothing is said. */
const asked = ({ layers, initialisationExponent, normalisation, orthogonalNoise }: Options) => ({
  layers,
  normalisation,
  ...(initialisationExponent !== null && { initialisationExponent }),
  ...(orthogonalNoise !== 'none' && { orthogonalNoise }),
});

const rowName = ({ layers, initialisationExponent, normalisation, orthogonalNoise }: Options): string =>
  [
    `${rowId}-${layers}l`,
    normalisation,
    initialisationExponent === null ? 'usual' : String(initialisationExponent).replace('.', '-'),
    ...(orthogonalNoise === 'none' ? [] : [orthogonalNoise]),
  ].join('-');

const combinations = (part: MatchingPart, seeds: readonly number[]): Choice[] =>
  combinationsOf<Choice>({
    layers: part.layers,
    order: part.orders,
    normalisation: part.normalisations,
    initialisationExponent: part.exponents,
    orthogonalNoise: part.noises,
    seed: seeds,
  });

/** AdamW with warm-up and cosine decay to a tenth; training never stops early. */
function protocolOf(part: MatchingPart, settings: MatchingSettings, length: number): Protocol {
  const { batchSize, learningRate, warmUp, validation } = settings;
  const { steps = settings.steps, every = settings.every } = part;
  const protocol = new Protocol();
  Object.assign(protocol.trainingLengths, { minimum: length, maximum: length });
  Object.assign(protocol.optimiser, { learningRate, finalShare: 0.1, beta2: 0.999, weightDecay: 0.01 });
  protocol.optimiser.warmUpShare = Math.min(1, warmUp / steps);
  Object.assign(protocol.heldOut, { every, sequences: validation, stopAt: null });
  return plainJson({ ...protocol, steps, batchSize });
}
