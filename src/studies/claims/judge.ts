import type { RecordOf } from '../../core/contracts/record';
import type { LengthRange } from '../../core/contracts/reference';
import type { CataloguedClaim } from '../../literature/claim-catalogue';
import type { ClaimAttempt, ClaimCells, ClaimCondition } from '../../literature/claim-schema';
import { fewestSeeds } from '../capability/summarise/statement';
import { scaledScore } from '../capability/summarise/scaled-score';
import { measured, type Estimate, type Measured } from './measured';

/** What becomes of a claim. */
export const claimVerdicts = ['reproduced', 'not reproduced', 'not comparable', 'not decided'] as const;
/** One of them. */
export type ClaimVerdict = (typeof claimVerdicts)[number];

/** A cell of a folder of results. */
export interface CellOfFolder {
  readonly folder: string;
  readonly row: string;
  readonly column: string;
}
/** Finished records of a cell; none where there are none. */
export type RecordsOf = (cell: CellOfFolder) => readonly RecordOf[];

/** What a cell gave in a range. */
export interface ClaimFinding {
  /** Where its records are; the first folder that was named where there are none. */
  readonly cell: CellOfFolder;
  readonly range?: LengthRange;
  /** Null without records. */
  readonly measured: Measured | null;
}

/** A cell against what has to hold of it. */
export interface ClaimCheck extends ClaimFinding {
  /** Of a comparison: what it is compared with. */
  readonly other?: ClaimFinding;
  readonly outcome: 'holds' | 'fails' | 'open';
  /** Why it is open. */
  readonly why?: string;
}

export interface JudgedCondition {
  readonly condition: ClaimCondition;
  readonly checks: readonly ClaimCheck[];
  readonly outcome: ClaimCheck['outcome'];
}

export interface JudgedClaim {
  readonly claim: CataloguedClaim;
  readonly verdict: ClaimVerdict;
  readonly conditions: readonly JudgedCondition[];
  readonly tried: readonly { readonly attempt: ClaimAttempt; readonly findings: readonly ClaimFinding[] }[];
}

/** A claim is reproduced where all that is tested of it holds, and not where something of it fails by more than noise. */
export function judge(claim: CataloguedClaim, recordsOf: RecordsOf): JudgedClaim {
  const conditions = (claim.conditions ?? []).map((condition) => judgeCondition(condition, recordsOf));
  const tried = (claim.tried ?? []).map((attempt) => ({ attempt, findings: findingsOf(attempt, recordsOf) }));
  return { claim, conditions, tried, verdict: verdictOf(claim, conditions) };
}

function verdictOf({ notComparable }: CataloguedClaim, conditions: readonly JudgedCondition[]): ClaimVerdict {
  if (notComparable !== undefined) return 'not comparable';
  if (conditions.some(({ outcome }) => outcome === 'fails')) return 'not reproduced';
  return conditions.every(({ outcome }) => outcome === 'holds') ? 'reproduced' : 'not decided';
}

function judgeCondition(condition: ClaimCondition, recordsOf: RecordsOf): JudgedCondition {
  const checks = findingsOf(condition, recordsOf).map((finding): ClaimCheck => {
    const other = condition.above && otherOf(condition, finding, recordsOf);
    return { ...finding, ...(other && { other }), ...compared(condition, finding.measured, other?.measured) };
  });
  const outcomes = checks.map(({ outcome }) => outcome);
  return { condition, checks, outcome: condition.some ? best(outcomes) : worst(outcomes) };
}

const worst = (outcomes: readonly ClaimCheck['outcome'][]) =>
  outcomes.includes('fails') ? 'fails' : outcomes.includes('open') ? 'open' : 'holds';
const best = (outcomes: readonly ClaimCheck['outcome'][]) =>
  outcomes.includes('holds') ? 'holds' : outcomes.includes('open') ? 'open' : 'fails';

/** Every row on every column in every range. */
function findingsOf(cells: ClaimCells, recordsOf: RecordsOf): ClaimFinding[] {
  const ranges = cells.ranges ?? [undefined];
  return cells.rows.flatMap((row) =>
    cells.columns.flatMap((column) => ranges.map((range) => findingOf(cells, { row, column, range }, recordsOf))),
  );
}

function otherOf({ above, ...cells }: ClaimCondition, { cell, range }: ClaimFinding, recordsOf: RecordsOf) {
  return findingOf(cells, { row: above!.row, column: cell.column, range }, recordsOf);
}

function findingOf(
  cells: ClaimCells,
  { row, column, range }: { row: string; column: string; range: LengthRange | undefined },
  recordsOf: RecordsOf,
): ClaimFinding {
  const places = cells.in.map((folder) => ({ folder, row, column }));
  const cell = places.find((place) => recordsOf(place).length > 0) ?? places[0]!;
  return { cell, ...(range && { range }), measured: measured(recordsOf(cell), range, cells) };
}

type Compared = Pick<ClaimCheck, 'outcome' | 'why'>;
const open = (why: string): Compared => ({ outcome: 'open', why });

function compared(condition: ClaimCondition, found: Measured | null, other?: Measured | null): Compared {
  if (!found || other === null) return open('no records');
  const decided = other ? above(found, other) : bounded(condition, found);
  const count = Math.min(found.seeds.length, other?.seeds.length ?? Infinity);
  if (decided.outcome !== 'fails') return decided;
  if (count < fewestSeeds) return open(`at least ${fewestSeeds} seeds are needed to refute`);
  const { runs = 0, atLeast, overSeeds } = condition;
  const isBestOfFewer = overSeeds === 'maximum' && atLeast !== undefined && count < runs;
  return isBestOfFewer ? open(`the best of ${count} runs, and the source has the best of ${runs}`) : decided;
}

function above(found: Measured, other: Measured): Compared {
  if (found.reduced.low > other.reduced.high) return { outcome: 'holds' };
  return found.reduced.value <= other.reduced.value
    ? { outcome: 'fails' }
    : open('more, by no more than the spread of the seeds');
}

function bounded(condition: ClaimCondition, { seeds, reduced }: Measured): Compared {
  const { seeds: enough } = condition;
  if (enough === undefined) return withinBounds(condition, reduced);
  const kept = seeds.filter((seed) => withinBounds(condition, seed).outcome === 'holds').length;
  if (kept >= enough) return { outcome: 'holds' };
  const possible = seeds.filter((seed) => withinBounds(condition, seed).outcome !== 'fails').length;
  return possible >= enough ? noise : { outcome: 'fails' };
}

const noise = open('outside of the bound by no more than noise');

function withinBounds({ atLeast, atMost, chance }: ClaimCondition, estimate: Estimate): Compared {
  const scaled = (value: number) => (chance === undefined ? value : scaledScore(value, chance)!);
  const [least, most] = [atLeast ?? -Infinity, atMost ?? Infinity];
  const [value, low, high] = [scaled(estimate.value), scaled(estimate.low), scaled(estimate.high)];
  if (value < least) return high < least ? { outcome: 'fails' } : noise;
  if (value > most) return low > most ? { outcome: 'fails' } : noise;
  return estimate.isExceeded && most < Infinity ? open('training was ended too soon to tell') : { outcome: 'holds' };
}
