import { view } from '../../../../registry/units';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import { scoreKindOf, type ShownScore, type View, type ViewOptions } from '../../../core/contracts/view';
import { characterWidth, mostWidth, rule, svgPage, write, writeWithin } from '../../../report/svg';
import { stepOf } from '../../../report/svg-style';
import { tooltip } from '../drawing/svg-tooltip';
import { compactMap } from '../drawing/compact-svg';
import { isLarge } from '../drawing/large';
import { bandsOf, type Band } from '../drawing/bands';
import { legendOf, markItem, noteLines, scaleOf, verdictItems, verdictMark } from '../drawing/svg-legend';
import { theoryItems, theoryMark } from '../drawing/svg-theory-marks';
import { shownScore } from '../drawing/shown-score';
import { theoryMarkOf, theoryMeanings } from '../drawing/theory-marks';
import { factsOf, lengthsDiffer, longestHeading, otherFacts, spansSentence } from '../drawing/facts';
import { flagMeanings, flagOf, rangeMarkOf, shareMeaning, shareThatSolves } from '../drawing/flags';
import { firstNotes, protocolNotes } from '../drawing/notes';
import { absenceWords, cellName, markedName, percent, rangeNames, scoreSentence, wrapName } from '../drawing/wording';
import { mainAbsence, type Matrix, type MatrixCell, type MatrixRow } from '../summarise/matrix';

// All in pixels of the drawing.
const margin = 28;
const tile = { width: 42, height: 30, gap: 2, radius: 4 };
const markWidth = 24;
const cellWidth = markWidth + 3 * tile.width + 2 * tile.gap;
const columnGap = 20;
const rowHeight = 35;
const lineHeight = 16;
const baselineGap = 16;
/** Between the names of rows and the marks of theory. */
const labelGap = 26;
const bandGap = 28;
/** More would be too small to read where pages show the picture at their own width. */
const columnsPerBand = 6;

@view({
  of: 'matrix',
  format: 'svg',
  title: 'Heat map as a picture',
  summary: 'A picture of its own that follows the preference of its reader for light or dark.',
})
export class MatrixSvg implements View<Matrix> {
  draw(matrix: Matrix, options: ViewOptions): string {
    const { isCompact = isLarge(matrix) } = options;
    return isCompact ? compactMap(matrix, options) : new HeatMap(matrix, options).page();
  }
}

class HeatMap {
  private readonly score: ShownScore;
  private readonly labelWidth: number;
  private readonly bands: readonly Band[];

  constructor(
    private readonly matrix: Matrix,
    private readonly options: ViewOptions,
  ) {
    this.score = options.score;
    this.labelWidth = Math.ceil(Math.max(0, ...matrix.rows.map((row) => mostWidth(markedName(row), 14)))) + labelGap;
    this.bands = bandsOf(matrix.groups, this.columnsPerBand());
  }

  page(): string {
    const widest = Math.max(...this.bands.map((band) => band.flatMap((group) => group.columns).length));
    const width = Math.max(760, 2 * margin + this.labelWidth + widest * (cellWidth + columnGap) - columnGap);
    const lengths = lengthsDiffer(this.matrix) ? '' : spansSentence(this.matrix.lengths);
    const told = [
      `${this.matrix.experiment}: ${scoreSentence(this.matrix, this.score)}`,
      lengths && `lengths ${lengths}`,
    ];
    const parts = [
      write(margin, margin + 16, 'title', this.options.title ?? 'Which architecture can compute what?'),
      write(margin, margin + 40, 'quiet', told.filter(Boolean).join(' · ')),
    ];
    let top = margin + 66;
    for (const band of this.bands) {
      const drawn = this.band(band, top);
      parts.push(...drawn.parts);
      top = drawn.bottom + bandGap;
    }
    const legend = this.legend(top, width);
    return svgPage({
      title: this.options.title ?? `Capability matrix: ${this.matrix.experiment}`,
      description: this.description(),
      width,
      height: legend.bottom + margin - 6,
      parts: [...parts, ...legend.parts],
    });
  }

