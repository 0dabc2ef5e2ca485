import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { ManifestRow } from '../../../core/contracts/record';
import type { CellSummary } from '../summarise/cell-summary';
import type { Verdict } from '../summarise/verdict';
import { bandsOf, type Band } from './bands';
import type { Matrix, MatrixCell } from '../summarise/matrix';
import { stepOf, styleSheet } from '../../../report/svg-style';
import {
  absenceWords,
  cellName,
  firstNotes,
  flow,
  legendVerdicts,
  lengthsSentence,
  mainAbsence,
  percent,
  rangeNames,
  scoreSentence,
  wrapName,
  type ScoreKind,
} from './wording';

export interface SvgOptions {
  readonly score?: ScoreKind;
  /** Columns beside each other before the picture continues below. */
  readonly columnsPerBand?: number;
}

// All in pixels of the drawing.
const margin = 28;
const tile = { width: 42, height: 30, gap: 2, radius: 4 };
const markWidth = 24;
const cellWidth = markWidth + 3 * tile.width + 2 * tile.gap;
const columnGap = 20;
const rowHeight = 35;
const lineHeight = 16;
const baselineGap = 16;
const bandGap = 28;
/** Widths of average characters: names are laid out without measuring, fonts differ by a few percent. */
const characterWidth = { name: 7.9, level: 6.9, legend: 6.6, note: 6.4 };
const mostNotes = 8;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const write = (x: number, y: number, kind: string, text: string) =>
  `<text x="${x}" y="${y}" class="${kind}">${escaped(text)}</text>`;
const line = (from: number, to: number, y: number) =>
  `<line class="rule" x1="${from}" x2="${to}" y1="${y}" y2="${y}"/>`;

/** The heat map as a picture of its own: no scripts, no fonts or files from elsewhere, light and dark. */
export function renderSvg(matrix: Matrix, { score = 'exact', columnsPerBand = 6 }: SvgOptions = {}): string {
  return new SvgView(matrix, score, columnsPerBand).render();
}

class SvgView {
  private readonly labelWidth: number;
  private readonly bands: readonly Band[];

  constructor(
    private readonly matrix: Matrix,
    private readonly score: ScoreKind,
    columnsPerBand: number,
  ) {
    this.labelWidth = Math.ceil(Math.max(0, ...matrix.rows.map(({ id }) => id.length)) * characterWidth.name) + 8;
    this.bands = bandsOf(matrix.groups, columnsPerBand);
  }

