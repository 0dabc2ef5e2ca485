import type { Rng } from '../../src/core/contracts/random';
import { createRng } from '../../src/core/random';
import type { Manifest } from '../../src/core/contracts/manifest';
import {
  recordSchemaVersion,
  type Cell,
  type CellRecord,
  type LengthResult,
  type Score,
} from '../../src/core/contracts/record';
import { lengthRanges, type LengthRange } from '../../src/core/contracts/reference';
import { FileStore } from '../../src/run/store/file-store';
import { builtIn, expand } from './experiment';

/** A folder of results of any size in which nothing was trained: to see how views and files bear large grids. */
export async function writeMadeUpResults(
  folder: string,
  { rows, columns, seeds }: { readonly rows: number; readonly columns: number; readonly seeds: number },
): Promise<Manifest> {
  const registry = builtIn();
  const manifest = expand(registry, {
    name: 'made-up',
    architectures: registry
      .architectures()
      .slice(0, rows)
      .map(({ id }) => id),
    tasks: registry
      .tasks()
      .slice(0, columns)
      .map(({ id }) => id),
    seeds: Array.from({ length: seeds }, (_, at) => at + 1),
  });
  const store = new FileStore(folder);
  await store.prepare();
  await store.saveManifest(manifest);
  for (const cell of manifest.cells) await store.save(madeUpRecord(cell));
  return manifest;
}

const share = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 96) / 96;

/** Scores that fall along a logistic curve whose middle depends on row and column, a little on the seed. */
function madeUpRecord({ key, specification }: Cell): CellRecord {
  const { architecture, task, mode, protocol, seed } = specification;
  const pair = createRng('made-up').split(architecture.id).split(task.id);
  const isBaseline = mode === 'baseline';
  const middle = isBaseline ? -50 : 140 * pair.uniform() - 20;
  const rng = pair.split(String(seed));
  const lengths = lengthRanges.flatMap((range) =>
    lengthsIn(range).map((length) => atLength(length, range, middle, rng)),
  );
  const meanOf = (range: LengthRange, kind: keyof Score) => {
    const own = lengths.filter((each) => each.range === range);
    return own.reduce((sum, { score }) => sum + score![kind], 0) / own.length;
  };
  const range = (name: LengthRange) => ({
    score: { exact: meanOf(name, 'exact'), token: meanOf(name, 'token') },
    evaluatedLengths: 12,
    notAveragedLengths: 0,
    notEvaluatedLengths: 0,
  });
  const looks = Math.ceil(protocol.steps / protocol.heldOut.every);
  return {
    schemaVersion: recordSchemaVersion,
    key,
    specification,
    training: isBaseline
      ? null
      : {
          outcome: 'completed',
          steps: protocol.steps,
          parameterCount: 1000 + Math.floor(50_000 * pair.uniform()),
          curve: Array.from({ length: looks }, (_, at) => {
            const exact = share((at + 1) / looks + (middle - 40) / 100);
            return {
              step: (at + 1) * protocol.heldOut.every,
              loss: 2 * (1 - exact) + 0.01,
              heldOut: { exact, token: exact },
            };
          }),
          excludedLengths: [],
          heldOut: null,
        },
    lengths,
    ranges: { inRange: range('inRange'), near: range('near'), far: range('far') },
    provenance: {
      startedAt: '2026-01-01T00:00:00.000Z',
      trainingSeconds: 5 + 20 * rng.uniform(),
      evaluationSeconds: 2,
      resumed: 0,
      versions: {},
      machine: 'none: made up',
      engine: 'none: made up',
    },
  };
}

/** Twelve lengths of a range, as if trained on lengths up to 40. */
function lengthsIn(range: LengthRange): number[] {
  const [from, to] = { inRange: [1, 40], near: [41, 100], far: [101, 256] }[range] as [number, number];
  return Array.from({ length: 12 }, (_, at) => Math.round(from + ((to - from) * at) / 11));
}

function atLength(length: number, range: LengthRange, middle: number, rng: Rng): LengthResult {
  const exact = share(0.05 + 1 / (1 + Math.exp((length - middle) / 10)) + 0.04 * (rng.uniform() - 0.5));
  return {
    length,
    range,
    sequences: 96,
    score: { exact, token: share(0.5 + exact / 2) },
    faults: { unfinished: 0, malformed: 0, wrong: 1 - exact },
  };
}
