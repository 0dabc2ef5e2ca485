import { view } from '../../../../registry/units';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { ManifestColumn } from '../../../core/contracts/manifest';
import { scoreKindOf, type View, type ViewOptions } from '../../../core/contracts/view';
import { bold, dim, heat } from '../../../report/heat';
import { toAscii } from '../../../report/symbols';
import { flow, pad, widthOf } from '../../../report/width';
import { bandsOf, type Band } from '../drawing/bands';
import { CompactMap } from '../drawing/compact-text';
import { isLarge } from '../drawing/large';
import { factsOf, lengthsDiffer, longestHeading } from '../drawing/facts';
import { flagMeanings, flagOf, rangeMarkOf, shareMeaning, shareThatSolves } from '../drawing/flags';
import { firstNotes, protocolNotes } from '../drawing/notes';
import { shownScore } from '../drawing/shown-score';
import { theoryMarkOf, theoryMeanings } from '../drawing/theory-marks';
import {
  absenceWords,
  legendVerdicts,
  markedName,
  percent,
  rowLabel,
  scoreSentence,
  verdictMarks,
  widthWithRemarks,
  wrapName,
} from '../drawing/wording';
import { mainAbsence, type Matrix, type MatrixCell, type MatrixRow } from '../summarise/matrix';

/**
 * A cell is a mark, the share of seeds that solve, a flag and three tiles with their marks: "●2/3 100 100  49<". What became
 * of theory's prediction stands before it, in the gap between two cells: "✓●2/3 100 100 100".
 */
const gap = ' ';
const longestLabel = 24;
/** Where the output has no width of its own. */
const usualWidth = 100;

@view({
  of: 'matrix',
  format: 'text',
  title: 'Heat map as text',
  summary: 'Marks and scores for terminals and pipes; columns that do not fit follow below.',
})
export class MatrixText implements View<Matrix> {
  draw(matrix: Matrix, options: ViewOptions): string {
    const { isCompact = isLarge(matrix), width = usualWidth } = options;
    const map = isCompact ? new CompactMap(matrix, options, width) : new HeatMap(matrix, options, width);
    const text = map.text();
    return options.palette === 'none' ? toAscii(text) : text;
  }
}

class HeatMap {
  private readonly labelWidth: number;
  private readonly shareWidth: number;
  private readonly tileWidth: number;
  private readonly cellWidth: number;

  constructor(
    private readonly matrix: Matrix,
    private readonly options: ViewOptions,
    private readonly width: number,
  ) {
    const labels = [...matrix.rows.map(markedName), ...(lengthsDiffer(matrix) ? [longestHeading] : [])];
    const room = theoryMeanings(matrix).length > 0 ? 1 : 0; // keeps the marks of the first column off the labels
    this.labelWidth = Math.min(widthWithRemarks(labels, longestLabel), Math.max(0, ...labels.map(widthOf))) + room;
    this.shareWidth = Math.max(0, ...matrix.cells.map((cell) => shareThatSolves(cell).length));
    this.tileWidth = options.score === 'scaled' ? 5 : 4; // below guessing it has a sign and up to three digits
    this.cellWidth = 2 + this.shareWidth + lengthRanges.length * this.tileWidth;
  }

  text(): string {
    const fitting = Math.max(1, Math.floor((this.width - this.labelWidth) / (gap.length + this.cellWidth)));
    const bands = bandsOf(this.matrix.groups, fitting).map((band) => this.band(band).join('\n'));
    return `${[...bands, this.legend().join('\n')].join('\n\n')}\n`;
  }

  private band(band: Band): string[] {
    const columns = band.flatMap((group) => group.columns);
    const firstBaseline = this.matrix.rows.findIndex((row) => row.kind === 'baseline');
    const rows = this.matrix.rows.map((row) =>
      this.row(
        row,
        columns.map((column) => this.matrix.cell(row.id, column.id)),
      ),
    );
    if (firstBaseline > 0) rows.splice(firstBaseline, 0, '');
    return [...this.heading(band), ...rows];
  }

  /** Levels over their columns, a rule, the names of the columns, the names of the ranges, their ends where they differ. */
  private heading(band: Band): string[] {
    const widths = band.map(({ columns }) => columns.length * (gap.length + this.cellWidth) - gap.length);
    const rule = band.map((_, at) => dim(this.options.palette, '─'.repeat(widths[at]!))).join(gap);
    const columns = band.flatMap((group) => group.columns);
    return [
      ...this.wrapped(
        band.map(({ heading }, at) => wrapName(heading, widths[at]!)),
        widths,
        (text) => dim(this.options.palette, text),
      ),
      this.line('', rule),
      ...this.wrapped(
        columns.map(({ id }) => wrapName(id, this.cellWidth)),
        columns.map(() => this.cellWidth),
        (text) => bold(this.options.palette, text),
      ),
      this.line(
        '',
        dim(
          this.options.palette,
          columns
            .map(() => `${' '.repeat(2 + this.shareWidth)}${this.rangeHeading}`)
            .join(gap)
            .trimEnd(),
        ),
      ),
      ...(lengthsDiffer(this.matrix)
        ? [dim(this.options.palette, this.line(longestHeading, columns.map((column) => this.ends(column)).join(gap)))]
        : []),
    ];
  }

