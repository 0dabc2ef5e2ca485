import { view } from '../../../../registry/units';
import type { ShownSubmission } from '../../../core/contracts/manifest';
import type { LengthRange } from '../../../core/contracts/reference';
import type { Score } from '../../../core/contracts/record';
import type { Agreement, ManifestProposition, Prediction } from '../../../core/contracts/theory';
import type { View } from '../../../core/contracts/view';
import { codeOf } from '../../../theory/predict';
import type { Interval } from '../../statistics/wilson';
import { familyOf } from '../summarise/arranged';
import type { BaselineScores } from '../summarise/baselines';
import { capability, type Capability } from '../summarise/capability';
import type { CellCost } from '../summarise/cost';
import { furthestRange, type CellSummary, type RangeSummary } from '../summarise/cell-summary';
import type { LengthSummary } from '../summarise/length-summary';
import { columnsOf, type ColumnFacts, type Matrix, type MatrixCell } from '../summarise/matrix';
import type { Absence, Problem } from '../summarise/pairs';
import { scoresOf, type MeanScore } from '../summarise/mean-score';
import { byRange, type SeedSearch, type SeedSummary } from '../summarise/seed-summary';
import { isTested, type Statement } from '../summarise/statement';
import type { Training } from '../summarise/training';
import type { Verdict } from '../summarise/verdict';

/** Scores of one range. Everything is null where it was not evaluated. */
export interface JsonRange extends Omit<RangeSummary, 'score' | 'baseline'> {
  /** Medians over seeds, 0..1, each of one seed; of an even number the lower of the two in the middle. */
  readonly exact: number | null;
  readonly token: number | null;
  /** What noise leaves open of them, and how surely. */
  readonly intervals: MeanScore['intervals'] | null;
  readonly perSeed: readonly {
    readonly seed: number;
    readonly exact: number | null;
    readonly token: number | null;
    /** Exact-match accuracy at the longest length. */
    readonly longest: number | null;
  }[];
  /** Best baseline over the same lengths. */
  readonly baseline: Score | null;
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
  /** Verdicts that noise leaves open; null where the verdict is no question of scores. */
  readonly verdictBounds: CellSummary['verdictBounds'];
  readonly isBorderline: boolean;
  readonly capability: Capability | null;
  /** What the row takes and what training took; null for baselines. */
  readonly cost: CellCost | null;
  /** How the settings were chosen that all seeds were trained with; absent where they are as written. */
  readonly search?: SeedSearch;
  readonly perSeed: readonly Omit<SeedSummary, 'scores' | 'search'>[];
  /** Seeds that reach at least each verdict. */
  readonly reached: CellSummary['reached'];
  /** Share of seeds that solve the task, with its 95 % Wilson interval. */
  readonly solved: { readonly seeds: number; readonly share: number; readonly interval: Interval };
  /** What theory predicts of the cell; null where it was not asked. */
  readonly prediction: JsonPrediction | null;
  /** What theory predicts and what is published, each beside what was measured. */
  readonly statements: readonly Statement[];
  /** Of all statements, and of those of theory. */
  readonly agreement: Agreement;
  readonly theory: Agreement;
  /** Whether what was measured could have refuted what theory says. */
  readonly testsTheory: boolean;
  /** Every length with the scores of each seed, and whether its score enters the mean of its range. */
  readonly lengths: readonly LengthSummary[];
}

/** With its code, as `zoo theory --matrix` shows it. */
export type JsonPrediction = Prediction & { readonly code: string };

/** A cell without scores, and why. */
export interface JsonAbsence {
  readonly architecture: string;
  readonly task: string;
  readonly status: Absence;
  readonly seed: number | null;
  readonly reason: string;
  readonly prediction: JsonPrediction | null;
}

