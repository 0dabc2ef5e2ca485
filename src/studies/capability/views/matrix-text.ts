import { view } from '../../../../registry/units';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { ManifestRow } from '../../../core/contracts/record';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { bold, dim, heat } from '../../../report/heat';
import { toAscii } from '../../../report/symbols';
import { flow, pad, widthOf } from '../../../report/width';
import { bandsOf, type Band } from '../drawing/bands';
import {
  absenceWords,
  cut,
  firstNotes,
  flagMeanings,
  flagOf,
  legendVerdicts,
  lengthsSentence,
  percent,
  scoreSentence,
  verdictMarks,
  wrapName,
} from '../drawing/wording';
import { mainAbsence, type Matrix, type MatrixCell } from '../summarise/matrix';

/** A cell is a mark, a flag and three tiles: "● 100 100  99 ". */
const tileWidth = 4;
const cellWidth = 2 + lengthRanges.length * tileWidth;
const gap = ' ';
/** Over the tiles of a cell. */
const rangeHeading = '   in near far';
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
    const text = new HeatMap(matrix, options, options.width ?? usualWidth).text();
    return options.palette === 'none' ? toAscii(text) : text;
  }
}

class HeatMap {
  private readonly labelWidth: number;

  constructor(
    private readonly matrix: Matrix,
    private readonly options: ViewOptions,
    private readonly width: number,
  ) {
    this.labelWidth = Math.min(longestLabel, Math.max(0, ...matrix.rows.map(({ id }) => widthOf(id))));
  }

  text(): string {
    const fitting = Math.max(1, Math.floor((this.width - this.labelWidth) / (gap.length + cellWidth)));
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

  /** Levels over their columns, a rule, the names of the columns, the names of the ranges. */
  private heading(band: Band): string[] {
    const widths = band.map(({ columns }) => columns.length * (gap.length + cellWidth) - gap.length);
    const rule = band.map((_, at) => dim(this.options.palette, '─'.repeat(widths[at]!))).join(gap);
    const columns = band.flatMap((group) => group.columns);
    return [
      ...this.wrapped(
        band.map(({ level }, at) => wrapName(level, widths[at]!)),
        widths,
        (text) => dim(this.options.palette, text),
      ),
      this.line('', rule),
      ...this.wrapped(
        columns.map(({ id }) => wrapName(id, cellWidth)),
        columns.map(() => cellWidth),
        (text) => bold(this.options.palette, text),
      ),
      this.line(
        '',
        dim(
          this.options.palette,
          columns
            .map(() => rangeHeading)
            .join(gap)
            .trimEnd(),
        ),
      ),
    ];
  }

  /** Several blocks of lines beside each other, each line padded to its block's width, aligned at the bottom. */
  private wrapped(blocks: readonly string[][], widths: readonly number[], style: (text: string) => string): string[] {
    const height = Math.max(0, ...blocks.map((block) => block.length));
    return Array.from({ length: height }, (_, at) => {
      const parts = blocks.map((block, i) => pad(block[at - (height - block.length)] ?? '', widths[i]!));
      return this.line('', style(parts.join(gap).trimEnd()));
    });
  }

  private row(row: ManifestRow, cells: readonly MatrixCell[]): string {
    const label = pad(cut(row.id, this.labelWidth), this.labelWidth);
    const shown = row.kind === 'baseline' ? dim(this.options.palette, label) : label;
    return [shown, ...cells.map((cell) => this.cell(cell))].join(gap).trimEnd();
  }

  private cell(cell: MatrixCell): string {
    const { summary } = cell;
    if (!summary) {
      const words = absenceWords[mainAbsence(cell)];
      return `  ${words ? dim(this.options.palette, pad(words, cellWidth - 2, 'center')) : ' '.repeat(cellWidth - 2)}`;
    }
    return (
      verdictMarks[summary.verdict!] +
      (flagOf(cell) || ' ') +
      lengthRanges.map((range) => this.tile(cell, range)).join('')
    );
  }

  private tile({ summary }: MatrixCell, range: LengthRange): string {
    const score = summary!.ranges[range].score;
    if (!score) return dim(this.options.palette, tileText('–'));
    return heat(this.options.palette, tileText(percent(score[this.options.score])), score[this.options.score]);
  }

  private legend(): string[] {
    const lengths = lengthsSentence(this.matrix);
    const marks = [
      ...legendVerdicts.map((verdict) => `${verdictMarks[verdict]} ${verdict}`),
      '– not evaluated',
      ...flagMeanings(this.matrix).map(([flag, meaning]) => `${flag} ${meaning}`),
    ];
    const swatches = Array.from({ length: 11 }, (_, at) =>
      heat(this.options.palette, tileText(String(at * 10)), at / 10),
    );
    return [
      `${this.matrix.experiment}: ${scoreSentence(this.matrix, this.options.score)}`,
      ...(lengths ? [`lengths: ${lengths}`] : []),
      ...(this.options.palette === 'none' ? [] : [swatches.join('')]),
      ...flow(marks, this.width),
      ...firstNotes(this.matrix)
        .flatMap((note) => flow(`note: ${note}`.split(' '), this.width, ' '))
        .map((line) => dim(this.options.palette, line)),
    ];
  }

  private line = (label: string, rest: string): string => `${pad(label, this.labelWidth)}${gap}${rest}`.trimEnd();
}

const tileText = (text: string): string => text.padStart(tileWidth - 1).padEnd(tileWidth);
