import type { Axis, Figure, Panel, Point, Series } from '../../../../core/contracts/figure';
import type { PlottedCell } from './plotted-cell';

/** One thing to see of cells, on axes of its own. */
export interface Measure {
  /** Name of its figure where it has one to itself. */
  readonly id: string;
  /** "Loss" */
  readonly title: string;
  /** What its marks mean, a sentence each. */
  readonly caption: readonly string[];
  readonly x: Axis;
  readonly y: Axis | ((points: readonly Point[]) => Axis);
  /** Points of a row on a column; none where it has no such thing. */
  points(cell: PlottedCell): readonly Point[];
  /** What stands beside the rows of a column: other series, shaded bands. */
  beside?(cells: readonly PlottedCell[]): Pick<Panel, 'bands'> & { readonly series?: readonly Series[] };
}

/** What a plot is called. */
export interface PlotWords {
  /** Id of the plot: `length`. */
  readonly id: string;
  /** "Accuracy by length" */
  readonly title: string;
  /** Instead of a title that names rows and columns as well. */
  readonly ownTitle?: string;
}

export const distinct = (names: readonly string[]): string[] => [...new Set(names)];

/** "lstm x parity", "lstm, gru on parity", "3 rows on 4 columns" */
export function namesTold(cells: readonly PlottedCell[]): string {
  const [rows, columns] = [distinct(cells.map(({ row }) => row)), distinct(cells.map(({ column }) => column))];
  if (rows.length === 1 && columns.length === 1) return `${rows[0]} x ${columns[0]}`;
  const told = (names: readonly string[], of: string) =>
    names.length <= 4 ? names.join(', ') : `${names.length} ${of}`;
  return `${told(rows, 'rows')} on ${told(columns, 'columns')}`;
}

/**
 * Measures of cells as figures: the measures of one column stand beside each other in one figure; of several columns each
 * measure has a figure with a panel for every column. A series is a row. What no cell has is left out.
 */
export function figuresOfMeasures(
  cells: readonly PlottedCell[],
  measures: readonly Measure[],
  { id, title, ownTitle }: PlotWords,
): Figure[] {
  const columns = distinct(cells.map(({ column }) => column));
  const of = (column: string) => cells.filter((cell) => cell.column === column);
  const shown = measures.filter((measure) => cells.some((cell) => measure.points(cell).length > 0));
  const name = namesTold(cells);
  if (columns.length === 1) {
    const panels = shown.map((measure) => panelOf(cells, measure, shown.length === 1 ? '' : measure.title));
    const caption = distinct(shown.flatMap((measure) => measure.caption)).join(' ');
    return panels.length === 0 ? [] : [{ id, title: ownTitle ?? `${title}: ${name}`, caption, panels }];
  }
  return shown.map((measure, at) => ({
    id: at === 0 ? id : `${id}-${measure.id}`,
    title: ownTitle ?? `${at === 0 ? title : measure.title}: ${name}`,
    caption: measure.caption.join(' '),
    panels: columns.flatMap((column) => {
      const own = of(column).filter((cell) => measure.points(cell).length > 0);
      return own.length === 0 ? [] : [panelOf(own, measure, column)];
    }),
  }));
}

function panelOf(cells: readonly PlottedCell[], measure: Measure, title: string): Panel {
  const rows = cells.map((cell): Series => ({ name: cell.row, points: measure.points(cell) }));
  const { series = [], bands } = measure.beside?.(cells) ?? {};
  const all = [...rows.filter(({ points }) => points.length > 0), ...series];
  const { x, y } = measure;
  return {
    title,
    x,
    y: typeof y === 'function' ? y(all.flatMap(({ points }) => points)) : y,
    series: all,
    ...(bands && { bands }),
  };
}
