import type { Manifest } from '../../src/core/contracts/manifest';
import {
  type Cell,
  type CellRecord,
  type CellSpecification,
  type LengthResult,
  type Score,
  type TrainingOutcome,
  recordSchemaVersion,
} from '../../src/core/contracts/record';
import { type LengthRange, lengthRanges } from '../../src/core/contracts/reference';
import type { ManifestPrediction, ManifestTheory } from '../../src/core/contracts/theory';
import { Protocol } from '../../src/core/protocol';

/** The same score for exact and token, or both. */
type GivenScore = number | Score | null;

export interface GivenRecord {
  architecture?: string;
  task?: string;
  seed?: number;
  baseline?: boolean;
  outcome?: TrainingOutcome;
  inRange?: GivenScore;
  near?: GivenScore;
  far?: GivenScore;
  trainingSeconds?: number;
  evaluationSeconds?: number;
}

/** Two lengths of each range, as if trained on lengths up to 40. */
export const lengthsOf: Record<LengthRange, readonly number[]> = { inRange: [1, 40], near: [41, 100], far: [101, 256] };

export function makeSpecification({
  architecture = 'lstm',
  task = 'parity',
  seed = 1,
  baseline = false,
}: GivenRecord = {}): CellSpecification {
  return {
    schemaVersion: recordSchemaVersion,
    architecture: { id: architecture, version: 1, hyperparameters: {} },
    task: { id: task, version: 1, hyperparameters: {} },
    mode: baseline ? 'baseline' : 'direct',
    protocol: new Protocol(),
    seed,
    engine: baseline ? 'none' : 'onnx',
  };
}

export function makeCell(given: GivenRecord = {}): Cell {
  const specification = makeSpecification(given);
  const { architecture, task, seed } = specification;
  return { key: `${architecture.id}-${task.id}-${seed}`, specification, plugins: [] };
}

const toScore = (given: GivenScore): Score | null =>
  typeof given === 'number' ? { exact: given, token: given } : given;

/** A well-formed record with the given scores; every range is evaluated unless its score is null. */
export function makeRecord(given: GivenRecord = {}): CellRecord {
  const { key, specification } = makeCell(given);
  const scores = {
    inRange: toScore(given.inRange ?? null),
    near: toScore(given.near ?? null),
    far: toScore(given.far ?? null),
  };
  const lengths = lengthRanges.flatMap((range) =>
    lengthsOf[range].map((length): LengthResult => ({
      length,
      range,
      sequences: 128,
      score: scores[range],
      ...(scores[range] ? {} : { notEvaluated: 'token budget' }),
    })),
  );
  const rangeResult = (range: LengthRange) => ({
    score: scores[range],
    evaluatedLengths: scores[range] ? 2 : 0,
    notAveragedLengths: 0,
    notEvaluatedLengths: scores[range] ? 0 : 2,
  });
  return {
    schemaVersion: recordSchemaVersion,
    key,
    specification,
    training: given.baseline
      ? null
      : {
          outcome: given.outcome ?? 'completed',
          steps: 1000,
          parameterCount: 10,
          curve: [],
          excludedLengths: [],
          heldOut: null,
        },
    lengths,
    ranges: { inRange: rangeResult('inRange'), near: rangeResult('near'), far: rangeResult('far') },
    provenance: {
      startedAt: '2026-01-01T00:00:00.000Z',
      trainingSeconds: given.trainingSeconds ?? 20,
      evaluationSeconds: given.evaluationSeconds ?? 5,
      resumed: 0,
      versions: {},
      machine: 'test',
      engine: 'test',
    },
  };
}

export interface GivenManifest {
  architectures?: string[];
  baselines?: string[];
  /** Pairs of id and level. */
  tasks?: [string, string][];
  seeds?: number[];
  inapplicable?: Manifest['inapplicable'];
  /** Of theory, for the pairs of which there is one. */
  predictions?: GivenPrediction[];
}

export type GivenPrediction = Partial<ManifestPrediction> & Pick<ManifestPrediction, 'architecture' | 'task'>;

const theoryOf = (given: readonly GivenPrediction[]): ManifestTheory => ({
  predictions: given.map((each) => ({
    expressible: 'no result',
    evidence: 'none',
    extends: 'no result',
    extensionEvidence: 'none',
    propositions: [],
    ...each,
  })),
  propositions: [...new Set(given.flatMap(({ propositions = [] }) => propositions))].map((id) => ({
    id,
    statement: `What ${id} says.`,
    citation: `Somebody 2024, theorem ${id}`,
    evidence: 'theorem',
  })),
});

/** A grid of cells; the baseline called `oracle` uses the solver. Baselines have one seed. */
export function makeManifest({
  architectures = ['lstm', 'transformer'],
  baselines = ['uniform', 'oracle'],
  tasks = [
    ['parity', 'regular'],
    ['reversal', 'deterministic-context-free'],
  ],
  seeds = [1],
  inapplicable = [],
  predictions,
}: GivenManifest = {}): Manifest {
  const applies = (cell: Cell) =>
    !inapplicable.some(
      ({ architecture, task }) =>
        architecture === cell.specification.architecture.id && task === cell.specification.task.id,
    );
  return {
    schemaVersion: recordSchemaVersion,
    experiment: 'test',
    architectures: [
      ...architectures.map((id) => ({ id, title: id, kind: 'architecture' as const, claims: [] })),
      ...baselines.map((id) => ({
        id,
        title: id,
        kind: 'baseline' as const,
        claims: [],
        ...(id === 'oracle' && { usesSolver: true }),
      })),
    ],
    tasks: tasks.map(([id, level]) => ({ id, title: id, level })),
    cells: [
      ...architectures.flatMap((architecture) =>
        tasks.flatMap(([task]) => seeds.map((seed) => makeCell({ architecture, task, seed }))),
      ),
      ...baselines.flatMap((architecture) => tasks.map(([task]) => makeCell({ architecture, task, baseline: true }))),
    ].filter(applies),
    inapplicable,
    ...(predictions && { theory: theoryOf(predictions) }),
  };
}
