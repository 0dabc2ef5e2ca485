import { join } from 'node:path';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { defaultStudy } from '../core/experiment';
import { packageRoot } from '../core/package';
import { FileStore } from '../run/store/file-store';
import { recordShapesOf } from '../run/store/record-shapes';
import { familyOf, reportOf } from '../studies/report/report-of-results';

/** The report that readers of the documentation open, and the shipped results that it is of. */
export const shippedReportFile = join('docs', 'report.html');
const shown = ['quick', 'claims', 'recurrence', 'sparse-parity'];

export async function shippedReport(): Promise<string> {
  const registry = discover(new Registry(), 'architectures', 'studies', 'views');
  const results = await Promise.all(
    shown.map(async (name) => {
      const store = new FileStore(join(packageRoot, 'results', name), recordShapesOf(registry));
      const manifest = (await store.loadManifest())!;
      const found = await Promise.all(manifest.cells.map(async ({ key }) => [key, await store.load(key)] as const));
      const study = registry.resolve('study', manifest.study ?? defaultStudy);
      return { name: `results/${name}`, registry, study, manifest, stored: new Map(found) };
    }),
  );
  const report = await reportOf(results, async () => ({ familyOf: (row) => familyOf(registry, row) }));
  return report.page();
}
