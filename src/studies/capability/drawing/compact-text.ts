import { lengthRanges } from '../../../core/contracts/reference';
import type { ViewOptions } from '../../../core/contracts/view';
import { bold, dim, heat } from '../../../report/heat';
import { flow, pad, widthOf } from '../../../report/width';
import { mean } from '../../statistics/summaries';
import { mainAbsence, type Matrix, type MatrixCell } from '../summarise/matrix';
import { bandsOf, type Band } from './bands';
import { protocolNotes } from './notes';
import { shownScore } from './shown-score';
import {
  absenceWords,
  cutMiddle,
  legendVerdicts,
  markedName,
  rowLabel,
  scoreSentence,
  verdictMarks,
  widthWithRemarks,
} from './wording';

const longestLabel = 24;
/** Names of columns are written downwards. */
const longestName = 20;

/** A character for each cell: its verdict, on the colour of its mean score. */
export class CompactMap {
  private readonly labelWidth: number;

  constructor(
    private readonly matrix: Matrix,
    private readonly options: ViewOptions,
    private readonly width: number,
  ) {
    const labels = matrix.rows.map(markedName);
    this.labelWidth = Math.min(widthWithRemarks(labels, longestLabel), Math.max(0, ...labels.map(widthOf))) + 1;
  }

  text(): string {
    const gaps = this.matrix.groups.length - 1;
    const fitting = Math.max(1, Math.floor((this.width - this.labelWidth - gaps) / columnWidth));
    const bands = bandsOf(this.matrix.groups, fitting).map((band) => this.band(band).join('\n'));
    return `${[...bands, this.legend().join('\n')].join('\n\n')}\n`;
  }

  private band(band: Band): string[] {
    const firstBaseline = this.matrix.rows.findIndex(({ kind }) => kind === 'baseline');
    const rows = this.matrix.rows.map((row) => {
      const label = pad(rowLabel(row, this.labelWidth - 1), this.labelWidth);
      const cells = band.map(({ columns }) =>
        columns.map((column) => this.cell(this.matrix.cell(row.id, column.id))).join(''),
      );
      return `${row.kind === 'baseline' ? dim(this.options.palette, label) : label}${cells.join(' ')}`.trimEnd();
    });
    if (firstBaseline > 0) rows.splice(firstBaseline, 0, '');
    return [...this.names(band), ...rows];
  }

  /** Standing on the first row, the last letter lowest. */
  private names(band: Band): string[] {
    const names = band.map(({ columns }) => columns.map(({ id }) => [...cutMiddle(id, longestName)]));
    const height = Math.max(...names.flat().map(({ length }) => length));
    return Array.from({ length: height }, (_, line) => {
      const letters = names.map((own) =>
        own.map((name) => (name[line - (height - name.length)] ?? ' ').padEnd(columnWidth)).join(''),
      );
      return `${' '.repeat(this.labelWidth)}${bold(this.options.palette, letters.join(' ').trimEnd())}`;
    });
  }

  private cell(cell: MatrixCell): string {
    const { palette, score } = this.options;
    const { summary } = cell;
    if (!summary) return pad(absenceWords[mainAbsence(cell)] ? dim(palette, '–') : '', columnWidth);
    const values = lengthRanges.flatMap((range) => shownScore(summary.ranges[range], score) ?? []);
    const mark = `${verdictMarks[summary.verdict!]} `;
    return values.length > 0 ? heat(palette, mark, mean(values)) : mark;
  }

  private legend(): string[] {
    const marks = [...legendVerdicts.map((verdict) => `${verdictMarks[verdict]} ${verdict}`), '– no scores'];
    return [
      `${this.options.title ?? this.matrix.experiment}: ${scoreSentence(this.matrix, this.options.score)}`,
      ...flow(marks, this.width),
      ...protocolNotes(this.matrix).flatMap((note) => flow(note.split(' '), this.width, ' ')),
      ...flow('--no-compact shows the scores of each range.'.split(' '), this.width, ' '),
    ].map((line, at) => (at < 2 ? line : dim(this.options.palette, line)));
  }
}

const columnWidth = 2;
