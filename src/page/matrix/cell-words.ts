import type { ShownScore } from '../../core/contracts/view';
import { absencesInOrder, shownFirst, verdictsInOrder, type GridData } from '../../studies/capability/report/grid-data';
import { absenceWords } from '../../studies/capability/drawing/wording';
import { inPercent, rangeNames } from '../wording';

export const scoreWords: Readonly<Record<ShownScore, string>> = {
  scaled: 'skill above chance',
  exact: 'exact match',
  token: 'token accuracy',
};
const ranges = [rangeNames.inRange, rangeNames.near, rangeNames.far];

/** What is to be said of a cell in a line, and more in further lines. */
export interface CellWords {
  readonly name: string;
  /** "solves", "not run". */
  readonly outcome: string;
  readonly scores: readonly { readonly kind: string; readonly text: string }[];
  readonly remarks: readonly string[];
}

export function wordsOf(grid: GridData, row: number, column: number): CellWords {
  const { cells, columns, rows, legend } = grid;
  const at = row * columns.length + column;
  const name = `${rows[row]!.id} × ${columns[column]!.id}`;
  const verdict = cells.verdict[at]!;
  if (verdict < 0) {
    const absence = absencesInOrder[cells.absence[at]!]!;
    return {
      name,
      outcome: absence === 'left out' ? 'not part of the experiment' : absenceWords[absence],
      scores: [],
      remarks: [],
    };
  }
  const [theory, flag] = [cells.theory[at]!, cells.flags[at]!];
  const said = (of: keyof GridData['legend'], sign: string) =>
    legend[of].flatMap(([mark, text]) => (mark === sign ? text : []));
  const solved = cells.seeds[at]! > 1 ? [`${cells.solved[at]} of ${cells.seeds[at]} seeds solve`] : [];
  return {
    name,
    outcome: verdictsInOrder[verdict]!,
    scores: shownFirst.map((kind) => ({
      kind: scoreWords[kind],
      text: ranges.map((range, place) => `${range} ${inPercent(cells.scores[kind][place]![at])}`).join(', '),
    })),
    remarks: [...solved, ...said('theory', theory), ...said('flags', flag)],
  };
}

/** "lstm × parity: solves, exact match in range 100, near 100, far 99; agrees with theory" */
export function spokenOf(grid: GridData, row: number, column: number): string {
  const { name, outcome, scores, remarks } = wordsOf(grid, row, column);
  const exact = scores.find(({ kind }) => kind === scoreWords.exact);
  return [`${name}: ${outcome}${exact ? `, ${exact.kind} ${exact.text}` : ''}`, ...remarks].join('; ');
}
