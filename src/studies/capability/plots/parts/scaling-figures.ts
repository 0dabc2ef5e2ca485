import { scoreKindOf } from '../../../../core/contracts/view';
import type { Axis, Figure, Point } from '../../../../core/contracts/figure';
import type { CellFigureOptions } from './length-figures';
import { distinct } from './panels';
import type { SetCell } from './plotted-cell';
import { meanOf } from './cost-figures';

type Settings = SetCell['settings'];

interface Options extends CellFigureOptions {
  /** "architecture.hiddenSize", "task.keys", "protocol.trainingSequences", or behind the last full stop alone. */
  readonly by?: string;
}

/** Settings by which cells of one architecture and one task differ in numbers, those of most values first. */
export function scaledSettings(cells: readonly SetCell[]): string[] {
  const values = new Map<string, Set<number>>();
  for (const alike of groups(cells, ({ settings }) => `${settings['architecture']} ${settings['task']}`))
    for (const name of distinct(alike.flatMap(({ settings }) => Object.keys(settings)))) {
      const own = new Set(alike.flatMap(({ settings }) => numberAt(settings, name) ?? []));
      if (own.size > 1) values.set(name, new Set([...(values.get(name) ?? []), ...own]));
    }
  return [...values].sort(([, a], [, b]) => b.size - a.size).map(([name]) => name);
}

/**
 * Capability, accuracy at far lengths and steps of training against a setting. A series is everything that is the same but
 * for that setting; a column that differs in it is a point, not a panel.
 */
export function scalingFigures(cells: readonly SetCell[], { score = 'exact', title, by }: Options = {}): Figure[] {
  const known = scaledSettings(cells);
  const setting = by === undefined ? known[0] : known.find((name) => name === by || name.endsWith(`.${by}`));
  if (setting === undefined) return [];
  const kind = scoreKindOf(score);
  const series = groups(
    cells.filter(({ settings }) => numberAt(settings, setting) !== undefined),
    ({ settings }) => JSON.stringify({ ...settings, [setting]: 0 }),
  ).filter((own) => new Set(own.map(({ settings }) => settings[setting])).size > 1);
  const names = namesOf(series);
  const values = series.flatMap((own) => own.map(({ settings }) => numberAt(settings, setting)!));
  const isLog = Math.min(...values) > 0 && Math.max(...values) >= 8 * Math.min(...values);
  const x: Axis = { title: setting, ...(isLog && { scale: 'log' as const }) };
  const panel = (name: string, y: Axis, point: (cell: SetCell) => Omit<Point, 'x'> | null) => ({
    title: name,
    x,
    y,
    series: series.flatMap((own, at) => {
      const points = own
        .flatMap((cell): Point[] => {
          const found = point(cell);
          return found ? [{ x: numberAt(cell.settings, setting)!, ...found }] : [];
        })
        .sort((a, b) => Number(a.x) - Number(b.x));
      return points.length === 0 ? [] : [{ name: names[at]!, points }];
    }),
  });
  const panels = [
    panel('Capability', { title: 'capability', isShare: true }, (cell) => meanOf([cell.capability])),
    panel(
      'Far lengths',
      { title: kind === 'token' ? 'right symbols' : 'right answers', isShare: true },
      ({ scores: { far } }) => meanOf([far && { value: far[kind], interval: far.intervals[kind] }]),
    ),
    panel('Steps', { title: 'steps until learnt, or all' }, ({ cost }) => cost && { y: cost.steps }),
  ].filter((each) => each.series.length > 0);
  const others = known.filter((name) => name !== setting);
  const more = others.length > 0 ? ` --by also knows ${others.join(', ')}.` : '';
  const caption = `Each line is everything that differs in ${setting} alone. Intervals hold what noise leaves open.${more}`;
  return panels.length === 0 ? [] : [{ id: 'scaling', title: title ?? `Capability by ${setting}`, caption, panels }];
}

function numberAt(settings: Settings, name: string): number | undefined {
  const value = settings[name];
  return typeof value === 'number' ? value : undefined;
}

function groups<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const found = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    found.set(key, [...(found.get(key) ?? []), value]);
  }
  return [...found.values()];
}

/** Architecture and task of each series as far as they differ, with settings that tell series of one name apart. */
function namesOf(series: readonly (readonly SetCell[])[]): string[] {
  const first = series.map(([cell]) => cell!.settings);
  const parts = ['architecture', 'task'].filter(
    (name) => distinct(first.map((settings) => String(settings[name]))).length > 1,
  );
  const short = first.map(
    (settings) => parts.map((name) => settings[name]).join(' x ') || String(settings['architecture']),
  );
  return short.map((name, at) => {
    const alike = first.filter((_, other) => short[other] === name);
    if (alike.length === 1) return name;
    const differing = Object.keys(first[at]!).filter(
      (key) => distinct(alike.map((settings) => String(settings[key]))).length > 1,
    );
    return `${name} ${differing.map((key) => `${key.split('.').at(-1)}=${first[at]![key]}`).join(' ')}`;
  });
}
