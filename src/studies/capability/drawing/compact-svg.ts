import { lengthRanges } from '../../../core/contracts/reference';
import type { ViewOptions } from '../../../core/contracts/view';
import { estimatedWidth, rule, svgPage, write, writeWithin } from '../../../report/svg';
import { stepOf } from '../../../report/svg-style';
import { columnsOf, mainAbsence, type Matrix, type MatrixCell, type MatrixRow } from '../summarise/matrix';
import { protocolNotes } from './notes';
import { shownScore } from './shown-score';
import { noteLines, scaleOf } from './svg-legend';
import { tooltip } from './svg-tooltip';
import { cellName, cutMiddle, markedName, remarkOf, scoreSentence } from './wording';

// All in pixels of the drawing. A laptop shows 1600 x 1000.
const screen = { width: 1600, height: 1000 };
const margin = 16;
const fontSize = 11;
const longestLabel = 30;
const longestName = 24;
/** Names of columns lean, so that neighbours keep clear of each other. */
const lean = 60;
const groupGap = 5;
const mostNotes = 3;
/** Of the headline. */
const leastWidth = 720;

/** Its remark is no part of what is cut. */
function labelOf(row: MatrixRow): string {
  const remark = remarkOf(row.id);
  const plain = { ...row, id: row.id.slice(0, row.id.length - remark.length) };
  return cutMiddle(markedName(plain), longestLabel) + remark;
}

/**
 * A grid on one screen: each cell is three strips, in range, near and far, and a dot where it solves the task. As wide as it needs
 * to be, or as is asked for.
 */
export function compactMap(matrix: Matrix, { score, title, pictureWidth }: ViewOptions): string {
  const columns = columnsOf(matrix);
  const labels = matrix.rows.map(labelOf);
  const names = columns.map(({ id }) => cutMiddle(id, longestName));
  const room = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => estimatedWidth(text, fontSize)));
  const labelWidth = Math.ceil(room(labels)) + 8;
  const nameHeight = Math.ceil(room(names) * Math.sin((lean * Math.PI) / 180)) + 8;
  const overhang = Math.ceil(room(names.slice(-1)) * Math.cos((lean * Math.PI) / 180));
  const told = protocolNotes(matrix).slice(0, mostNotes);
  const top = margin + 24 + nameHeight;
  const below = 60 + told.length * 16 + margin;
  const gaps = groupGap * (matrix.groups.length - 1);
  const step = (space: number, count: number, least: number, most: number) =>
    Math.min(most, Math.max(least, Math.floor(space / Math.max(1, count))));
  const across = step(
    (pictureWidth ?? screen.width) - 2 * margin - labelWidth - gaps - overhang,
    columns.length,
    9,
    30,
  );
  const down = step(screen.height - top - below - groupGap, matrix.rows.length, 11, 20);
  const left = margin + labelWidth;

  const parts = [writeWithin({ x: margin, y: margin + 14, kind: 'name', room: 1000 }, headline(matrix, score, title))];
  const places: number[] = [];
  let x = left;
  for (const group of matrix.groups) {
    const from = x;
    for (const column of group.columns) {
      places.push(x);
      const name = cutMiddle(column.id, longestName);
      const place = {
        x: x + across / 2 + 3,
        y: top - 5,
        kind: 'tiny',
        room: nameHeight / Math.sin((lean * Math.PI) / 180),
      };
      parts.push(writeWithin({ ...place, fontSize, turn: -lean }, name));
      x += across;
    }
    parts.push(rule(from, x - 1, top - 2));
    x += groupGap;
  }
  let y = top;
  matrix.rows.forEach((row, at) => {
    if (at > 0 && row.kind === 'baseline' && matrix.rows[at - 1]!.kind !== 'baseline') y += groupGap;
    const kind = row.kind === 'baseline' ? 'quiet tiny' : 'tiny';
    parts.push(writeWithin({ x: margin, y: y + down / 2 + 4, kind, room: labelWidth - 8, fontSize }, labels[at]!));
    columns.forEach((column, index) =>
      parts.push(
        tileOf(matrix.cell(row.id, column.id), score, { x: places[index]!, y, width: across - 1, height: down - 1 }),
      ),
    );
    y += down;
  });
  let first = 0;
  for (const { heading, columns: own } of matrix.groups) {
    const from = places[first]!;
    const space = own.length * across - 2;
    if (space > 40) parts.push(writeWithin({ x: from, y: y + 12, kind: 'quiet tiny', room: space, fontSize }, heading));
    first += own.length;
  }
  y += 24;
  const scale = scaleOf(margin, y);
  const reading = `each tile: in range, near, far; a dot: solves; a line: ${absent}`;
  const needed = Math.max(x + overhang, scale.right + estimatedWidth(reading, 12), leastWidth) + margin;
  const width = Math.max(pictureWidth ?? 0, needed);
  parts.push(...scale.parts, write(scale.right, y + 11, 'quiet small', reading));
  y += 16;
  for (const line of noteLines(told, width - 2 * margin)) parts.push(write(margin, (y += 16), 'quiet small', line));
  return svgPage({
    title: title ?? `Capability matrix: ${matrix.experiment}`,
    description: descriptionOf(matrix, score),
    width,
    height: y + margin,
    style: `.tiny{font-size:${fontSize}px}`,
    parts,
  });
}

const absent = 'no scores';

const headline = (
  matrix: Matrix,
  score: ViewOptions['score'],
  title = 'Which architecture can compute what?',
): string => `${title} ${matrix.experiment}: ${scoreSentence(matrix, score)}`;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Empty for a cell that the experiment leaves out. */
function tileOf(cell: MatrixCell, score: ViewOptions['score'], { x, y, width, height }: Place): string {
  const { summary } = cell;
  const middle = { x: x + width / 2, y: y + height / 2 };
  if (!summary) {
    if (mainAbsence(cell) === 'left out') return '';
    return `<g>${tooltip(cell)}<path class="rule" d="M${middle.x - 3} ${middle.y}h6"/></g>`;
  }
  const strip = width / lengthRanges.length;
  const strips = lengthRanges.map((range, at) => {
    const value = shownScore(summary.ranges[range], score);
    if (value === null) return '';
    return `<rect class="t${stepOf(value)}" x="${(x + at * strip).toFixed(1)}" y="${y}" width="${strip.toFixed(1)}" height="${height}"/>`;
  });
  const dot = summary.verdict === 'solves' ? `<circle class="n20" cx="${middle.x}" cy="${middle.y}" r="2"/>` : '';
  return `<g>${tooltip(cell)}${strips.join('')}${dot}</g>`;
}

/** For readers who hear the picture: what is solved, a sentence for each row. */
function descriptionOf(matrix: Matrix, score: ViewOptions['score']): string {
  const rows = matrix.rows.filter(({ kind }) => kind === 'architecture');
  const solved = rows.flatMap((row) => {
    const own = matrix.cells.filter((cell) => cell.row.id === row.id && cell.summary?.verdict === 'solves');
    return own.length > 0
      ? `${cellName(own[0]!).split(' x ')[0]} solves ${own.map(({ column }) => column.id).join(', ')}`
      : [];
  });
  return `${scoreSentence(matrix, score)}. ${solved.join('; ') || 'No row solves a task'}.`;
}
