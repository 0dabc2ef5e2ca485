import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Option } from 'commander';
import { unitOf, type Unit } from '../../registry/units';
import type { ScoreKind } from '../core/contracts/view';
import { codeExtension, codeRoot } from '../core/package';
import type { Context } from './io';

const load = createRequire(__filename);
const folder = join(codeRoot, 'src', 'studies', 'capability', 'views');

/** Every view of what a study presents by that name, such as `matrix`. */
export function viewsOf(of: string): Unit<'view'>[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(codeExtension) && !file.endsWith('.d.ts'));
  return files
    .flatMap((file) => Object.values(load(join(folder, file)) as object))
    .flatMap((value) => unitOf(value) ?? [])
    .filter((unit): unit is Unit<'view'> => unit.kind === 'view' && (unit as Unit<'view'>).meta.of === of);
}

/** `--format`, with the views there are. */
export const formatOption = (of: string) =>
  new Option('--format <format>', 'how to draw it').choices(viewsOf(of).map(({ meta }) => meta.format)).default('text');

export interface Shown {
  readonly format: string;
  readonly score?: ScoreKind;
}

/** Draws a summary on standard output, with the colours and the width that it has. */
export async function printView(
  of: string,
  summary: unknown,
  { format, score = 'exact' }: Shown,
  context: Context,
): Promise<void> {
  const { unitClass } = viewsOf(of).find(({ meta }) => meta.format === format)!;
  const { palette, width } = context.terminal;
  await context.print(new unitClass().draw(summary, { score, palette, width }).trimEnd());
}
