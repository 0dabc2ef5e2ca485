import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnProperties, RowProperties } from '../core/contracts/theory';

/** Properties of built-in rows and columns at their defaults, by name. */
export interface BuiltIn {
  readonly rows: Readonly<Record<string, RowProperties>>;
  readonly columns: Readonly<Record<string, ColumnProperties>>;
}

/** The build writes it, sources are without. */
export const builtInFile = join(__dirname, 'built-in.json');
let written: BuiltIn | undefined;

/** From the build, so that no unit is loaded and nothing is traced; without one nothing is known. */
export function builtInProperties(): BuiltIn {
  written ??= readWritten();
  return written;
}

function readWritten(): BuiltIn {
  try {
    return JSON.parse(readFileSync(builtInFile, 'utf8')) as BuiltIn;
  } catch {
    return { rows: {}, columns: {} }; // not built, or building
  }
}
