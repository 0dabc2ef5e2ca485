import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { ManifestRow } from '../../../core/contracts/record';
import { bandsOf, type Band } from './bands';
import type { Matrix, MatrixCell } from '../summarise/matrix';
import { bold, dim, heat, type Palette } from '../../../report/terminal';
import {
  absenceWords,
  cut,
  firstNotes,
  flow,
  legendVerdicts,
  lengthsSentence,
  mainAbsence,
  percent,
  scoreSentence,
  verdictMarks,
  wrapName,
  type ScoreKind,
  type VerdictMarks,
} from './wording';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width?: number;
  readonly palette?: Palette;
  readonly score?: ScoreKind;
}

/** A cell is a mark, a flag and three tiles: "● 100 100  99 ". */
const tileWidth = 4;
const cellWidth = 2 + lengthRanges.length * tileWidth;
const gap = ' ';
/** Over the tiles of a cell. */
const rangeHeading = '   in near far';
const longestLabel = 24;
const mostNotes = 8;

/** The heat map for terminals and pipes; columns that do not fit follow in bands below. */
export function renderText(matrix: Matrix, options: TextOptions = {}): string {
  return new TextView(matrix, options.palette ?? 'none', options.score ?? 'exact', options.width ?? 100).render();
}

class TextView {
  private readonly marks: VerdictMarks;
  private readonly rule: string;
  private readonly notEvaluated: string;
  private readonly labelWidth: number;

  constructor(
    private readonly matrix: Matrix,
    private readonly palette: Palette,
    private readonly score: ScoreKind,
    private readonly width: number,
  ) {
    const plain = palette === 'none';
    this.marks = verdictMarks[plain ? 'ascii' : 'unicode'];
    this.rule = plain ? '-' : '─';
    this.notEvaluated = plain ? '-' : '–';
    this.labelWidth = Math.min(longestLabel, Math.max(0, ...matrix.rows.map(({ id }) => id.length)));
  }

  render(): string {
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
    const rule = band.map((_, at) => dim(this.palette, this.rule.repeat(widths[at]!))).join(gap);
    const columns = band.flatMap((group) => group.columns);
    return [
      ...this.wrapped(
        band.map(({ level }, at) => wrapName(level, widths[at]!)),
        widths,
        (text) => dim(this.palette, text),
      ),
      this.line('', rule),
      ...this.wrapped(
        columns.map(({ id }) => wrapName(id, cellWidth)),
        columns.map(() => cellWidth),
        (text) => bold(this.palette, text),
      ),
      this.line(
        '',
        dim(
          this.palette,
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
      const parts = blocks.map((block, i) => (block[at - (height - block.length)] ?? '').padEnd(widths[i]!));
      return this.line('', style(parts.join(gap).trimEnd()));
    });
  }

  private row(row: ManifestRow, cells: readonly MatrixCell[]): string {
    const label = cut(row.id, this.labelWidth).padEnd(this.labelWidth);
    const shown = row.kind === 'baseline' ? dim(this.palette, label) : label;
    return [shown, ...cells.map((cell) => this.cell(cell))].join(gap).trimEnd();
  }

  private cell(cell: MatrixCell): string {
    const { summary } = cell;
    if (!summary) return dim(this.palette, `  ${centred(absenceWords[mainAbsence(cell)], cellWidth - 2)}`);
    return this.marks[summary.verdict!] + flagOf(cell) + lengthRanges.map((range) => this.tile(cell, range)).join('');
  }

  private tile({ summary }: MatrixCell, range: LengthRange): string {
    const score = summary!.ranges[range].score;
    if (!score) return dim(this.palette, tileText(this.notEvaluated));
    return heat(this.palette, tileText(percent(score[this.score])), score[this.score]);
  }

  private legend(): string[] {
    const lengths = lengthsSentence(this.matrix);
    const flags = this.matrix.cells.map((cell) => flagOf(cell));
    const marks = [
      ...legendVerdicts.map((verdict) => `${this.marks[verdict]} ${verdict}`),
      `${this.notEvaluated} not evaluated`,
      ...(flags.includes('!') ? ['! not as published'] : []),
      ...(flags.includes('~') ? ['~ some seeds not run'] : []),
    ];
    const swatches = Array.from({ length: 11 }, (_, at) => heat(this.palette, tileText(String(at * 10)), at / 10));
    return [
      `${this.matrix.experiment}: ${scoreSentence(this.matrix, this.score)}`,
      ...(lengths ? [`lengths: ${lengths}`] : []),
      ...(this.palette === 'none' ? [] : [swatches.join('')]),
      ...flow(marks, this.width),
      ...firstNotes(this.matrix, mostNotes)
        .flatMap((note) => flow(`note: ${note}`.split(' '), this.width, ' '))
        .map((line) => dim(this.palette, line)),
    ];
  }

  private line = (label: string, rest: string): string => `${label.padEnd(this.labelWidth)}${gap}${rest}`.trimEnd();
}

const centred = (text: string, width: number): string =>
  text.padStart(Math.floor((width + text.length) / 2)).padEnd(width);
const tileText = (text: string): string => text.padStart(tileWidth - 1).padEnd(tileWidth);

/** What a reader must not overlook about a cell with scores. */
function flagOf({ summary, expectedSeeds }: MatrixCell): ' ' | '!' | '~' {
  if (summary?.agreement === 'contradicts') return '!';
  return summary && summary.seeds.length < expectedSeeds ? '~' : ' ';
}
