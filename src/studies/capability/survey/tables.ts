import { fewNames } from '../../../core/few-names';
import { tableOf, type ColumnOf, type Table } from '../../../report/table';
import { cellName, rangeNames } from '../drawing/wording';
import { rankText } from '../drawing/leaderboard-columns';
import type { MatrixCell } from '../summarise/matrix';
import type { OverallEntry } from '../summarise/overall-entry';
import { isPrediction } from '../summarise/statement';
import type { KindResult } from './by-kind';
import type { Surveyed } from './surveyed';
import type { SaidOf } from './theory-outcomes';
import type { CheckedFigure, CheckedPrediction } from '../summarise/statement';
import type { ComparedVariants } from './variants';
import { counted, difference, withInterval } from './wording';

const left = <E>(title: string, text: (entry: E) => string, dispensable?: number): ColumnOf<E> => ({
  title,
  align: 'left',
  text,
  ...(dispensable !== undefined && { dispensable }),
});
const right = <E>(title: string, text: (entry: E) => string, dispensable?: number): ColumnOf<E> => ({
  title,
  align: 'right',
  text,
  ...(dispensable !== undefined && { dispensable }),
});

/** Tables that have something to show. */
export function tablesOf(found: Surveyed): Table[] {
  const { kinds, theory, published, variants } = found;
  const contradicted = published.filter(({ statement }) => statement.agreement === 'disagrees');
  return [
    rankTable(found),
    ...(kinds.length > 1 ? [kindTable(kinds)] : []),
    columnTable(found),
    ...(theory.predicted > 0 ? [propositionTable(found)] : []),
    ...(theory.disagreements.length > 0
      ? [saidTable('cells that disagree with a prediction', theory.disagreements)]
      : []),
    ...(theory.gaps.length > 0 ? [gapTable(theory.gaps)] : []),
    ...(contradicted.length > 0 ? [publishedTable(contradicted)] : []),
    ...(variants.length > 0 ? [variantTable(variants)] : []),
  ];
}

function rankTable({ leaderboard }: Surveyed): Table {
  const rows = leaderboard.overall.filter(({ kind, capability }) => kind === 'architecture' && capability !== null);
  const levels = rows[0]?.levels.map(({ level }) => level) ?? [];
  const within = (entry: { capability: number | null; interval: OverallEntry['capabilityInterval'] }) =>
    entry.capability === null || !entry.interval ? '' : withInterval(entry.capability, entry.interval);
  return tableOf<OverallEntry>(
    `rank, and capability by level, over ${leaderboard.compared.length} columns`,
    [
      right('#', rankText),
      left('row', ({ architecture }) => architecture),
      right('overall', ({ capability, capabilityInterval }) => within({ capability, interval: capabilityInterval })),
      ...levels.map((level, at) => right<OverallEntry>(level, ({ levels: own }) => within(own[at]!), at + 1)),
    ],
    rows,
  );
}

const kindTable = (kinds: readonly KindResult[]): Table =>
  tableOf<KindResult>(
    'cells of each kind of row',
    [
      left('kind', ({ kind }) => kind),
      left('rows', ({ rows }) => rows.join(', '), 1),
      right('cells', ({ outcomes }) => String(outcomes.measured)),
      right('learnt', ({ outcomes }) => counted(outcomes.learnt)),
      right('extend', ({ outcomes }) => counted(outcomes.extends)),
      right('solve', ({ outcomes }) => counted(outcomes.solves)),
    ],
    kinds,
  );

interface ColumnResult {
  readonly column: string;
  readonly level: string;
  readonly cells: readonly MatrixCell[];
}

function columnTable({ matrix }: Surveyed): Table {
  const columns = matrix.groups.flatMap(({ columns: own }) =>
    own.map(({ id, level }): ColumnResult => ({
      column: id,
      level,
      cells: matrix.rows.flatMap((row) => {
        const cell = matrix.cell(row.id, id);
        return row.kind === 'architecture' && cell.summary ? [cell] : [];
      }),
    })),
  );
  const named = (least: string) => (result: ColumnResult) => {
    const own = result.cells.filter(({ summary }) => summary!.verdict === least).map(({ row }) => row.id);
    return fewNames(own, 8);
  };
  return tableOf<ColumnResult>(
    'who solves what',
    [
      left('column', ({ column }) => column),
      left('level', ({ level }) => level, 2),
      right('rows', ({ cells }) => String(cells.length), 3),
      left('solve', named('solves')),
      left('extend', named('extends')),
      right('learn in range only', ({ cells }) =>
        String(cells.filter(({ summary }) => summary!.verdict === 'learnt in range').length),
      ),
    ],
    columns,
  );
}

