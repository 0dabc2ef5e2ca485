import type { ManifestColumn } from '../../../core/contracts/manifest';
import type { TaskWeight } from '../../../core/contracts/view';
import { familyOf } from './arranged';

/**
 * How much each column counts in a mean over them, together 1. Columns of one family share what one family counts, so that
 * seven languages of one origin or the sizes of one task do not outweigh another task; by level, so do the families of a
 * level.
 */
export function weightsOf(columns: readonly ManifestColumn[], by: TaskWeight): Map<string, number> {
  const pathsOf: Readonly<Record<TaskWeight, (column: ManifestColumn) => readonly string[]>> = {
    task: ({ id }) => [id],
    family: (column) => [familyOf(column), column.id],
    level: (column) => [column.level, familyOf(column), column.id],
  };
  const leaves = columns.map((column) => ({ id: column.id, path: pathsOf[by](column) }));
  const weights = new Map<string, number>();
  const share = (of: typeof leaves, depth: number, weight: number): void => {
    const parts = new Map<string, typeof leaves>();
    for (const leaf of of) {
      const part = leaf.path[depth];
      if (part === undefined) weights.set(leaf.id, weight);
      else parts.set(part, [...(parts.get(part) ?? []), leaf]);
    }
    for (const part of parts.values()) share(part, depth + 1, weight / parts.size);
  };
  share(leaves, 0, 1);
  return weights;
}
