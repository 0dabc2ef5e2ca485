import { columnOf, fingerprint, rowOf } from '../../core/cell';
import type { Inapplicable, Manifest } from '../../core/contracts/manifest';
import type { Job } from '../../core/contracts/record';
import { zooError } from '../../core/errors';
import { defaultStudy } from '../../core/experiment';
import { differenceFrom } from '../code/stale';
import { firstOfEach, joinTheories } from '../experiment/join-theories';
import { pairOf, pairOfJob } from '../experiment/same-cells';

/** A manifest, and its folder as it was named. */
export interface NamedManifest {
  readonly name: string;
  readonly manifest: Manifest<Job>;
}

/** What several manifests ask together. */
export interface MergedManifests {
  readonly manifest: Manifest<Job>;
  /** What was left out of it and why, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Rows, columns and cells of several manifests of one study, with what theory says of them and what they cost. Where two ask
 * for a row on a column otherwise (by another engine, of other code, with other settings), the first is right: both in one cell
 * would count seeds twice. Cells that differ in their seed alone come together.
 * @throws other-study
 */
export function mergeManifests(all: readonly NamedManifest[]): MergedManifests {
  const [first, ...others] = all as readonly [NamedManifest, ...NamedManifest[]];
  const study = (manifest: Manifest<Job>) => manifest.study ?? defaultStudy;
  const other = others.find(({ manifest }) => study(manifest) !== study(first.manifest));
  if (other)
    throw zooError('other-study', {
      first: { folder: first.name, study: study(first.manifest) },
      other: { folder: other.name, study: study(other.manifest) },
    });
  const manifests = all.map(({ manifest }) => manifest);
  const { cells, notes } = mergeCells(all);
  const pairs = new Set(cells.map(pairOfJob));
  const prints = new Set(manifests.map(({ experimentFingerprint }) => experimentFingerprint));
  const { experimentFingerprint: _, theory: __, costs: ___, ...rest } = first.manifest;
  const theories = manifests.flatMap(({ theory }) => theory ?? []);
  const costs = manifests.flatMap((manifest) => manifest.costs ?? []);
  const [print] = prints;
  return {
    notes,
    manifest: {
      ...rest,
      ...(prints.size === 1 && print !== undefined && { experimentFingerprint: print }),
      architectures: firstOfEach(
        manifests.flatMap(({ architectures }) => architectures),
        ({ id }) => id,
      ),
      tasks: firstOfEach(
        manifests.flatMap(({ tasks }) => tasks),
        ({ id }) => id,
      ),
      cells,
      inapplicable: firstOfEach(
        manifests.flatMap(({ inapplicable }) => inapplicable),
        pairOfInapplicable,
      ).filter((each) => !pairs.has(pairOf(each))),
      ...(theories.length > 0 && { theory: joinTheories(theories) }),
      ...(costs.length > 0 && { costs: firstOfEach(costs, pairOf) }),
    },
  };
}

const pairOfInapplicable = (each: Inapplicable): string => pairOf(each);

function mergeCells(all: readonly NamedManifest[]): { readonly cells: Job[]; readonly notes: string[] } {
  const merged = new Map<string, Job>();
  const byPair = new Map<string, Job[]>();
  const notes: string[] = [];
  for (const { name, manifest } of all) {
    const added: Job[] = [];
    const otherwise = new Map<string, string[]>();
    for (const cell of manifest.cells) {
      const id = `${cell.key}\n${pairOfJob(cell)}`;
      if (merged.has(id)) continue;
      const known = byPair.get(pairOfJob(cell));
      if (known && !known.some((each) => apartFromSeed(each) === apartFromSeed(cell))) {
        const why = differenceFrom(known, cell.specification) || 'other settings';
        otherwise.set(why, [...(otherwise.get(why) ?? []), [rowOf(cell), columnOf(cell)].filter(Boolean).join(' x ')]);
      } else {
        merged.set(id, cell);
        added.push(cell);
      }
    }
    for (const cell of added) byPair.set(pairOfJob(cell), [...(byPair.get(pairOfJob(cell)) ?? []), cell]);
    for (const [why, pairs] of otherwise)
      notes.push(
        `${pairs.length === 1 ? '1 cell' : `${pairs.length} cells`} of ${name} not taken (${few([...new Set(pairs)])}): ` +
          `asked for otherwise by a folder named before it: ${why}.`,
      );
  }
  return { cells: [...merged.values()], notes };
}

const few = (names: readonly string[], most = 3): string =>
  names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');

const prints = new WeakMap<Job, string>();
/** Computed for the few cells of which it is asked. */
function apartFromSeed(job: Job): string {
  const known = prints.get(job) ?? fingerprint({ ...job.specification, seed: null });
  prints.set(job, known);
  return known;
}