interface PropositionResult {
  readonly id: string;
  readonly citation: string;
  readonly agreements: readonly string[];
}

/** Cells count for every proposition that their prediction rests on. */
function propositionTable({ matrix }: Surveyed): Table {
  const found = new Map<string, string[]>();
  for (const { summary, prediction } of matrix.cells) {
    if (!summary || !prediction || !summary.statements.some(isPrediction)) continue;
    for (const id of prediction.propositions) found.set(id, [...(found.get(id) ?? []), summary.theory]);
  }
  const results = (matrix.theory?.propositions ?? []).flatMap(({ id, citation }): PropositionResult[] =>
    found.has(id) ? [{ id, citation, agreements: found.get(id)! }] : [],
  );
  const count = (agreement: string) => (result: PropositionResult) =>
    String(result.agreements.filter((each) => each === agreement).length);
  return tableOf<PropositionResult>(
    'propositions, and what became of the cells whose predictions rest on them',
    [
      left('proposition', ({ id }) => id),
      left('source', ({ citation }) => citation, 3),
      right('agree', count('agrees')),
      right('disagree', count('disagrees')),
      right('learnability gaps', count('learnability gap')),
      right('no test', count('consistent, not a test'), 1),
      right('not decided', count('not decided'), 2),
    ],
    results,
  );
}

const saidTable = (heading: string, said: readonly SaidOf<CheckedPrediction>[]): Table =>
  tableOf<SaidOf<CheckedPrediction>>(
    heading,
    [
      left('cell', ({ cell }) => cellName(cell)),
      left('predicted', ({ statement }) => statement.says),
      left('by', ({ statement }) => statement.source, 1),
      left('evidence', ({ statement }) => statement.evidence, 2),
      left('measured', ({ cell }) => cell.summary!.verdict ?? ''),
    ],
    said,
  );

interface GapsOfRow {
  readonly row: string;
  readonly columns: readonly string[];
}

function gapTable(gaps: readonly MatrixCell[]): Table {
  const rows = [...new Set(gaps.map(({ row }) => row.id))].map((row): GapsOfRow => ({
    row,
    columns: gaps.flatMap((cell) => (cell.row.id === row ? cell.column.id : [])),
  }));
  return tableOf<GapsOfRow>(
    'learnability gaps: what can be expressed and was not learnt beyond the trained lengths',
    [
      left('row', ({ row }) => row),
      right('cells', ({ columns }) => String(columns.length)),
      left('columns', ({ columns }) => columns.join(', ')),
    ],
    rows.sort((a, b) => b.columns.length - a.columns.length),
  );
}

const publishedTable = (said: readonly SaidOf<CheckedFigure>[]): Table =>
  tableOf<SaidOf<CheckedFigure>>(
    'cells that contradict a published figure',
    [
      left('cell', ({ cell }) => cellName(cell)),
      left('published', ({ statement }) => statement.says),
      left('by', ({ statement }) => statement.source, 1),
      right('measured', ({ statement: { measured, range } }) =>
        measured === null ? '' : `${measured.toFixed(2)} ${rangeNames[range]}`,
      ),
    ],
    said,
  );

const mostVariants = 24;

const variantTable = (variants: readonly ComparedVariants[]): Table =>
  tableOf<ComparedVariants>(
    `rows of one family against each other${variants.length > mostVariants ? `, the ${mostVariants} pairs that differ most` : ''}`,
    [
      left('A', ({ base }) => base),
      left('B', ({ variant }) => variant),
      right('A reaches', ({ overall }) => overall.capability[0].toFixed(2)),
      right('B reaches', ({ overall }) => overall.capability[1].toFixed(2)),
      right('columns', ({ overall }) => String(overall.cells), 1),
      right('B - A', ({ overall }) => difference(overall.difference, overall.interval)),
      left('answer', ({ base, variant, overall: { answer } }) =>
        answer === 'A' ? base : answer === 'B' ? variant : answer,
      ),
    ],
    variants.slice(0, mostVariants),
  );
