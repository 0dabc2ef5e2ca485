import type { ColumnProperties, RowProperties } from '../core/contracts/theory';
import { builtInProperties } from '../theory/built-in';

/** What is asked about: names of rows and columns, plugins that may bring them, and hyperparameters that are not the defaults. */
export interface TheoryQuestion {
  readonly names: readonly string[];
  readonly plugin: readonly string[];
  /** `deltanet.layers=1`. */
  readonly set: readonly string[];
}

/** Rows and columns by name, with what propositions ask of them, found where it is asked for. */
export interface TheoryUnits {
  readonly rows: ReadonlyMap<string, () => RowProperties>;
  readonly columns: ReadonlyMap<string, () => ColumnProperties>;
}

/** Every built-in unit at its defaults, where the build has written them and nothing else is asked for. */
export function builtInUnits({ names, plugin, set }: TheoryQuestion): TheoryUnits | undefined {
  const { rows, columns } = builtInProperties();
  const isWritten = Object.keys(rows).length > 0;
  const [isRow, isColumn] = [rows, columns].map((of) => (name: string) => Object.hasOwn(of, name));
  const isKnown = (name: string, at: number) =>
    names.length === 1 ? isRow!(name) || isColumn!(name) : (at === 0 ? isRow! : isColumn!)(name);
  return isWritten && plugin.length + set.length === 0 && names.every(isKnown)
    ? { rows: found(rows), columns: found(columns) }
    : undefined;
}

const found = <P>(written: Readonly<Record<string, P>>) =>
  new Map(Object.entries(written).map(([name, properties]) => [name, () => properties]));
