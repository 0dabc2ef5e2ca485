import type { LengthRange } from '../../../core/contracts/reference';
import type { Verdict } from '../summarise/verdict';
import type { Matrix, MatrixCell, MatrixRow } from '../summarise/matrix';
import type { Absence } from '../summarise/pairs';
import type { ShownScore } from '../../../core/contracts/view';
import { fit, widthOf } from '../../../report/width';

export const scoreNames: Readonly<Record<ShownScore, string>> = {
  exact: 'exact match',
  token: 'token accuracy',
  scaled: 'exact match above chance',
};

export const rangeNames: Readonly<Record<LengthRange, string>> = { inRange: 'in range', near: 'near', far: 'far' };

/** What stands in a cell without scores. */
export const absenceWords: Readonly<Record<Absence, string>> = {
  missing: 'not run',
  failed: 'failed',
  corrupt: 'corrupt',
  stale: 'stale',
  'not evaluated': 'not eval.',
  inapplicable: 'n/a',
  'left out': '',
  'too few seeds': 'few seeds',
};

/** The fuller the disc, the longer the lengths. */
export const verdictMarks: Readonly<Record<Verdict, string>> = {
  solves: '●',
  extends: '◕',
  'learnt in range': '◔',
  'not learnt': '○',
  diverged: '✕',
};

/** Strongest first, as legends list them. */
export const legendVerdicts: readonly Verdict[] = ['solves', 'extends', 'learnt in range', 'not learnt', 'diverged'];

/** Whole percent; 100 means every single one, so 99.9 % is 99. Below zero is worse than guessing. */
export function percent(share: number): string {
  return String(share === 1 ? 100 : Math.min(99, Math.round(share * 100)));
}

/** "1 search", "12 searches" */
export const plural = (count: number, word: string, many = `${word}s`): string =>
  `${count} ${count === 1 ? word : many}`;

/** "12,500" */
export const thousands = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** A row that was not trained as the others has a mark. */
export const markedName = ({ id, mark = '' }: Pick<MatrixRow, 'id' | 'mark'>): string => `${id}${mark}`;

/** The same in at most `width` characters. */
export const rowLabel = ({ id, mark = '' }: Pick<MatrixRow, 'id' | 'mark'>, width: number): string =>
  `${cutName(id, width - widthOf(mark))}${mark}`;

/** Baselines are in brackets where nothing else sets them apart. */
export const rowName = (row: Pick<MatrixRow, 'kind' | 'id' | 'mark'>): string =>
  row.kind === 'baseline' ? `(${row.id})` : markedName(row);

/** "lstm x parity". */
export const cellName = ({ row, column }: Pick<MatrixCell, 'row' | 'column'>): string => `${row.id} x ${column.id}`;

/** "exact match in %, median of 3 seeds"; of an even number the lower of the two in the middle. */
export function scoreSentence({ seeds: [fewest, most] }: Matrix, score: ShownScore): string {
  const seeds =
    most === 0
      ? ''
      : most === 1
        ? ', one seed'
        : `, ${most % 2 ? 'median' : 'lower median'} of ${fewest === most ? most : `${fewest} to ${most}`} seeds`;
  return `${scoreNames[score]} in %${seeds}`;
}

/** Behind a hyphen, before the setting of a swept name, and between the words of that setting. */
const breaks = /(?<=[-/ ])|(?=\{)|(?<==)|(?<=\{.*[a-z.])(?=[A-Z])|(?<=\{.*\.)/;

/** Breaks an id or a level into lines of at most `width`; what still does not fit is cut. */
export function wrapName(name: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of name.split(breaks)) {
    const joined = (lines.at(-1) ?? '') + part;
    if (lines.length > 0 && widthOf(joined.trimEnd()) <= width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines.map((line) => cut(line.trimEnd(), width));
}

/** What a name ends in that says what its row is, such as that it was submitted: it is never cut. */
export const remarkOf = (name: string): string => / \([^()]*\)$/.exec(name)?.[0] ?? '';

/** How wide names may be that are `width` characters wide at most, and of which some end in a remark. */
export const widthWithRemarks = (names: readonly string[], width: number): number =>
  width + Math.max(0, ...names.map((name) => widthOf(remarkOf(name))));

/** Cut in the middle where it ends in the value of a setting, which tells it from its like, or in a remark. */
export function cutName(name: string, width: number): string {
  const remark = remarkOf(name);
  if (remark !== '' && widthOf(name) > width) {
    const plain = name.slice(0, -remark.length);
    return cutName(plain, Math.max(1, width - widthOf(remark))) + remark;
  }
  const value = /=[^=]*\}$/.exec(name)?.[0] ?? '';
  if (widthOf(name) <= width || widthOf(value) > width / 2) return cut(name, width);
  return cut(name.slice(0, -value.length || undefined), width - widthOf(value)) + value;
}

/** At most `width` characters, cut in the middle: names of one family differ at their ends. */
export function cutMiddle(text: string, width: number): string {
  const letters = [...text];
  if (letters.length <= width) return text;
  const behind = Math.floor((width - 1) / 2);
  return `${letters.slice(0, width - 1 - behind).join('')}~${letters.slice(-behind).join('')}`;
}

/** At most `width` characters, a cut marked by "~". */
export const cut = (text: string, width: number): string => fit(text, width, '~');
