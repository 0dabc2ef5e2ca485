import type { Manifest } from '../../../core/contracts/manifest';
import type { Cell, CellRecord, CellSpecification, CurvePoint } from '../../../core/contracts/record';
import { columnOf, rowOf } from '../../../core/cell';
import type { Stored } from '../../../core/contracts/store';
import { printable } from '../../../report/printable';
import { codeOf, codes, type Code } from '../../../theory/predict';
import { cellNotes } from '../drawing/notes';
import type { CellSummary, RangeSummary } from '../summarise/cell-summary';
import type { LengthSummary } from '../summarise/length-summary';
import { columnsOf, type Matrix, type MatrixCell } from '../summarise/matrix';
import type { SeedSummary } from '../summarise/seed-summary';
import type { Statement } from '../summarise/statement';
import {
  verdictsInOrder,
  type CellData,
  type CurveData,
  type LengthData,
  type MeasuredData,
  type RangeData,
  type RowDetails,
  type SeedData,
  type SpecificationData,
  type StatementData,
} from './grid-data';
import { triple } from './grid-of';
import { thousandths, thousandthsOrNull } from './thousandths';

/** What a matrix was made of, as far as the page of a report tells it. */
export interface GridSources {
  readonly manifest: Pick<Manifest, 'cells'>;
  readonly stored?: ReadonlyMap<string, Stored<CellRecord>>;
}

const keyLength = 12;

/** Everything about the cells of a matrix that is not seen at once, row by row, and the protocols that they share. */
export function detailsOf(
  matrix: Matrix,
  { manifest, stored = new Map() }: GridSources,
): { readonly rows: readonly RowDetails[]; readonly protocols: readonly object[] } {
  const protocols = new Distinct();
  const jobs = new Map<string, Cell>();
  for (const cell of manifest.cells) jobs.set(pair(printable(rowOf(cell)), printable(columnOf(cell))), cell);
  const columns = columnsOf(matrix);
  const rows = matrix.rows.map((row): RowDetails => {
    const provenances = new Distinct();
    const cells = columns.map((column) => {
      const job = jobs.get(pair(row.id, column.id));
      return cellOf(matrix.cell(row.id, column.id), {
        specification: job ? specificationOf(job.specification, protocols) : null,
        seedOf: (seed) => ({ ...seedOf(seed), ...provenanceOf(stored.get(seed.key), provenances) }),
      });
    });
    return { cells, provenances: provenances.values };
  });
  return { rows, protocols: protocols.values };
}

const pair = (row: string, column: string) => `${row}\n${column}`;

/** Values that are kept once, known by their place. */
class Distinct {
  readonly values: object[] = [];
  private readonly places = new Map<string, number>();
  placeOf(value: object): number {
    const text = JSON.stringify(value);
    const known = this.places.get(text);
    if (known !== undefined) return known;
    this.places.set(text, this.values.length);
    return this.values.push(printableValues(value) as object) - 1;
  }
}

/** What comes from records as it is, with no character that cannot be shown. */
function printableValues(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(printableValues);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [printable(key), printableValues(inner)]));
}

function specificationOf(
  { protocol, seed: _, ...specification }: CellSpecification,
  protocols: Distinct,
): SpecificationData {
  return { ...(printableValues(specification) as object), protocol: protocols.placeOf(protocol ?? {}) };
}

function provenanceOf(found: Stored<CellRecord> | undefined, provenances: Distinct) {
  if (found?.status !== 'finished') return {};
  const { startedAt, trainingSeconds: _, evaluationSeconds: __, ...rest } = found.record.provenance;
  return { startedAt: printable(startedAt), provenance: provenances.placeOf(rest) };
}

interface CellContext {
  readonly specification: SpecificationData | null;
  seedOf(seed: SeedSummary): SeedData;
}

function cellOf(cell: MatrixCell, { specification, seedOf }: CellContext): CellData | null {
  const { summary, problems, prediction } = cell;
  if (!summary && problems.every(({ absence }) => absence === 'left out')) return null;
  return {
    problems,
    notes: cellNotes(cell),
    statements: summary?.statements.map(statementOf) ?? [],
    prediction: prediction && saidBy(codeOf(prediction)),
    measured: summary && measuredOf(summary, seedOf),
    specification,
  };
}

/** "can be expressed at this size; expected to extend beyond the trained lengths: a theorem" */
const saidBy = (code: string): string =>
  code
    .split(' ')
    .map((each) => codes[each as Code] ?? each)
    .join('; ');