export interface JsonMatrix {
  readonly experiment: string;
  readonly lengths: Matrix['lengths'];
  /** Lengths of each column, and what a perfect learner of the trained ones could reach at most. */
  readonly columns: readonly ({
    readonly task: string;
    readonly level: string;
    readonly family: string;
  } & ColumnFacts)[];
  /** Rows in the order of the matrix; what is said of those that were not trained as the others. */
  readonly rows: readonly {
    readonly architecture: string;
    readonly kind: 'architecture' | 'baseline';
    readonly family: string;
    readonly protocolDiffers: string | null;
    /** Of rows that somebody else measured: who, and whether it was verified here. */
    readonly submission?: ShownSubmission;
  }[];
  /** How rows were trained: what is the same for all, what differs, how long it took. */
  readonly training: Training | null;
  /** Only what was measured. */
  readonly cells: readonly JsonCell[];
  /** What is missing, whole cells and single seeds. */
  readonly absent: readonly JsonAbsence[];
  /** The propositions that predictions name. */
  readonly propositions: readonly ManifestProposition[];
  readonly leftovers: Matrix['leftovers'];
}

@view({
  of: 'matrix',
  format: 'json',
  title: 'Everything measured, for scripts',
  summary: 'All scores, seeds, baselines, verdicts, predictions, statements and gaps, on one line.',
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
    columns: columnsOf(matrix).map((column) => ({
      task: column.id,
      level: column.level,
      family: familyOf(column),
      ...matrix.facts.get(column.id)!,
    })),
    rows: matrix.rows.map((row) => ({
      architecture: row.id,
      kind: row.kind,
      family: familyOf(row),
      protocolDiffers: row.differs ?? null,
      ...(row.submission && { submission: row.submission }),
    })),
    training: matrix.training,
    cells: matrix.cells.flatMap((cell) => cellToJson(cell) ?? []),
    absent: matrix.cells.flatMap((cell) => cell.problems.map((problem) => absenceToJson(cell, problem))),
    propositions: matrix.theory?.propositions ?? [],
    leftovers: matrix.leftovers,
  };
}

function cellToJson({ row, column, summary, expectedSeeds, prediction }: MatrixCell): JsonCell | null {
  if (!summary) return null;
  const furthest = furthestRange(summary);
  return {
    architecture: row.id,
    task: column.id,
    level: column.level,
    kind: row.kind,
    seeds: summary.seeds.length,
    expectedSeeds,
    inRange: rangeToJson(summary, 'inRange'),
    near: rangeToJson(summary, 'near'),
    far: rangeToJson(summary, 'far'),
    baseline: (furthest && summary.ranges[furthest].baseline?.exact) ?? null,
    baselineRange: furthest,
    baselines: summary.baselines.map(baselineToJson),
    verdict: summary.verdict!,
    verdictBounds: summary.verdictBounds,
    isBorderline: summary.isBorderline,
    capability: capability(summary),
    cost: summary.cost,
    ...(summary.search && { search: summary.search }),
    perSeed: summary.seeds.map(({ scores: _, search: __, ...seed }) => seed),
    reached: summary.reached,
    solved: {
      seeds: summary.solved.count,
      share: summary.solved.count / summary.seeds.length,
      interval: summary.solved.interval,
    },
    prediction: predictionToJson(prediction),
    statements: summary.statements,
    agreement: summary.agreement,
    theory: summary.theory,
    testsTheory: isTested(summary.theory),
    lengths: summary.lengths,
  };
}

function rangeToJson({ ranges, seeds }: CellSummary, range: LengthRange): JsonRange {
  const { score, baseline, ...rest } = ranges[range];
  return {
    ...scoreOrNulls(score),
    intervals: score?.intervals ?? null,
    perSeed: seeds.map(({ seed, scores }) => ({
      seed,
      ...scoreOrNulls(scores[range]),
      longest: scores[range]?.longest.exact ?? null,
    })),
    baseline: baseline && scoresOf(baseline),
    ...rest,
  };
}

const scoreOrNulls = (score: Score | null) => ({ exact: score?.exact ?? null, token: score?.token ?? null });

const baselineToJson = ({ id, ranges }: BaselineScores) => ({
  id,
  ...byRange((range) => ranges[range] && scoresOf(ranges[range])),
});

const predictionToJson = (prediction: Prediction | null): JsonPrediction | null =>
  prediction && { ...prediction, code: codeOf(prediction) };

const absenceToJson = ({ row, column, prediction }: MatrixCell, { absence, seed, reason }: Problem): JsonAbsence => ({
  architecture: row.id,
  task: column.id,
  status: absence,
  seed,
  reason,
  prediction: predictionToJson(prediction),
});
