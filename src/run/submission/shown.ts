import { columnOf, fingerprint, rowOf } from '../../core/cell';
import type { Manifest, ManifestRow, ShownSubmission } from '../../core/contracts/manifest';
import type { Job } from '../../core/contracts/record';
import type { Submission } from './submission';
import { ownKey, SubmissionStore } from './submission-store';
import { verifiedCells, type Verified } from './verified';

/** A submission as views see it: a manifest whose rows say in their names what they are, and the records of these. */
export interface ShownAs {
  readonly manifest: Manifest<Job>;
  readonly store: SubmissionStore;
}

/**
 * The rows of a submission under names that say that they were submitted, and whether they were verified here. The remark is a
 * part of the name, so that no view, of whatever format and whoever wrote it, shows the one without the other. A row or a column
 * that `others` have otherwise gets the beginning of the submission's digest behind its id, and chance is what others measured
 * where they did: a stranger's baselines move no scale of ours.
 */
export function shownAs(submission: Submission, verified: Verified, others: readonly Manifest<Job>[]): ShownAs {
  const { manifest, digest } = submission;
  const taken = new Set(
    others.flatMap(({ architectures }) => architectures.map((row) => row.submission?.row ?? row.id)),
  );
  const suffix = `@${digest.slice(0, 8)}`;
  const columns = columnNames(manifest, others, suffix);
  const cellsOf = (row: ManifestRow) => manifest.cells.filter((cell) => rowOf(cell) === row.id);
  const rows = new Map(
    manifest.architectures.map((row): [string, ManifestRow] => {
      const id = taken.has(row.id) ? `${row.id}${suffix}` : row.id;
      const told = toldOf(row, submission, verified, cellsOf(row));
      const remark = `(${told.status})`;
      const shown = { ...row, id: `${id} ${remark}`, title: `${row.title} ${remark}`, family: row.family ?? row.id };
      return [row.id, { ...shown, submission: told }];
    }),
  );
  const known = new Set(others.flatMap(({ cells }) => cells.map(({ key }) => key)));
  const measured = columnsWithBaselines(others);
  const keys = new Map<string, string>();
  const cells = manifest.cells.flatMap((cell): Job[] => {
    const row = rows.get(rowOf(cell));
    const column = columns.get(columnOf(cell)) ?? columnOf(cell);
    if (row?.kind === 'baseline' && measured.has(column)) return [];
    // By its own key it could be taken for the record of another place.
    const key = known.has(cell.key) ? ownKey(submission, cell.key) : cell.key;
    if (key !== cell.key) keys.set(cell.key, key);
    return [{ ...cell, key, ...(row && { row: row.id }), ...(column !== '' && { column }) }];
  });
  const used = new Set(cells.map(rowOf));
  const shown: Manifest<Job> = {
    ...manifest,
    architectures: [...rows.values()].filter(({ id }) => used.has(id)),
    tasks: manifest.tasks.map((task) => {
      const id = columns.get(task.id)!;
      return id === task.id ? task : { ...task, id, title: `${task.title} ${suffix}`, family: task.family ?? task.id };
    }),
    cells,
    ...(manifest.costs && {
      costs: manifest.costs.flatMap((cost) => {
        const architecture = rows.get(cost.architecture)?.id;
        const task = columns.get(cost.task);
        return architecture !== undefined && task !== undefined ? [{ ...cost, architecture, task }] : [];
      }),
    }),
  };
  return { manifest: shown, store: new SubmissionStore(submission, shown, keys) };
}

function toldOf(row: ManifestRow, submission: Submission, verified: Verified, own: readonly Job[]): ShownSubmission {
  const { head, digest } = submission;
  const { agreed, disagreed } = verifiedCells(verified, new Set(own.map(({ key }) => key)));
  const status =
    disagreed > 0
      ? `submitted, ${disagreed} of ${agreed + disagreed} verified cells DIFFER`
      : agreed > 0
        ? `submitted, ${agreed} of ${own.length} cells verified`
        : 'submitted, not verified';
  const { name, contact, licence } = head.submitter;
  return { row: row.id, status, digest, by: name, contact, licence, cells: own.length, agreed, disagreed };
}

/** Names of columns by their ids: another one where `others` mean another task by it. */
function columnNames(
  { tasks, cells }: Manifest<Job>,
  others: readonly Manifest<Job>[],
  suffix: string,
): Map<string, string> {
  const theirs = new Map<string, Set<string>>();
  for (const cell of others.flatMap((each) => each.cells)) {
    const column = columnOf(cell);
    theirs.set(column, (theirs.get(column) ?? new Set()).add(fingerprint(cell.specification.task ?? null)));
  }
  const isOther = (id: string) => {
    const known = theirs.get(id);
    const own = cells.filter((cell) => columnOf(cell) === id);
    return known !== undefined && own.some(({ specification: { task } }) => !known.has(fingerprint(task ?? null)));
  };
  return new Map(tasks.map(({ id }) => [id, isOther(id) ? `${id}${suffix}` : id]));
}

const columnsWithBaselines = (others: readonly Manifest<Job>[]): Set<string> =>
  new Set(
    others.flatMap(({ cells }) => cells.filter(({ specification }) => specification.mode === 'baseline').map(columnOf)),
  );
