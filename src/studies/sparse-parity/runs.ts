import type { AnswerMode } from '../../core/contracts/architecture';
import type { Manifest } from '../../core/contracts/manifest';
import type { Cell, CellSpecification, CurvePoint, RecordOf } from '../../core/contracts/record';
import type { StudyResults } from '../../core/contracts/study';
import { groupBy } from '../../data/split';
import type { SparseParityBody } from './body';

type Record = RecordOf<SparseParityBody>;

/** What a training is called by, whatever its seed. */
export interface ParitySetting {
  /** n and k. */
  readonly bits: number;
  readonly secrets: number;
  /** Id of the row. */
  readonly row: string;
  readonly mode: AnswerMode;
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  /** Inputs that training drew from; null: fresh ones without end. */
  readonly set: number | null;
  /** Samples after which a training is given up. */
  readonly cap: number;
}

/** One look at a model. */
export interface Look {
  readonly samples: number;
  /** Share of held-out inputs after which everything is right. */
  readonly exact: number;
  /** Of every head, in the order of its layers. */
  readonly entropies: readonly number[];
}

export interface ParityRun {
  readonly seed: number;
  readonly looks: readonly Look[];
  /** Samples drawn until all that is held out was answered; null where that did not come. */
  readonly perfectAt: number | null;
  readonly drawn: number;
  /** At the last look. */
  readonly exact: number;
  /** Lowest of all heads at the last look; absent where there is no attention. */
  readonly leastEntropy?: number;
}

/** The seeds of one setting. */
export interface ParityGroup extends ParitySetting {
  readonly runs: readonly ParityRun[];
  readonly asked: number;
}

/** Groups in the order of the experiment. */
export function groupsOf({ manifest, stored }: StudyResults<Manifest, Record>): ParityGroup[] {
  const groups = groupBy(manifest.cells, ({ specification }) => JSON.stringify(settingOf(specification)));
  return [...groups.values()].map((cells) => ({
    ...settingOf(cells[0]!.specification),
    runs: cells.flatMap((cell) => runOf(cell, stored)),
    asked: cells.length,
  }));
}

function settingOf({ architecture, task, mode, protocol }: CellSpecification): ParitySetting {
  const { size, window } = task.hyperparameters as { readonly size: number; readonly window: number };
  const { layers, heads, width } = architecture.hyperparameters as Omit<ParitySetting, 'bits'>;
  return {
    bits: window,
    secrets: size,
    row: architecture.id,
    mode: mode as AnswerMode,
    ...{ layers, heads, width },
    set: protocol.trainingSequences ?? null,
    cap: protocol.steps * protocol.batchSize,
  };
}

function runOf({ key, specification: { seed } }: Cell, stored: StudyResults<Manifest, Record>['stored']): ParityRun[] {
  const found = stored.get(key);
  return found?.status === 'finished' ? [{ seed, ...endOf(found.record) }] : [];
}

/** What a record ended with, and its curve. */
export function endOf({ specification, training }: Record): Omit<ParityRun, 'seed'> {
  const { batchSize } = specification.protocol!;
  const looks = training.curve.flatMap((point) => lookOf(point, batchSize));
  const last = looks.at(-1);
  return {
    looks,
    perfectAt: looks.find(({ exact }) => exact === 1)?.samples ?? null,
    drawn: training.steps * batchSize,
    exact: last?.exact ?? 0,
    ...(last && last.entropies.length > 0 && { leastEntropy: Math.min(...last.entropies) }),
  };
}

const lookOf = ({ step, heldOut, readings = {} }: CurvePoint, batchSize: number): Look[] =>
  heldOut
    ? [
        {
          samples: step * batchSize,
          exact: heldOut.exact,
          entropies: Object.entries(readings).flatMap(([name, value]) => (isEntropy(name) ? value : [])),
        },
      ]
    : [];

const isEntropy = (name: string): boolean => name.startsWith('attention-entropy.');
