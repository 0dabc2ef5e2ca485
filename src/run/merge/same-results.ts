import type { RecordOf } from '../../core/contracts/record';
import { digestOf } from '../store/record-file';

/** Whether two records of one job say the same, whenever and wherever they were made. */
export const isSameResult = (a: RecordOf, b: RecordOf): boolean => digestOf(a) === digestOf(b);

/** Of records with the same results the one to keep: with weights before without, then the older one, then the first. */
export function keptOf<T extends { readonly record: RecordOf }>(same: readonly [T, ...T[]]): T {
  const weight = ({ record: { provenance } }: T): string =>
    `${provenance.weights === undefined ? 1 : 0} ${provenance.startedAt}`;
  return same.reduce((kept, each) => (weight(each) < weight(kept) ? each : kept));
}

/** "runs/a (AMD EPYC, 2 cores, 8 GiB, linux x64)" */
export const madeWhere = (name: string, { provenance }: RecordOf): string =>
  `${name} (${provenance.machineKind ?? provenance.machine})`;
