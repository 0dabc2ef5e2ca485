import { view } from '../../../../registry/units';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { Score } from '../../../core/contracts/record';
import type { View } from '../../../core/contracts/view';
import { furthestRange, type SeedSummary } from '../summarise/cell-summary';
import type { BaselineScores } from '../summarise/baselines';
import type { ClaimCheck } from '../summarise/claims';
import type { Interval } from '../../statistics/wilson';
import type { Verdict } from '../summarise/verdict';
import type { Absence, Matrix, MatrixCell, Problem } from '../summarise/matrix';

/** Scores of one range. Everything is null where it was not evaluated. */
export interface JsonRange {
  /** Medians over seeds, 0..1. */
  readonly exact: number | null;
  readonly token: number | null;
  readonly perSeed: readonly { readonly seed: number; readonly exact: number | null; readonly token: number | null }[];
  /** Best baseline over the same lengths. */
  readonly baseline: Score | null;
  /** 0 for that baseline, 1 for perfect. */
  readonly scaled: { readonly exact: number | null; readonly token: number | null };
  readonly evaluatedLengths: number;
  readonly notEvaluatedLengths: number;
}

export interface JsonCell extends Readonly<Record<LengthRange, JsonRange>> {
  readonly architecture: string;
  readonly task: string;
  readonly level: string;
  readonly kind: 'architecture' | 'baseline';
  /** Seeds that were measured. */
  readonly seeds: number;
  readonly expectedSeeds: number;
  /** Exact-match accuracy of the best baseline without knowledge, over the furthest range this cell was evaluated on. */
  readonly baseline: number | null;
  readonly baselineRange: LengthRange | null;
  /** Each baseline without knowledge, over the lengths this cell was evaluated on. */
  readonly baselines: readonly ({ readonly id: string } & Readonly<Record<LengthRange, Score | null>>)[];
  readonly verdict: Verdict;
  readonly perSeed: readonly Pick<SeedSummary, 'seed' | 'outcome' | 'verdict'>[];
  /** Share of seeds that solve the task, with its 95 % Wilson interval. */
  readonly solved: { readonly seeds: number; readonly share: number; readonly interval: Interval };
  readonly claims: readonly ClaimCheck[];
  readonly agreement: string;
}

/** A cell without scores, and why. */
export interface JsonAbsence {
  readonly architecture: string;
  readonly task: string;
  readonly status: Absence;
  readonly seed: number | null;
  readonly reason: string;
}

export interface JsonMatrix {
  readonly experiment: string;
  readonly lengths: Matrix['lengths'];
  /** Only what was measured. */
  readonly cells: readonly JsonCell[];
  /** What is missing, whole cells and single seeds. */
  readonly absent: readonly JsonAbsence[];
  readonly leftovers: Matrix['leftovers'];
}

@view({
  of: 'matrix',
  format: 'json',
  title: 'Everything measured, for scripts',
  summary: 'All scores, seeds, baselines, verdicts, claims and gaps, on one line.',
})
export class MatrixJson implements View<Matrix> {
  draw(matrix: Matrix): string {
    return `${JSON.stringify(matrixToJson(matrix))}\n`;
  }
}

/** The shape that scripts may rely on; fields are added, never taken away. */
export function matrixToJson(matrix: Matrix): JsonMatrix {
  return {
    experiment: matrix.experiment,
    lengths: matrix.lengths,
    cells: matrix.cells.flatMap((cell) => cellToJson(cell) ?? []),
    absent: matrix.cells.flatMap((cell) => cell.problems.map((problem) => absenceToJson(cell, problem))),
    leftovers: matrix.leftovers,
  };
}

function cellToJson({ row, column, summary, expectedSeeds }: MatrixCell): JsonCell | null {
  if (!summary) return null;
  const furthest = furthestRange(summary);
  const range = (of: LengthRange): JsonRange => {
    const { score, ...rest } = summary.ranges[of];
    const perSeed = summary.seeds.map(({ seed, scores }) => ({ seed, ...scoreOrNulls(scores[of]) }));
    return { ...scoreOrNulls(score), perSeed, ...rest };
  };
  return {
    architecture: row.id,
    task: column.id,
    level: column.level,
    kind: row.kind,
    seeds: summary.seeds.length,
    expectedSeeds,
    inRange: range('inRange'),
    near: range('near'),
    far: range('far'),
    baseline: (furthest && summary.ranges[furthest].baseline?.exact) ?? null,
    baselineRange: furthest,
    baselines: summary.baselines.map(baselineToJson),
    verdict: summary.verdict!,
    perSeed: summary.seeds.map(({ seed, outcome, verdict }) => ({ seed, outcome, verdict })),
    solved: {
      seeds: summary.solved.count,
      share: summary.solved.count / summary.seeds.length,
      interval: summary.solved.interval,
    },
    claims: summary.claims,
    agreement: summary.agreement,
  };
}

const scoreOrNulls = (score: Score | null) => ({ exact: score?.exact ?? null, token: score?.token ?? null });

const baselineToJson = ({ id, ranges }: BaselineScores) => ({
  id,
  ...(Object.fromEntries(lengthRanges.map((range) => [range, ranges[range]])) as Record<LengthRange, Score | null>),
});

const absenceToJson = ({ row, column }: MatrixCell, { absence, seed, reason }: Problem): JsonAbsence => ({
  architecture: row.id,
  task: column.id,
  status: absence,
  seed,
  reason,
});
