import { join } from 'node:path';
import type { Registry } from '../../registry/registry';
import { writeAtomically } from '../core/atomic-file';
import { draw } from '../report/views';
import type { Findings } from '../studies/findings/findings';

/** Writes the figures of a study into its folder of results: a picture each, and what they show as CSV and JSON. */
export async function writeFigures(registry: Registry, findings: Findings, folder: string): Promise<string[]> {
  const drawn = (format: string, of: Findings) =>
    draw(registry, { of: 'findings', format }, of, { score: 'exact', palette: 'none' });
  const contents = [
    ...findings.figures.map(
      (figure) => [`${figure.id}.svg`, drawn('svg', { ...findings, figures: [figure] })] as const,
    ),
    ['figures.csv', drawn('csv', findings)] as const,
    ['findings.json', drawn('json', findings)] as const,
  ];
  return Promise.all(
    contents.map(async ([name, content]) => {
      const file = join(folder, 'figures', name);
      writeAtomically(file, await content);
      return file;
    }),
  );
}
