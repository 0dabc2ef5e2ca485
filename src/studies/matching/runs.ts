import type { Manifest } from '../../core/contracts/manifest';
import type { CellSpecification, RecordOf } from '../../core/contracts/record';
import type { StudyResults } from '../../core/contracts/study';
import { groupBy } from '../../data/split';
import { unseenReading, type MatchingBody } from './body';
import type { MatchingPart, Noise } from './settings';

type Record = RecordOf<MatchingBody>;

/** What a training is called by, whatever its seed. */
export interface MatchingSetting {
  readonly chain: MatchingPart['chain'];
  readonly pairs: number;
  readonly order: number;
  readonly layers: number;
  /** Null: the usual start. */
  readonly exponent: number | null;
  readonly normalisation: 'pre' | 'post';
  readonly noise: Noise;
  readonly steps: number;
}

/** One look at a model. Shares of inputs that are answered, and of tokens that match themselves best. */
export interface Look {
  readonly step: number;
  readonly trained: number;
  readonly unseen: number;
  /** Diagonal share of h1, and of h2 from three layers on. */
  readonly first?: number;
  readonly second?: number;
}

export interface MatchingRun {
  readonly seed: number;
  /** At least one. */
  readonly looks: readonly Look[];
}

/** The seeds of one setting. */
export interface MatchingGroup extends MatchingSetting {
  readonly runs: readonly MatchingRun[];
  readonly asked: number;
}

/** Groups in the order of the experiment. */
export function groupsOf({ manifest, stored }: StudyResults<Manifest, Record>): MatchingGroup[] {
  const groups = groupBy(manifest.cells, ({ specification }) => JSON.stringify(settingOf(specification)));
  return [...groups.values()].map((cells) => ({
    ...settingOf(cells[0]!.specification),
    runs: cells.flatMap(({ key, specification: { seed } }) => {
      const found = stored.get(key);
      const looks = found?.status === 'finished' ? looksOf(found.record) : [];
      return looks.length > 0 ? [{ seed, looks }] : [];
    }),
    asked: cells.length,
  }));
}

function settingOf({ architecture, task, protocol }: CellSpecification): MatchingSetting {
  const { layers, initialisationExponent, normalisation, orthogonalNoise } = architecture.hyperparameters as {
    readonly layers: number;
    readonly initialisationExponent?: number;
    readonly normalisation?: 'pre' | 'post';
    readonly orthogonalNoise?: Exclude<Noise, 'none'>;
  };
  const { chain, pairs, order } = task.hyperparameters as Pick<MatchingSetting, 'chain' | 'pairs' | 'order'>;
  return {
    ...{ chain, pairs, order, layers },
    exponent: initialisationExponent ?? null,
    normalisation: normalisation ?? 'pre',
    noise: orthogonalNoise ?? 'none',
    steps: protocol.steps,
  };
}

/** The curve of a record. */
export const looksOf = ({ training }: Pick<Record, 'training'>): Look[] =>
  training.curve.flatMap(({ step, heldOut, readings = {} }) =>
    heldOut
      ? [
          {
            step,
            trained: heldOut.exact,
            unseen: readings[unseenReading] ?? 0,
            first: readings['matching-score.h1 diagonal'],
            second: readings['matching-score.h2 diagonal'],
          },
        ]
      : [],
  );

/** Shares below and above which a jump begins and ends, the share of h1 that it goes with, and its most steps. */
export const jump = { low: 0.25, high: 0.9, diagonal: 0.5, steps: 500 } as const;

/** Where the answers to unseen pairs rise, and where h1 does. */
export interface Rise {
  /** Last look below `jump.low` before that above; null where there is none above. */
  readonly from: number | null;
  /** First look above `jump.high`. */
  readonly to: number | null;
  /** First look at which the diagonal share of h1 is above `jump.diagonal`. */
  readonly matches: number | null;
  /** Whether all three lie within `jump.steps`. */
  readonly isJump: boolean;
}

export function riseOf({ looks }: MatchingRun): Rise {
  const end = looks.findIndex(({ unseen }) => unseen > jump.high);
  const to = looks[end]?.step ?? null;
  const from = end < 0 ? null : (looks.slice(0, end).findLast(({ unseen }) => unseen < jump.low)?.step ?? 0);
  const matches = looks.find(({ first = 0 }) => first > jump.diagonal)?.step ?? null;
  const all = [from, to, matches];
  const isJump =
    all.every((step) => step !== null) && Math.max(...(all as number[])) - Math.min(...(all as number[])) <= jump.steps;
  return { from, to, matches, isJump };
}