  /** As many as a picture of the width that is asked for has room for. */
  private columnsPerBand(): number {
    const { pictureWidth } = this.options;
    if (pictureWidth === undefined) return columnsPerBand;
    const room = pictureWidth - 2 * margin - this.labelWidth + columnGap;
    return Math.max(1, Math.floor(room / (cellWidth + columnGap)));
  }

  private description(): string {
    const verdicts = this.matrix.cells.flatMap((cell) =>
      cell.summary && cell.row.kind === 'architecture' ? `${cellName(cell)}: ${outcomeOf(cell)}` : [],
    );
    return `${scoreSentence(this.matrix, this.score)}. ${verdicts.join('; ')}`;
  }

  private band(band: Band, top: number): { parts: string[]; bottom: number } {
    const left = margin + this.labelWidth;
    const at = (index: number) => left + index * (cellWidth + columnGap);
    const columns = band.flatMap((group) => group.columns);
    const levels = band.map(({ heading, columns: own }) =>
      wrapName(heading, Math.floor((own.length * (cellWidth + columnGap) - columnGap) / characterWidth.level)),
    );
    const names = columns.map(({ id }) => wrapName(id, Math.floor(cellWidth / characterWidth.name)));
    const levelsBottom = top + Math.max(...levels.map((lines) => lines.length)) * lineHeight;
    const namesBottom = levelsBottom + 12 + Math.max(...names.map((lines) => lines.length)) * lineHeight;
    const parts: string[] = [];
    let index = 0;
    band.forEach(({ columns: own }, group) => {
      parts.push(...upwards(at(index), levelsBottom - 6, 'quiet level', levels[group]!));
      parts.push(rule(at(index), at(index + own.length - 1) + cellWidth, levelsBottom + 1));
      index += own.length;
    });
    columns.forEach((_, column) => {
      parts.push(
        ...names[column]!.map((text, line, { length }) =>
          writeWithin(
            { x: at(column), y: namesBottom - 2 - (length - 1 - line) * lineHeight, kind: 'name', room: cellWidth },
            text,
          ),
        ),
      );
      lengthRanges.forEach((range, position) =>
        parts.push(write(tileCentre(at(column), position), namesBottom + 15, 'quiet range middle', rangeNames[range])),
      );
    });
    let y = namesBottom + 22;
    if (lengthsDiffer(this.matrix)) {
      parts.push(write(margin, y + 7, 'quiet range', longestHeading));
      columns.forEach(({ id }, column) => parts.push(...this.ends(id, at(column), y + 7)));
      y += 16;
    }
    this.matrix.rows.forEach((row, position) => {
      if (position > 0 && row.kind === 'baseline' && this.matrix.rows[position - 1]!.kind !== 'baseline') {
        parts.push(rule(margin, at(columns.length - 1) + cellWidth, y + baselineGap / 2 - 3));
        y += baselineGap;
      }
      parts.push(
        this.label(row, y),
        ...columns.map((column, i) => this.cell(this.matrix.cell(row.id, column.id), at(i), y)).filter(Boolean),
      );
      y += rowHeight;
    });
    return { parts, bottom: y };
  }

  /** The longest length of each range of a column. */
  private ends(id: string, x: number, y: number): string[] {
    const { lengths } = this.matrix.facts.get(id)!;
    return lengthRanges.map((range, position) =>
      write(tileCentre(x, position), y, 'quiet range middle', String(lengths[range]?.[1] ?? '–')),
    );
  }

  private label(row: MatrixRow, y: number): string {
    const kind = row.kind === 'baseline' ? 'quiet' : 'name';
    return writeWithin(
      { x: margin, y: y + tile.height / 2 + 5, kind, room: this.labelWidth - labelGap },
      markedName(row),
    );
  }

