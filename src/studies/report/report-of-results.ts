import type { Registry } from '../../../registry/registry';
import type { RegisteredUnit } from '../../../registry/units';
import type { StudyResults } from '../../core/contracts/study';
import { draw, formatOf, viewsOf } from '../../report/views';
import type { Matrix } from '../capability/summarise/matrix';
import type { Findings } from '../findings/findings';
import { Report, type ResultsContext } from './page-of-results';

/** A folder of results that was read. */
export interface ReportedResults extends StudyResults {
  /** As the folder is named on the page. */
  readonly name: string;
  readonly registry: Registry;
  readonly study: RegisteredUnit<'study'>;
}

/** One page of what folders of results say, each as its study presents it. */
export async function reportOf<R extends ReportedResults>(
  all: readonly R[],
  told: (results: R) => Promise<ResultsContext> = async () => ({}),
): Promise<Report> {
  const report = new Report();
  for (const results of all) {
    const { name, registry, study, manifest } = results;
    const summary = registry.create(study).summarise(results);
    const [of] = study.meta.presents;
    if (of === 'matrix') report.addMatrix(summary as Matrix, { folder: name, ...(await told(results)) });
    else if (of === 'findings') report.addFindings(summary as Findings, manifest.experiment);
    else {
      const formats = viewsOf(registry, of).map(formatOf);
      const format = formats.includes('text') ? 'text' : formats[0]!;
      const options = { score: 'exact', palette: 'none', width: 120 } as const;
      const drawn = await draw(registry, { of, format }, summary, options);
      if (typeof drawn === 'string') report.addText(drawn, manifest.experiment);
    }
  }
  return report;
}

/** The row that one is a variant of, at the root; undefined where its unit is not here. */
export function familyOf(registry: Registry, row: string): string | undefined {
  const seen = new Set<string>();
  for (let id = row; ;) {
    const unit = registry.find('architecture', id);
    const { variantOf } = unit?.meta ?? {};
    if (!variantOf || seen.has(variantOf)) return unit ? id : undefined;
    seen.add((id = variantOf));
  }
}
