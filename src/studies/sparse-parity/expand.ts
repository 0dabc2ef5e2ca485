import type { Registry } from '../../../registry/registry';
import { jobOf, plainJson } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import { recordSchemaVersion, type Cell, type CellSpecification, type UnitChoice } from '../../core/contracts/record';
import type { ExpandContext } from '../../core/contracts/study';
import { zooError } from '../../core/errors';
import { Protocol } from '../../core/protocol';
import { combinationsOf } from '../combinations';
import { ProbeChoices } from '../probe-choices';
import type { ParityPart, SparseParityExperiment, SparseParitySettings } from './settings';

const taskId = 'k-parity';
export const probeId = 'attention-entropy';

/** Room for every input with its chain of thought. */
const tokenBudget = 2048;

/** One combination of what a part lists. */
interface Choice {
  readonly row: string;
  readonly secrets: number;
  readonly layers: number;
  readonly heads: number;
  readonly set: number | null;
  readonly seed: number;
}

/** Every combination of every part, each once. @throws unknown-unit or invalid-value naming file and JSON path */
export function expandParts(
  registry: Registry,
  { name, seeds, settings, parts }: SparseParityExperiment,
  study: UnitChoice,
  context: ExpandContext,
): Manifest {
  const { file, engine, plugins } = context;
  const probes = new ProbeChoices(registry, [{ id: probeId }], file);
  const cells = new Map<string, Cell>();
  parts.forEach((part, at) => {
    const path = `parts[${at}]`;
    requirePossible(part, path, file);
    for (const choice of combinations(part, settings, context.seeds ?? seeds)) {
      const { row, secrets, layers, heads, set, seed } = choice;
      const unit = registry.resolve('architecture', row, `${file}, ${part.rows ? path : 'settings'}.rows`);
      const given = { ...settings.hyperparameters, layers, heads, width: part.width };
      const architecture: UnitChoice = {
        id: unit.id,
        version: unit.meta.version,
        hyperparameters: plainJson({ ...registry.hyperparameters(unit, given, { place: file, path }) }),
      };
      const task = registry.resolve('task', taskId);
      // Every seed has a secret of its own: what is learnt must not depend on which bits are secret.
      const setting = { size: secrets, window: part.bits, secret: seed };
      const specification: CellSpecification = {
        schemaVersion: recordSchemaVersion,
        study,
        architecture,
        task: {
          id: task.id,
          version: task.meta.version,
          hyperparameters: plainJson({ ...registry.hyperparameters(task, setting, { place: file, path }) }),
        },
        mode: unit.meta.mode ?? 'direct',
        protocol: protocolOf(part, settings, set),
        ...probes.of(architecture),
        seed,
        engine,
      };
      const job = jobOf(specification, plugins, {
        row: `${row}-${layers}l${heads}h`,
        column: `${taskId}-${part.bits}-${secrets}${set === null ? '' : `-of-${set}`}`,
      });
      cells.set(job.key, job);
    }
  });
  return {
    schemaVersion: recordSchemaVersion,
    experiment: name,
    study: study.id,
    architectures: [],
    tasks: [],
    cells: [...cells.values()],
    inapplicable: [],
  };
}

function requirePossible({ bits, secrets }: ParityPart, path: string, file: string): void {
  const problems = secrets.flatMap((count, at) =>
    count > bits ? [`${path}.secrets[${at}] is ${count}: must be at most ${path}.bits, which is ${bits}`] : [],
  );
  if (problems.length > 0) throw zooError('invalid-value', { place: file, problems });
}

function combinations(part: ParityPart, settings: SparseParitySettings, seeds: readonly number[]): Choice[] {
  const { secrets, layers, heads, sets, rows = settings.rows } = part;
  return combinationsOf<Choice>({ row: rows, ...{ secrets, layers, heads, set: sets }, seed: seeds });
}

/** AdamW at a constant rate, without decay of weights; a look every few steps, and an end at the first perfect one. */
function protocolOf(part: ParityPart, settings: SparseParitySettings, set: number | null): Protocol {
  const { batchSize, every, validation } = settings;
  const protocol = new Protocol();
  Object.assign(protocol.trainingLengths, { minimum: part.bits, maximum: part.bits });
  Object.assign(protocol.optimiser, {
    learningRate: part.learningRate,
    warmUpShare: 0,
    finalShare: 1,
    beta2: 0.999,
    weightDecay: 0,
  });
  Object.assign(protocol.heldOut, { every, sequences: validation, stopAt: 1, patience: 1 });
  return plainJson({
    ...protocol,
    steps: Math.ceil((part.samples ?? settings.samples) / batchSize),
    batchSize,
    ...(set !== null && { trainingSequences: set }),
    trainingTokenBudget: tokenBudget,
  });
}
