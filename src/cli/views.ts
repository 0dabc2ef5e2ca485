import { matrixToJson } from '../studies/capability/views/json';
import { buildLeaderboard } from '../studies/capability/summarise/leaderboard';
import { renderLeaderboard, type LeaderboardFormat } from '../studies/capability/views/leaderboard-formats';
import type { Matrix } from '../studies/capability/summarise/matrix';
import { renderSvg } from '../studies/capability/views/svg';
import { paletteOf } from '../report/terminal';
import { renderText } from '../studies/capability/views/text';
import type { ScoreKind } from '../studies/capability/views/wording';
import type { Context } from './io';

export const matrixFormats = ['text', 'svg', 'json'] as const;
export type MatrixFormat = (typeof matrixFormats)[number];

export interface MatrixView {
  readonly format: MatrixFormat;
  readonly score: ScoreKind;
}

/** Draws a matrix on standard output. JSON is one line, so that several runs can be read line by line. */
export async function printMatrix(matrix: Matrix, { format, score }: MatrixView, context: Context): Promise<void> {
  const { stdout, environment } = context.io;
  if (format === 'json') return context.printJson(matrixToJson(matrix));
  const palette = paletteOf(stdout, environment);
  const drawn =
    format === 'svg' ? renderSvg(matrix, { score }) : renderText(matrix, { width: stdout.columns, palette, score });
  await context.print(drawn.trimEnd());
}

export async function printLeaderboard(matrix: Matrix, format: LeaderboardFormat, context: Context): Promise<void> {
  const { stdout, environment } = context.io;
  await context.print(renderLeaderboard(buildLeaderboard(matrix), format, paletteOf(stdout, environment)).trimEnd());
}
