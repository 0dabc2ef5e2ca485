import type { Baseline, Task } from '../../registry/contracts';
import type { Registry } from '../../registry/registry';
import { baselineCurves, type BaselineCurve } from '../evaluation/baseline-curves';
import type { Context } from './io';

/** Measured in a moment, and enough to see where chance is. */
const options = { lengths: [1, 2, 3, 5, 10, 20, 40, 70], inputs: 1024 };
export const baselineNote = `share of scored positions that are right, in %, on ${options.inputs} inputs of each length`;

/** The rows without parameters, apart from the solver itself, on a task, at lengths that it has. */
export function baselinesOf(registry: Registry, task: Task): BaselineCurve[] {
  const rows = registry
    .baselines()
    .filter(({ meta }) => !meta.usesSolver)
    .map(({ id, unitClass }) => ({ id, baseline: new unitClass() as Baseline }));
  const lengths = [...new Set(options.lengths.map((length) => task.inputLength?.(length) ?? length))];
  return baselineCurves(task, rows, { ...options, lengths });
}

/** The best that guessing reaches at the longest length. */
export function chanceOf(
  curves: readonly BaselineCurve[],
): { id: string; length: number; token: number } | undefined {
  const last = curves.map(({ id, points }) => ({ id, ...points.at(-1)! }));
  return last.sort((a, b) => b.token - a.token)[0];
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