const statementOf = (statement: Statement): StatementData => ({
  kind: statement.kind,
  says: statement.says,
  source: statement.source,
  agreement: statement.agreement,
  ...(statement.because !== undefined && { because: statement.because }),
  ...(statement.kind === 'prediction'
    ? { evidence: statement.evidence }
    : { measured: thousandthsOrNull(statement.measured) }),
});

function measuredOf(summary: CellSummary, seedOf: (seed: SeedSummary) => SeedData): MeasuredData {
  const { verdictBounds, isBorderline, ranges, seeds, lengths, baselines, cost, search } = summary;
  const placeOf = (verdict: CellSummary['verdict']) => verdictsInOrder.indexOf(verdict!);
  return {
    verdict: placeOf(summary.verdict),
    bounds: isBorderline ? [placeOf(verdictBounds![0]), placeOf(verdictBounds![1])] : null,
    ranges: triple((range) => rangeOf(ranges[range])),
    seeds: seeds.map(seedOf),
    lengths: lengths.map(lengthOf),
    baselines: baselines.map(({ id, ranges: own }) => ({
      id,
      exact: triple((range) => thousandthsOrNull(own[range]?.exact)),
    })),
    cost: cost && { ...cost, trainingSeconds: tenths(cost.trainingSeconds) },
    ...(search && { search: searchOf(search) }),
  };
}

const searchOf = ({ trials, chosen, steps }: NonNullable<CellSummary['search']>): MeasuredData['search'] => ({
  trials: printableValues(trials) as typeof trials,
  chosen,
  steps,
});

const tenths = (seconds: number): number => Math.round(10 * seconds) / 10;

function rangeOf({ score, best, longest, baseline, ceiling, scaled, faults, notEvaluated }: RangeSummary): RangeData {
  return {
    score: score && {
      exact: thousandths(score.exact),
      token: thousandths(score.token),
      low: thousandths(score.intervals.exact.low),
      high: thousandths(score.intervals.exact.high),
    },
    best: best && thousandths(best.exact),
    longest: longest && [longest.length, thousandths(longest.exact)],
    baseline: baseline && { exact: thousandths(baseline.exact), token: thousandths(baseline.token) },
    ceiling: ceiling && thousandths(ceiling.exact),
    skill: thousandthsOrNull(scaled.exact),
    faults: faults && {
      unfinished: thousandths(faults.unfinished),
      malformed: thousandths(faults.malformed),
      wrong: thousandths(faults.wrong),
    },
    ...(notEvaluated !== undefined && { notEvaluated: printable(notEvaluated) }),
  };
}

const seedOf = ({ seed, key, verdict, scores, outcome, steps, sequences, trainingSeconds, curve }: SeedSummary) => ({
  seed,
  key: key.slice(0, keyLength),
  verdict: verdict === null ? -1 : verdictsInOrder.indexOf(verdict),
  exact: triple((range) => thousandthsOrNull(scores[range]?.exact)),
  outcome,
  steps,
  sequences,
  seconds: tenths(trainingSeconds),
  curve: curve.length > 0 ? curveOf(curve) : null,
});

const curveOf = (curve: readonly CurvePoint[]): CurveData => ({
  steps: curve.map(({ step }) => step),
  loss: curve.map(({ loss }) => (Number.isFinite(loss) ? Number(loss.toPrecision(4)) : null)),
  heldOut: curve.map(({ heldOut }) => thousandthsOrNull(heldOut?.exact)),
});

function lengthOf({ length, range, seeds, notEvaluated }: LengthSummary): LengthData {
  const unfinished = seeds.map(({ faults }) => thousandths(faults?.unfinished ?? 0));
  const hasTrace = seeds.some(({ traceExact }) => traceExact !== undefined);
  return {
    length,
    range,
    sequences: Math.max(0, ...seeds.map(({ sequences }) => sequences)),
    exact: seeds.map(({ score }) => thousandthsOrNull(score?.exact)),
    token: seeds.map(({ score }) => thousandthsOrNull(score?.token)),
    ...(unfinished.some((share) => share > 0) && { unfinished }),
    ...(hasTrace && { trace: seeds.map(({ traceExact }) => thousandths(traceExact ?? 0)) }),
    ...(notEvaluated !== undefined && { notEvaluated: printable(notEvaluated) }),
  };
}
