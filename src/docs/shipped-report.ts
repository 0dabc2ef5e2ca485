import { join } from 'node:path';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { packageRoot } from '../core/package';
import { familyOf, reportOf } from '../studies/report/report-of-results';
import { resultsIn } from './results-folder';

/** The report that readers of the documentation open, and the shipped results that it is of. */
export const shippedReportFile = join('docs', 'report.html');
const shown = ['quick', 'claims', 'recurrence', 'sparse-parity'];

export async function shippedReport(): Promise<string> {
  const registry = discover(new Registry(), 'architectures', 'studies', 'views');
  const results = await Promise.all(
    shown.map(async (name) => ({
      name: `results/${name}`,
      registry,
      ...(await resultsIn(registry, join(packageRoot, 'results', name))),
    })),
  );
  const report = await reportOf(results, async () => ({ familyOf: (row) => familyOf(registry, row) }));
  return report.page();
}
