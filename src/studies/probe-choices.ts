import type { Registry } from '../../registry/registry';
import { plainJson, rowOf } from '../core/cell';
import type { Manifest } from '../core/contracts/manifest';
import type { UnitChoice } from '../core/contracts/record';
import { zooError } from '../core/errors';
import { joinPath } from '../core/validation';
import { usualSetting } from '../model/sizes';
import type { ProbeEntry } from './experiment';

/** Probes that an experiment asks for. */
export class ProbeChoices {
  private readonly choices: readonly UnitChoice[];
  private readonly refusals = new Map<string, string | undefined>();

  /** @throws unknown-unit or invalid-value naming file and JSON path */
  constructor(
    private readonly registry: Registry,
    entries: readonly ProbeEntry[] = [],
    file = '',
  ) {
    this.choices = entries.map(({ id, hyperparameters }, at) => {
      const path = `probes[${at}]`;
      const unit = registry.resolve('probe', id, `${file}, ${path}`);
      if (entries.findIndex((entry) => entry.id === id) < at)
        throw zooError('invalid-value', { place: file, problems: [`${path} is ${id} a second time`] });
      const place = { place: file, path: joinPath(path, 'hyperparameters') };
      const all = registry.hyperparameters(unit, hyperparameters, place);
      return { id: unit.id, version: unit.meta.version, hyperparameters: plainJson({ ...all }) };
    });
  }

  /** Those that look at a row, as its specification names them; nothing where none does. */
  of(architecture: UnitChoice): { readonly probes?: readonly UnitChoice[] } {
    const probes = this.choices.filter((choice) => this.refusal(choice.id, architecture) === undefined);
    return probes.length > 0 ? { probes } : {};
  }

  /** Which rows are trained without a probe, a sentence for each reason. */
  notes({ cells }: Manifest): string[] {
    const trained = cells.filter(({ specification: { mode } }) => mode !== 'baseline');
    return this.choices.flatMap(({ id }) => {
      const rowsBy = new Map<string, Set<string>>();
      for (const cell of trained) {
        const reason = this.refusal(id, cell.specification.architecture);
        if (reason === undefined) continue;
        rowsBy.set(reason, (rowsBy.get(reason) ?? new Set()).add(rowOf(cell)));
      }
      return [...rowsBy].map(
        ([reason, rows]) => `The probe ${id} does not look at ${[...rows].join(', ')}: ${reason}.`,
      );
    });
  }

  /** Whether a probe finds anything in a row does not depend on the size of a vocabulary. */
  private refusal(id: string, { id: row, hyperparameters }: UnitChoice): string | undefined {
    const key = JSON.stringify([id, row, hyperparameters]);
    if (!this.refusals.has(key)) {
      const unit = this.registry.resolve('architecture', row);
      const all = this.registry.hyperparameters(unit, hyperparameters, { place: row });
      const model = this.registry.create(unit).build(all, usualSetting.vocabularySize);
      const probe = this.registry.create(this.registry.resolve('probe', id));
      this.refusals.set(key, probe.refuses?.(model));
    }
    return this.refusals.get(key);
  }
}
