import type { Registry } from '../../../registry/registry';
import type { RegisteredUnit } from '../../../registry/units';
import type { StudyResults } from '../../core/contracts/study';
import { draw, formatOf, viewsOf } from '../../report/views';
import type { Matrix } from '../capability/summarise/matrix';
import { surveyOf } from '../capability/survey/survey';
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
    const page = pages[of];
    if (page) page(report, summary, { folder: name, experiment: manifest.experiment, ...(await told(results)) });
    else report.addText(await textOf(registry, of, summary), manifest.experiment);
  }
  return report;
}

/** What is drawn by the page itself, by what a study presents; everything else is shown as text. */
const pages: Readonly<Record<string, (report: Report, summary: unknown, known: ResultsContext & Named) => void>> = {
  matrix: (report, summary, { experiment, ...known }) =>
    report.addMatrix(summary as Matrix, known).addFindings(surveyOf(summary as Matrix), `${experiment}-survey`),
  findings: (report, summary, { experiment }) => report.addFindings(summary as Findings, experiment),
};

interface Named {
  readonly folder: string;
  readonly experiment: string;
}

async function textOf(registry: Registry, of: string, summary: unknown): Promise<string> {
  const formats = viewsOf(registry, of).map(formatOf);
  const format = formats.includes('text') ? 'text' : formats[0]!;
  const drawn = await draw(registry, { of, format }, summary, { score: 'exact', palette: 'none', width: 120 });
  return typeof drawn === 'string' ? drawn : '';
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
