import { cellLabel } from '../../core/cell';
import type { RecordOf } from '../../core/contracts/record';
import type { Stored } from '../../core/contracts/store';
import { isSameResult, keptOf, madeWhere } from './same-results';

/** What a folder holds by key, and the folder as it was named. */
export interface NamedStored {
  readonly name: string;
  readonly stored: ReadonlyMap<string, Stored>;
}

/** What several folders hold together. */
export interface MergedStored {
  /** Of each key the one that counts. */
  readonly stored: Map<string, Stored>;
  /** Damaged files whose cell another folder has whole. */
  readonly corrupt: readonly Stored[];
  /** Cells of which the folders have different results: "lstm x parity, seed 1: a (machine); b (machine)". */
  readonly different: readonly string[];
}

/** As if all of it lay in one folder: of equal results one, of different ones those of the folder that is named first. */
export function mergeStored(all: readonly NamedStored[]): MergedStored {
  const places = new Map<string, { readonly name: string; readonly found: Stored }[]>();
  for (const { name, stored } of all)
    for (const [key, found] of stored) places.set(key, [...(places.get(key) ?? []), { name, found }]);
  const merged: MergedStored & { corrupt: Stored[]; different: string[] } = {
    ...{ stored: new Map(), corrupt: [], different: [] },
  };
  for (const [key, list] of places) {
    const whole = list.flatMap(({ name, found }) => (hasRecord(found) ? { name, found, record: found.record } : []));
    const [first, ...others] = whole;
    if (!first || list.length === 1) {
      merged.stored.set(key, list[0]!.found);
      continue;
    }
    merged.corrupt.push(...list.flatMap(({ found }) => (found.status === 'corrupt' ? found : [])));
    const same = whole.filter(({ record }) => isSameResult(first.record, record));
    if (same.length <= others.length)
      merged.different.push(
        `${cellLabel(first.record)}: ${whole.map(({ name, record }) => madeWhere(name, record)).join('; ')}`,
      );
    merged.stored.set(key, keptOf(same as [typeof first, ...(typeof first)[]]).found);
  }
  return merged;
}

const hasRecord = (found: Stored): found is Stored & { readonly record: RecordOf } => 'record' in found;
