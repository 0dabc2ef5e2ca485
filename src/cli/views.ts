import type { Matrix } from '../report/matrix';
import { paletteOf } from '../report/terminal';
import { renderText } from '../report/text';
import type { ScoreKind } from '../report/wording';
import type { Context } from './io';

export const matrixFormats = ['text', 'svg', 'json'] as const;
export type MatrixFormat = (typeof matrixFormats)[number];

export async function printMatrix(matrix: Matrix, { score }: { format: MatrixFormat; score: ScoreKind }, context: Context): Promise<void> {
  const { stdout, environment } = context.io;
  await context.print(renderText(matrix, { width: stdout.columns, palette: paletteOf(stdout, environment), score }).trimEnd());
}

/** "45 s", "12 min", "3 h 20 min". */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