  /** The longest length of each range over its tiles. */
  private ends({ id }: ManifestColumn): string {
    const { lengths } = this.matrix.facts.get(id)!;
    return `${' '.repeat(2 + this.shareWidth)}${lengthRanges.map((range) => this.tileText(String(lengths[range]?.[1] ?? '–'))).join('')}`;
  }

  /** Several blocks of lines beside each other, each line padded to its block's width, aligned at the bottom. */
  private wrapped(blocks: readonly string[][], widths: readonly number[], style: (text: string) => string): string[] {
    const height = Math.max(0, ...blocks.map((block) => block.length));
    return Array.from({ length: height }, (_, at) => {
      const parts = blocks.map((block, i) => pad(block[at - (height - block.length)] ?? '', widths[i]!));
      return this.line('', style(parts.join(gap).trimEnd()));
    });
  }

  private row(row: MatrixRow, cells: readonly MatrixCell[]): string {
    const label = pad(rowLabel(row, this.labelWidth), this.labelWidth);
    const shown = row.kind === 'baseline' ? dim(this.options.palette, label) : label;
    return `${shown}${cells.map((cell) => `${this.theoryMark(cell)}${this.cell(cell)}`).join('')}`.trimEnd();
  }

  private theoryMark(cell: MatrixCell): string {
    const mark = theoryMarkOf(cell) || gap;
    return mark === '▲' ? bold(this.options.palette, mark) : mark;
  }

  private cell(cell: MatrixCell): string {
    const { summary } = cell;
    if (!summary) {
      const words = absenceWords[mainAbsence(cell)];
      const room = this.cellWidth - 2;
      return `  ${words ? dim(this.options.palette, pad(words, room, 'center')) : ' '.repeat(room)}`;
    }
    return (
      verdictMarks[summary.verdict!] +
      (shareThatSolves(cell) + flagOf(cell)).padEnd(this.shareWidth + 1) +
      lengthRanges.map((range) => this.tile(cell, range)).join('')
    );
  }

  private tile(cell: MatrixCell, range: LengthRange): string {
    const { palette, score } = this.options;
    const value = shownScore(cell.summary!.ranges[range], score);
    if (value === null) return dim(palette, this.tileText('–'));
    return heat(palette, this.tileText(percent(value), rangeMarkOf(cell, range, scoreKindOf(score))), value);
  }

  private legend(): string[] {
    const marks = [
      ...legendVerdicts.map((verdict) => `${verdictMarks[verdict]} ${verdict}`),
      '– not evaluated',
      ...[
        ...shareMeaning(this.matrix),
        ...theoryMeanings(this.matrix),
        ...flagMeanings(this.matrix, scoreKindOf(this.options.score)),
      ].map(([mark, meaning]) => `${mark} ${meaning}`),
    ];
    const swatches = Array.from({ length: 11 }, (_, at) =>
      heat(this.options.palette, this.tileText(String(at * 10)), at / 10),
    );
    return [
      `${this.options.title ?? this.matrix.experiment}: ${scoreSentence(this.matrix, this.options.score)}`,
      ...(this.options.palette === 'none' ? [] : [swatches.join('')]),
      ...flow(marks, this.width),
      ...this.told(protocolNotes(this.matrix)),
      ...this.told(factsOf(this.matrix)),
      ...this.told(firstNotes(this.matrix).map((note) => `note: ${note}`)),
    ];
  }

  /** Sentences on as many lines as they need, those that continue one set in. */
  private told(sentences: readonly string[]): string[] {
    return sentences
      .flatMap((sentence) =>
        flow(sentence.split(' '), this.width - 2, ' ').map((line, at) => (at ? `  ${line}` : line)),
      )
      .map((line) => dim(this.options.palette, line));
  }

  private tileText = (text: string, mark = ''): string =>
    `${text.padStart(this.tileWidth - 1)}${mark}`.padEnd(this.tileWidth);

  /** Over the tiles of a cell. */
  private get rangeHeading(): string {
    return [this.tileText('in'), ...['near', 'far'].map((range) => range.padStart(this.tileWidth))].join('');
  }

  private line = (label: string, rest: string): string => `${pad(label, this.labelWidth)}${gap}${rest}`.trimEnd();
}
