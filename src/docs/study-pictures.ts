import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { packageRoot } from '../core/package';
import type { Figure } from '../core/contracts/figure';
import { figuresSvg } from '../report/figure/figure-svg';
import { markdownOf, markdownText } from '../report/markdown';
import { draw } from '../report/views';
import { hasFindings } from '../run/experiment/studies';
import type { Findings } from '../studies/findings/findings';
import { resultsIn } from './results-folder';

const images = join('docs', 'images', 'studies');
const pages = join('docs', 'studies');
/** Folders that hold nothing else. */
export const studyFolders = [images, pages] as const;

/** What shipped records of studies say: for each a picture of every figure, a page and a text for terminals, by path. */
export async function studyPictures(): Promise<Map<string, string>> {
  const registry = discover(new Registry(), 'studies', 'views');
  const results = join(packageRoot, 'results');
  const names = readdirSync(results).filter((name) => existsSync(join(results, name, 'manifest.json')));
  const files = new Map<string, string>();
  for (const name of names.sort()) {
    const findings = await findingsOf(registry, join(results, name));
    if (!findings) continue;
    const picture = ({ id }: Figure) => `${name}-${id}.svg`;
    for (const figure of findings.figures)
      files.set(join(images, picture(figure)), figuresSvg([figure], findings.title));
    files.set(
      join(pages, `${name}.md`),
      pageOf(findings, (figure) => `../images/studies/${picture(figure)}`),
    );
    const options = { score: 'exact', palette: 'none', width: 100 } as const;
    const text = await draw(registry, { of: 'findings', format: 'text' }, findings, options);
    files.set(join(pages, `${name}.txt`), text as string);
  }
  return files;
}

/** The Markdown of findings with their pictures before the tables. */
function pageOf(findings: Findings, pathOf: (figure: Figure) => string): string {
  const whole = markdownOf(findings);
  const figures = findings.figures.map((figure) => {
    const [title, caption] = [markdownText(figure.title), markdownText(figure.caption)];
    return `## ${title}\n\n![${title}](${pathOf(figure)})\n\n${caption}\n`;
  });
  const statements = markdownOf({ ...findings, tables: [], notes: [] });
  return [statements, ...figures].join('\n') + whole.slice(statements.length - 1);
}

/** What a folder of results says; undefined where its study has something else to present. */
async function findingsOf(registry: Registry, folder: string): Promise<Findings | undefined> {
  const { study, ...results } = await resultsIn(registry, folder);
  if (!hasFindings(registry, { plain: { study: study.id } })) return undefined;
  return registry.create(study).summarise(results) as Findings;
}
