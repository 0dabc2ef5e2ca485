import { draw, formatOf, viewsOf } from '../report/views';
import { Report, type ResultsContext } from '../studies/report/page-of-results';
import type { Matrix } from '../studies/capability/summarise/matrix';
import type { Findings } from '../studies/findings/findings';
import type { OpenedResults } from './results';

/** One page of what folders of results say, each as its study presents it. */
export async function reportOf(
  opened: readonly (OpenedResults & { readonly name: string })[],
  told: (name: string, results: OpenedResults) => Promise<ResultsContext> = async () => ({}),
): Promise<Report> {
  const report = new Report();
  for (const { name, ...each } of opened) {
    const { registry, study, manifest, ...results } = each;
    const summary = registry.create(study).summarise({ manifest, ...results });
    const [of] = study.meta.presents;
    if (of === 'matrix') report.addMatrix(summary as Matrix, { folder: name, ...(await told(name, each)) });
    else if (of === 'findings') report.addFindings(summary as Findings, manifest.experiment);
    else {
      const views = viewsOf(registry, of).map(formatOf);
      const format = views.includes('text') ? 'text' : views[0]!;
      const options = { score: 'exact', palette: 'none', width: 120 } as const;
      const drawn = await draw(registry, { of, format }, summary, options);
      if (typeof drawn === 'string') report.addText(drawn, manifest.experiment);
    }
  }
  return report;
}