  render(): string {
    const widest = Math.max(...this.bands.map((band) => band.flatMap((group) => group.columns).length));
    const width = Math.max(760, 2 * margin + this.labelWidth + widest * (cellWidth + columnGap) - columnGap);
    const lengths = lengthsSentence(this.matrix).replaceAll(/(\d)-(\d)/g, '$1–$2');
    const parts = [
      write(margin, margin + 16, 'title', 'Which architecture can compute what?'),
      write(
        margin,
        margin + 40,
        'quiet',
        [`${this.matrix.experiment}: ${scoreSentence(this.matrix, this.score)}`, lengths && `lengths ${lengths}`]
          .filter(Boolean)
          .join(' · '),
      ),
    ];
    let top = margin + 66;
    for (const band of this.bands) {
      const drawn = this.band(band, top);
      parts.push(...drawn.parts);
      top = drawn.bottom + bandGap;
    }
    const legend = this.legend(top, width);
    const height = legend.bottom + margin - 6;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
      `<title id="title">Capability matrix: ${escaped(this.matrix.experiment)}</title>`,
      `<desc id="description">${escaped(this.description())}</desc>`,
      `<style>\n${styleSheet}\n</style>`,
      `<rect class="page" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="10"/>`,
      ...parts,
      ...legend.parts,
      '</svg>\n',
    ].join('\n');
  }

  /** For readers who hear the picture. */
  private description(): string {
    const verdicts = this.matrix.cells.flatMap((cell) =>
      cell.summary && cell.row.kind === 'architecture' ? `${cellName(cell)}: ${cell.summary.verdict}` : [],
    );
    return `${scoreSentence(this.matrix, this.score)}. ${verdicts.join('; ')}`;
  }

  private band(band: Band, top: number): { parts: string[]; bottom: number } {
    const left = margin + this.labelWidth;
    const at = (index: number) => left + index * (cellWidth + columnGap);
    const columns = band.flatMap((group) => group.columns);
    const levels = band.map(({ level, columns: own }) =>
      wrapName(level, Math.floor((own.length * (cellWidth + columnGap) - columnGap) / characterWidth.level)),
    );
    const names = columns.map(({ id }) => wrapName(id, Math.floor(cellWidth / characterWidth.name)));
    const levelsBottom = top + Math.max(...levels.map((lines) => lines.length)) * lineHeight;
    const namesBottom = levelsBottom + 12 + Math.max(...names.map((lines) => lines.length)) * lineHeight;
    const parts: string[] = [];
    let index = 0;
    band.forEach(({ columns: own }, group) => {
      parts.push(...upwards(at(index), levelsBottom - 6, 'quiet level', levels[group]!));
      parts.push(line(at(index), at(index + own.length - 1) + cellWidth, levelsBottom + 1));
      index += own.length;
    });
    columns.forEach((_, column) => {
      parts.push(...upwards(at(column), namesBottom - 2, 'name', names[column]!));
      lengthRanges.forEach((range, position) =>
        parts.push(write(tileCentre(at(column), position), namesBottom + 15, 'quiet range middle', rangeNames[range])),
      );
    });
    let y = namesBottom + 22;
    this.matrix.rows.forEach((row, position) => {
      if (position > 0 && row.kind === 'baseline' && this.matrix.rows[position - 1]!.kind !== 'baseline') {
        parts.push(line(margin, at(columns.length - 1) + cellWidth, y + baselineGap / 2 - 3));
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

  private label(row: ManifestRow, y: number): string {
    return write(margin, y + tile.height / 2 + 5, row.kind === 'baseline' ? 'quiet' : 'name', row.id);
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
    const flags = [summary.agreement === 'contradicts' && '!', summary.seeds.length < cell.expectedSeeds && '~'].find(
      Boolean,
    );
    return [
      `<g>${tooltip(cell)}`,
      verdictMark(summary.verdict!, x + 8, y + tile.height / 2),
      flags ? write(x + 17, y + 11, 'alarm name small', flags) : '',
      ...lengthRanges.map((range, position) =>
        this.tile(summary, range, x + markWidth + position * (tile.width + tile.gap), y),
      ),
      '</g>',
    ].join('');
  }

  private tile(summary: CellSummary, range: LengthRange, x: number, y: number): string {
    const score = summary.ranges[range].score?.[this.score];
    const [middle, baseline] = [x + tile.width / 2, y + tile.height / 2 + 4.5];
    if (score === undefined) return write(middle, baseline, 'quiet number middle', '–');
    const step = stepOf(score);
    return (
      `<rect class="t${step}" x="${x}" y="${y}" width="${tile.width}" height="${tile.height}" rx="${tile.radius}"/>` +
      write(middle, baseline, `n${step} number middle`, percent(score))
    );
  }

  private legend(top: number, width: number): { parts: string[]; bottom: number } {
    const swatch = 18;
    const parts = [write(margin, top + 11, 'quiet small', '0')];
    for (let at = 0; at <= 10; at++) {
      parts.push(
        `<rect class="t${stepOf(at / 10)}" x="${margin + 12 + at * swatch}" y="${top}" width="${swatch}" height="13"/>`,
      );
    }
    let x = margin + 12 + 11 * swatch + 8;
    parts.push(write(x, top + 11, 'quiet small', '100'));
    x += 50;
    let y = top;
    const item = (draw: (x: number, y: number) => string, text: string) => {
      const needed = 20 + text.length * characterWidth.legend + 14;
      if (x + needed > width - margin + 14) [x, y] = [margin, y + 24];
      parts.push(draw(x + 7, y + 6.5), write(x + 20, y + 11, 'small', text));
      x += needed;
    };
    const seen = this.matrix.cells.map((cell) => cell.summary?.agreement);
    for (const verdict of legendVerdicts) item((cx, cy) => verdictMark(verdict, cx, cy), verdict);
    item((cx, cy) => write(cx, cy + 4.5, 'quiet number middle', '–'), 'not evaluated');
    if (seen.includes('contradicts'))
      item((cx, cy) => write(cx, cy + 4.5, 'alarm name middle', '!'), 'not as published');
    const noteWidth = Math.floor((width - 2 * margin) / characterWidth.note);
    const notes = firstNotes(this.matrix, mostNotes).flatMap((note) => flow(note.split(' '), noteWidth, ' '));
    notes.forEach((note, at) => parts.push(write(margin, y + 38 + at * 18, 'quiet small', note)));
    return { parts, bottom: y + 14 + (notes.length > 0 ? 12 + notes.length * 18 : 0) };
  }
}

const tileCentre = (x: number, position: number) => x + markWidth + position * (tile.width + tile.gap) + tile.width / 2;

/** Lines of text whose last one stands at `y`. */
const upwards = (x: number, y: number, kind: string, lines: readonly string[]): string[] =>
  lines.map((text, at) => write(x, y - (lines.length - 1 - at) * lineHeight, kind, text));

/** How much of a disc each verdict fills. */
const filled: Readonly<Record<Exclude<Verdict, 'diverged'>, number>> = {
  'not learnt': 0,
  'learnt in range': 0.25,
  extends: 0.75,
  solves: 1,
};

function verdictMark(verdict: Verdict, x: number, y: number): string {
  if (verdict === 'diverged') return `<path class="cross" d="M${x - 4} ${y - 4}l8 8m0-8l-8 8"/>`;
  const radius = 6.5;
  const share = filled[verdict];
  if (share === 1) return `<circle class="pie" cx="${x}" cy="${y}" r="${radius + 0.6}"/>`;
  const ring = `<circle class="ring" cx="${x}" cy="${y}" r="${radius}"/>`;
  if (share === 0) return ring;
  const angle = 2 * Math.PI * share;
  const end = `${(x + radius * Math.sin(angle)).toFixed(2)} ${(y - radius * Math.cos(angle)).toFixed(2)}`;
  return `${ring}<path class="pie" d="M${x} ${y}V${y - radius}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${end}Z"/>`;
}

/** Shown by browsers on hover. */
function tooltip(cell: MatrixCell): string {
  const { summary, problems } = cell;
  const told = summary
    ? `${summary.verdict}, ${lengthRanges
        .flatMap((range) => {
          const { score, baseline } = summary.ranges[range];
          return score
            ? `${rangeNames[range]} ${score.exact.toFixed(3)}${baseline ? ` (baseline ${baseline.exact.toFixed(3)})` : ''}`
            : [];
        })
        .join(', ')}`
    : `${mainAbsence(cell)}${problems[0] ? `, ${problems[0].reason.split('\n')[0]}` : ''}`;
  return `<title>${escaped(`${cellName(cell)}: ${told}`)}</title>`;
}
