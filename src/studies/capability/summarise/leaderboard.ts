import type { ManifestColumn, ShownSubmission } from '../../../core/contracts/manifest';
import type { RankingOptions, TaskWeight } from '../../../core/contracts/view';
import { comparedColumns, usualCoverage } from './compared-columns';
import { withEnoughSeeds } from './enough-seeds';
import { columnsOf, type Matrix, type MatrixRow } from './matrix';
import { meanOf, rankedCells, type Means, type RankedCells } from './means';
import { overallEntry, type OverallEntry } from './overall-entry';
import type { Absence } from './pairs';
import { ranksOf, type Rank, type Rankable } from './ranks';
import { taskEntry, type TaskEntry } from './task-entry';
import { weightsOf } from './task-weights';

/** Rows ranked on each task and overall. */
export interface Leaderboard {
  readonly experiment: string;
  readonly taskCount: number;
  /** Columns that all ranked rows have: the overall ranking is over these. */
  readonly compared: readonly string[];
  /** Share of the columns that a row must have to be ranked. */
  readonly coverage: number;
  /** What counts as one in the mean over tasks. */
  readonly by: TaskWeight;
  /** Rows that were not trained as the others, by the mark behind their names. */
  readonly protocols: readonly { readonly mark: string; readonly rows: readonly string[]; readonly differs: string }[];
  /** Rows that somebody else measured: who, and whether it was verified here. Absent where there are none. */
  readonly submissions?: readonly (ShownSubmission & { readonly architecture: string })[];
  readonly overall: readonly OverallEntry[];
  readonly tasks: readonly { readonly column: ManifestColumn; readonly entries: readonly TaskEntry[] }[];
}

/** Ranks the rows of a matrix, on each task and overall. Whoever has its cells ranked already hands them over. */
export function buildLeaderboard(matrix: Matrix, options: RankingOptions = {}, known?: RankedCells): Leaderboard {
  const { by = 'family', coverage = usualCoverage, minSeeds } = options;
  const measured = minSeeds === undefined ? matrix : withEnoughSeeds(matrix, minSeeds);
  const columns = columnsOf(measured);
  const ranked = (measured === matrix && known) || rankedCells(measured);
  const compared = comparedOf(measured.rows, ranked, columns, coverage);
  const weights = weightsOf(compared, by);
  const submissions = measured.rows.flatMap(({ id, submission }) =>
    submission ? { architecture: id, ...submission } : [],
  );
  return {
    experiment: matrix.experiment,
    taskCount: columns.length,
    compared: compared.map(({ id }) => id),
    coverage,
    by,
    protocols: protocolsOf(measured.rows),
    ...(submissions.length > 0 && { submissions }),
    overall: inOrder(
      measured.rows.map((row) => {
        const own = ranked.get(row.id)!;
        const means = meanOf(own, weights);
        return { entry: overallEntry(row, own, { means, compared, by }), resampled: means?.resampled ?? null };
      }),
    ),
    tasks: columns.map((column) => ({
      column,
      entries: inOrder(
        measured.rows
          .map((row) => {
            const { cell, resampled } = ranked.get(row.id)!.get(column.id)!;
            return { entry: taskEntry(cell, resampled), resampled };
          })
          .filter(({ entry }) => isAsked(entry)),
      ),
    })),
  };
}

/** Columns that trained rows are compared on: of those in which something can be shown. */
function comparedOf(
  rows: readonly MatrixRow[],
  ranked: RankedCells,
  columns: readonly ManifestColumn[],
  coverage: number,
): ManifestColumn[] {
  const has = new Map(
    rows.flatMap(({ id, kind }) => {
      if (kind === 'baseline') return [];
      const own = [...ranked.get(id)!].flatMap(([column, { capability: value }]) => (value === null ? [] : column));
      return [[id, new Set(own)] as const];
    }),
  );
  const showing = columns.flatMap(({ id }) => ([...has.values()].some((own) => own.has(id)) ? id : []));
  const { columns: common } = comparedColumns(has, showing, coverage);
  return columns.filter(({ id }) => common.includes(id));
}

function protocolsOf(rows: readonly MatrixRow[]): Leaderboard['protocols'] {
  const marks = [...new Set(rows.flatMap(({ mark }) => mark ?? []))];
  return marks.map((mark) => {
    const own = rows.filter((row) => row.mark === mark);
    return { mark, rows: own.map(({ id }) => id), differs: own[0]!.differs! };
  });
}

/** Rows that the experiment does not measure on a task have no place among those that it does. */
const isAsked = ({ absence }: { readonly absence: Absence | null }): boolean => absence !== 'left out';

type Unranked = Pick<OverallEntry, 'architecture' | 'kind' | 'capability'> & { readonly tasks?: number };

/** Best first. Baselines stand where they belong but take no rank. */
function inOrder<E extends Unranked>(
  found: readonly { readonly entry: E; readonly resampled: Means['resampled'] | null }[],
): (E & Rank)[] {
  const sorted = [...found].sort(({ entry: a }, { entry: b }) => {
    const better = (b.capability ?? -1) - (a.capability ?? -1) || (b.tasks ?? 0) - (a.tasks ?? 0);
    return better || (a.architecture < b.architecture ? -1 : 1);
  });
  const rankable = sorted.filter(
    ({ entry, resampled }) => entry.kind === 'architecture' && entry.capability !== null && resampled !== null,
  );
  const ranks = ranksOf(
    rankable.map(({ entry, resampled }): Rankable => ({ capability: entry.capability!, resampled: resampled! })),
  );
  const unranked: Rank = { rank: null, isShared: false };
  return sorted.map((each) => {
    const { rank, isShared } = ranks[rankable.indexOf(each)] ?? unranked;
    return { rank, isShared, ...each.entry };
  });
}
