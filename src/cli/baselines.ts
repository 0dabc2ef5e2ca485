import type { Task } from '../core/contracts/task';
import type { Registry } from '../../registry/registry';
import { baselineCurves, type BaselineCurve } from '../evaluation/baseline-curves';
import { nearestLength, nearestOf } from '../data/lengths';
import type { Context } from './io';

/** Measured in a moment, and enough to see where chance is. */
const options = { lengths: [1, 2, 3, 5, 10, 20, 40, 70, 120], inputs: 1024 };
export const baselineNote = `share of scored positions that are right, in %, on ${options.inputs} inputs of each length`;

/** The rows without parameters, those that use the solver or those that do not. */
const rowsOf = (registry: Registry, { usesSolver }: { readonly usesSolver: boolean }) =>
  registry
    .baselines()
    .filter(({ meta }) => (meta.usesSolver ?? false) === usesSolver)
    .map((unit) => ({ id: unit.id, baseline: registry.create(unit) }));

/** Baselines of a task, at lengths that it has. */
export interface TaskBaselines {
  /** What knows no more than the trained inputs. */
  readonly guessing: readonly BaselineCurve[];
  /** What knows the solver and is not right everywhere all the same: the most that training can reach. */
  readonly limits: readonly BaselineCurve[];
}

export function baselinesOf(registry: Registry, task: Task): TaskBaselines {
  const had = task.collection?.lengths('test');
  if (had?.length === 0) return { guessing: [], limits: [] };
  const nearest = (length: number) => (had ? nearestOf(had, length) : nearestLength(task, length));
  const lengths = [...new Set(options.lengths.map(nearest))];
  const curves = (usesSolver: boolean) =>
    baselineCurves(task, rowsOf(registry, { usesSolver }), { ...options, lengths });
  return {
    guessing: curves(false),
    limits: curves(true).filter(({ points }) => points.some(({ exact }) => exact < 1)),
  };
}

/**
 * The best that guessing reaches at the longest length. The row is chosen on the inputs of the curves and measured on
 * others: the best of several measurements says too much.
 */
export function chanceOf(
  registry: Registry,
  task: Task,
  curves: readonly BaselineCurve[],
): { id: string; length: number; token: number } | undefined {
  const last = curves.map(({ id, points }) => ({ id, ...points.at(-1)! }));
  const best = last.sort((a, b) => b.token - a.token)[0];
  if (!best) return undefined;
  const rows = rowsOf(registry, { usesSolver: false }).filter(({ id }) => id === best.id);
  const { inputs } = options;
  const [measured] = baselineCurves(task, rows, { lengths: [best.length], inputs, stream: 'chance' });
  return { id: best.id, length: best.length, token: measured!.points[0]!.token };
}

const bars = [...'▁▂▃▄▅▆▇█'];
const bar = (share: number): string => bars[Math.min(bars.length - 1, Math.floor(share * bars.length))]!;

/** One line for each row: a bar and a percentage at each length. */
export function baselineLines(curves: readonly BaselineCurve[], { colors }: Context): string[] {
  if (curves.length === 0) return [];
  const width = Math.max(...curves.map(({ id }) => id.length), 'length'.length) + 2;
  const cells = (texts: readonly string[]) => texts.map((text) => text.padStart(7)).join('');
  return [
    colors.dim(`  ${'length'.padEnd(width)}${cells(curves[0]!.points.map(({ length }) => String(length)))}`),
    ...curves.map(
      ({ id, points }) =>
        `  ${id.padEnd(width)}${cells(points.map(({ token }) => `${bar(token)} ${String(Math.round(100 * token)).padStart(3)}`))}`,
    ),
  ];
}