  /** Empty for a cell that the experiment leaves out. */
  private cell(cell: MatrixCell, x: number, y: number): string {
    const { summary } = cell;
    if (!summary) {
      if (mainAbsence(cell) === 'left out') return '';
      const [from, width] = [x + markWidth, 3 * tile.width + 2 * tile.gap];
      const middle = write(
        from + width / 2,
        y + tile.height / 2 + 4,
        'quiet small middle',
        absenceWords[mainAbsence(cell)],
      );
      return `<g>${tooltip(cell)}<rect class="empty" x="${from + 0.5}" y="${y + 0.5}" width="${width - 1}" height="${tile.height - 1}" rx="${tile.radius}"/>${middle}</g>`;
    }
    const [flag, share] = [flagOf(cell), shareThatSolves(cell)];
    return [
      `<g>${tooltip(cell)}`,
      theoryMark(theoryMarkOf(cell), x - 9, y + tile.height / 2),
      verdictMark(summary.verdict!, x + 8, y + tile.height / 2 - (share ? 6 : 0)),
      share && write(x + 8, y + tile.height, 'quiet share middle', share),
      flag && write(x + 17, y + 11, 'alarm name small', flag),
      ...lengthRanges.map((range, position) =>
        this.tile(cell, range, x + markWidth + position * (tile.width + tile.gap), y),
      ),
      '</g>',
    ].join('');
  }

  private tile(cell: MatrixCell, range: LengthRange, x: number, y: number): string {
    const score = shownScore(cell.summary!.ranges[range], this.score);
    const [middle, baseline] = [x + tile.width / 2, y + tile.height / 2 + 4.5];
    if (score === null) return write(middle, baseline, 'quiet number middle', '–');
    const [step, mark] = [stepOf(score), rangeMarkOf(cell, range, scoreKindOf(this.score))];
    return (
      `<rect class="t${step}" x="${x}" y="${y}" width="${tile.width}" height="${tile.height}" rx="${tile.radius}"/>` +
      write(middle, baseline, `n${step} number middle`, percent(score)) +
      (mark && write(x + tile.width - 3, y + 12, `n${step} share end`, mark))
    );
  }

  private legend(top: number, width: number): { parts: string[]; bottom: number } {
    const items = [
      ...verdictItems,
      markItem('–', 'not evaluated', 'quiet number'),
      ...shareMeaning(this.matrix).map(([share, meaning]) => markItem(share, meaning, 'quiet share')),
      ...theoryItems(theoryMeanings(this.matrix)),
      ...flagMeanings(this.matrix, scoreKindOf(this.score)).map(([flag, meaning]) =>
        markItem(flag, meaning, 'alarm name'),
      ),
    ];
    const scale = scaleOf(margin, top);
    const { parts, bottom } = legendOf(items, { left: margin, top, right: width - margin, from: scale.right });
    const facts = lengthsDiffer(this.matrix) ? factsOf(this.matrix) : otherFacts(this.matrix);
    const told = [...protocolNotes(this.matrix), ...facts, ...firstNotes(this.matrix)];
    const notes = noteLines(told, width - 2 * margin).map((note, at) =>
      write(margin, bottom + 24 + at * 18, 'quiet small', note),
    );
    return {
      parts: [...scale.parts, ...parts, ...notes],
      bottom: bottom + (notes.length > 0 ? 12 + notes.length * 18 : 0),
    };
  }
}

/** "solves, theory: agrees" */
const outcomeOf = (cell: MatrixCell): string =>
  `${cell.summary!.verdict}${theoryMarkOf(cell) && `, theory: ${cell.summary!.theory}`}`;

const tileCentre = (x: number, position: number) => x + markWidth + position * (tile.width + tile.gap) + tile.width / 2;

/** Lines of text whose last one stands at `y`. */
const upwards = (x: number, y: number, kind: string, lines: readonly string[]): string[] =>
  lines.map((text, at) => write(x, y - (lines.length - 1 - at) * lineHeight, kind, text));
