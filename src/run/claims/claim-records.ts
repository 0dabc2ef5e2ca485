import type { Manifest } from '../../core/contracts/manifest';
import type { Job, RecordOf } from '../../core/contracts/record';
import type { CataloguedClaim } from '../../literature/claim-catalogue';
import type { CellOfFolder, RecordsOf } from '../../studies/claims/judge';
import { FileStore } from '../store/file-store';
import { builtInShapes } from '../store/record-shapes';

/** Cells that claims name, each once. */
function cellsOf(claims: readonly CataloguedClaim[]): CellOfFolder[] {
  const named = claims.flatMap(({ conditions = [], tried = [] }) =>
    [...conditions, ...tried].flatMap((cells) => {
      const other = 'above' in cells && cells.above ? cells.above : undefined;
      const rows = [...cells.rows, ...(other ? [other.row] : [])];
      return cells.in.flatMap((folder) =>
        rows.flatMap((row) => cells.columns.map((column) => ({ folder, row, column }))),
      );
    }),
  );
  return [...new Map(named.map((cell) => [keyOf(cell), cell])).values()];
}

const keyOf = ({ folder, row, column }: CellOfFolder): string => JSON.stringify([folder, row, column]);

const labelsOf = ({ row, column, specification }: Job) => ({
  row: row ?? specification.architecture?.id,
  column: column ?? specification.task?.id,
});

/**
 * Reads the records of every cell that claims name, and no others. `locate` says where a folder lies; a folder that is not there
 * has no records.
 */
export async function recordsOfClaims(
  claims: readonly CataloguedClaim[],
  locate: (folder: string) => string | undefined,
): Promise<RecordsOf> {
  const cells = cellsOf(claims);
  const found = new Map<string, RecordOf[]>();
  for (const folder of new Set(cells.map((cell) => cell.folder))) {
    const location = locate(folder);
    const store = location === undefined ? undefined : new FileStore(location, builtInShapes);
    const manifest = await store?.loadManifest();
    if (!store || !manifest) continue;
    const asked = new Set(cells.filter((cell) => cell.folder === folder).map(keyOf));
    await readFolder({ folder, store, manifest, asked }, found);
  }
  return (cell) => found.get(keyOf(cell)) ?? [];
}

interface Reading {
  readonly folder: string;
  readonly store: FileStore;
  readonly manifest: Manifest<Job>;
  /** Keys of cells. */
  readonly asked: ReadonlySet<string>;
}

async function readFolder({ folder, store, manifest, asked }: Reading, found: Map<string, RecordOf[]>): Promise<void> {
  for (const job of manifest.cells) {
    const { row, column } = labelsOf(job);
    if (row === undefined || column === undefined) continue;
    const key = keyOf({ folder, row, column });
    if (!asked.has(key)) continue;
    const stored = await store.find(job);
    if (stored.status === 'finished') found.set(key, [...(found.get(key) ?? []), stored.record]);
  }
}
