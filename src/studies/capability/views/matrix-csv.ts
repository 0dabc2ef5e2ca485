import { view } from '../../../../registry/units';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { Agreement } from '../../../core/contracts/theory';
import type { View } from '../../../core/contracts/view';
import { chosenSettings } from '../../../core/search';
import { csvOf, type CsvField } from '../../../report/csv';
import { codeOf } from '../../../theory/predict';
import { costFields, costTitles } from '../drawing/cost-fields';
import { cellNotes } from '../drawing/notes';
import { familyOf } from '../summarise/arranged';
import { capability } from '../summarise/capability';
import { searchWords, settingsText } from '../../search/words';
import { isTested } from '../summarise/statement';
import { mainAbsence, type Matrix, type MatrixCell } from '../summarise/matrix';

const rangeTitles: Readonly<Record<LengthRange, string>> = { inRange: 'in_range', near: 'near', far: 'far' };

/** Titles of the fields and how a cell fills them, in their order. */
const fields: readonly (readonly [title: string, field: (cell: MatrixCell) => CsvField])[] = [
  ['architecture', ({ row }) => row.id],
  ['kind', ({ row }) => row.kind],
  ['task', ({ column }) => column.id],
  ['level', ({ column }) => column.level],
  ['family', ({ column }) => familyOf(column)],
  ['verdict', ({ summary }) => summary?.verdict],
  ['absence', (cell) => (cell.summary ? null : mainAbsence(cell))],
  ['verdict_lowest', ({ summary }) => summary?.verdictBounds?.[0]],
  ['verdict_highest', ({ summary }) => summary?.verdictBounds?.[1]],
  ['capability', ({ summary }) => summary && capability(summary)?.value],
  ['capability_low', ({ summary }) => summary && capability(summary)?.interval.low],
  ['capability_high', ({ summary }) => summary && capability(summary)?.interval.high],
  ...lengthRanges.flatMap(rangeFields),
  ['seeds', ({ summary }) => summary?.seeds.length ?? 0],
  ['expected_seeds', ({ expectedSeeds }) => expectedSeeds],
  ['seed_numbers', ({ summary }) => summary?.seeds.map(({ seed }) => seed).join(';')],
  ['steps_of_seeds', ({ summary }) => summary?.seeds.map(({ steps }) => steps).join(';')],
  ['sequences_of_seeds', ({ summary }) => summary?.seeds.map(({ sequences }) => sequences).join(';')],
  ['parameters_of_seeds', ({ summary }) => summary?.seeds.map(({ parameterCount }) => parameterCount).join(';')],
  ['verdict_of_seeds', ({ summary }) => summary?.seeds.map(({ verdict }) => verdict).join(';')],
  ['outcome_of_seeds', ({ summary }) => summary?.seeds.map(({ outcome }) => outcome).join(';')],
  ['seeds_that_learn', ({ summary }) => summary?.reached['learnt in range']],
  ['seeds_that_extend', ({ summary }) => summary?.reached.extends],
  ['seeds_that_solve', ({ summary }) => summary?.solved.count],
  ['solve_low', ({ summary }) => summary?.solved.interval.low],
  ['solve_high', ({ summary }) => summary?.solved.interval.high],
  ['seeds_that_diverged', ({ summary }) => summary?.diverged],
  ['seeds_stopped_as_futile', ({ summary }) => summary?.futile],
  ...costTitles.map(
    (title, at) => [title, ({ summary }: MatrixCell): CsvField => costFields(summary?.cost)[at]] as const,
  ),
  ['search', ({ summary }) => summary?.search && searchWords(summary.search)],
  ['search_chose', ({ summary }) => summary?.search && settingsText(chosenSettings(summary.search))],
  ['protocol_differs', ({ row }) => row.differs],
  ['predicted', ({ prediction }) => prediction && codeOf(prediction)],
  ['expressible', ({ prediction }) => prediction?.expressible],
  ['expressible_evidence', ({ prediction }) => prediction?.evidence],
  ['binds_from', ({ prediction }) => prediction?.binds],
  ['extends', ({ prediction }) => prediction?.extends],
  ['extends_evidence', ({ prediction }) => prediction?.extensionEvidence],
  ['propositions', ({ prediction }) => prediction?.propositions.join(';')],
  ['no_result_because', ({ prediction }) => prediction?.reason],
  ['theory', (cell) => theoryOf(cell)],
  ['tests_theory', (cell) => (cell.prediction ? (isTested(theoryOf(cell)!) ? 'yes' : 'no') : null)],
  ['agreement', ({ summary }) => summary?.agreement],
  ['notes', (cell) => cellNotes(cell).join('; ')],
];

/** Nothing where theory was not asked. */
const theoryOf = ({ prediction, summary }: MatrixCell): Agreement | null =>
  prediction && (summary?.theory ?? 'not measured');

function rangeFields(range: LengthRange): (readonly [string, (cell: MatrixCell) => CsvField])[] {
  const kinds = ['exact', 'token'] as const;
  const of = ({ summary }: MatrixCell) => summary?.ranges[range];
  return [
    ...kinds.flatMap((kind): (readonly [string, (cell: MatrixCell) => CsvField])[] => [
      [kind, (cell) => of(cell)?.score?.[kind]],
      [`${kind}_of_seeds`, ({ summary }) => summary?.seeds.map(({ scores }) => scores[range]?.[kind]).join(';')],
      [`${kind}_best`, (cell) => of(cell)?.best?.[kind]],
      [`${kind}_low`, (cell) => of(cell)?.score?.intervals[kind].low],
      [`${kind}_high`, (cell) => of(cell)?.score?.intervals[kind].high],
      [`${kind}_confidence`, (cell) => of(cell)?.score?.intervals[kind].confidence],
      [`${kind}_baseline`, (cell) => of(cell)?.baseline?.[kind]],
      [`${kind}_beside_baseline`, (cell) => of(cell)?.standing[kind]],
      [`${kind}_ceiling`, (cell) => of(cell)?.ceiling?.[kind]],
      [`${kind}_scaled`, (cell) => of(cell)?.scaled[kind]],
    ]),
    ...([
      ['longest_length', (cell) => of(cell)?.longest?.length],
      ['longest_exact', (cell) => of(cell)?.longest?.exact],
      ['answers', (cell) => of(cell)?.faults?.answers],
      ['unfinished', (cell) => of(cell)?.faults?.unfinished],
      ['malformed', (cell) => of(cell)?.faults?.malformed],
      ['wrong', (cell) => of(cell)?.faults?.wrong],
      ['evaluated_lengths', (cell) => of(cell)?.evaluatedLengths],
      ['not_averaged_lengths', (cell) => of(cell)?.notAveragedLengths],
      ['not_evaluated_lengths', (cell) => of(cell)?.notEvaluatedLengths],
    ] satisfies [string, (cell: MatrixCell) => CsvField][]),
  ].map(([title, field]) => [`${rangeTitles[range]}_${title}`, field]);
}

@view({
  of: 'matrix',
  format: 'csv',
  title: 'Matrix for spreadsheets',
  summary: 'A line for each architecture and task with all digits, each seed and all notes.',
})
export class MatrixCsv implements View<Matrix> {
  draw({ cells }: Matrix): string {
    return csvOf(
      fields.map(([title]) => title),
      cells.map((cell) => fields.map(([, field]) => field(cell))),
    );
  }
}
