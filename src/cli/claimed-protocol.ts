import type { Registry } from '../../registry/registry';
import { cellLabel, columnOf, rowOf } from '../core/cell';
import type { Job, JobSpecification } from '../core/contracts/record';
import { zooError } from '../core/errors';
import { settingDifferences } from '../run/code/settings';
import { findExperiment, readExperiment, shippedExperiments, understandExperiment } from '../run/experiment/load';
import { askedOf } from './question';

/** The experiment whose protocol cells claim to have, where that is known: the one that is named, or the one they are called after. */
export const claimedExperiment = (asked: string | false | undefined, name: string): string | undefined => {
  if (asked !== undefined) return asked === false ? undefined : asked;
  return shippedExperiments().includes(name) ? name : undefined;
};

/**
 * Cells must have the protocol, the search and the task of the experiment that they claim; their rows are their own.
 * @throws other-protocol with what differs, missing-file, unknown-unit
 */
export function requireProtocolOf(
  experiment: string,
  jobs: readonly Job[],
  { registry, workingFolder }: { readonly registry: Registry; readonly workingFolder: string },
): void {
  const written = readExperiment(findExperiment(experiment, workingFolder), workingFolder);
  const trained = jobs.filter(({ specification }) => specification.architecture && specification.mode !== 'baseline');
  const found = new Map<string, Job[]>();
  const expected = new Map<string, JobSpecification>();
  for (const job of trained) {
    const { architecture, task, engine } = job.specification;
    const units = `${architecture!.id}\n${task!.id}`;
    if (!expected.has(units)) {
      const question = { rows: [architecture!.id], columns: [task!.id], only: '' };
      const plain = askedOf(registry, written.plain, question) ?? written.plain;
      const understood = understandExperiment(registry, { ...written, plain });
      const { cells } = registry
        .create(understood.study)
        .expand(understood.experiment, { file: understood.file, engine, plugins: [] });
      const [cell] = (cells as readonly Job[]).filter(
        ({ specification }) => specification.mode !== 'baseline' && specification.architecture?.id === architecture!.id,
      );
      if (cell) expected.set(units, cell.specification);
    }
    const asked = expected.get(units);
    const differs = asked
      ? settingDifferences(withoutRow(job.specification), withoutRow(asked)).join(', ')
      : `it does not ask for ${rowOf(job)} on ${columnOf(job)}`;
    if (differs !== '') found.set(differs, [...(found.get(differs) ?? []), job]);
  }
  if (found.size === 0) return;
  const differences = [...found].map(([what, cells]) => ({ cells: cells.length, first: cellLabel(cells[0]!), what }));
  throw zooError('other-protocol', { experiment, differences });
}

const withoutRow = ({ architecture: _, probes: __, ...rest }: JobSpecification): JobSpecification => rest;
