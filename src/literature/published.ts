import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonFile } from '../core/json-file';
import type { ManifestClaim } from '../core/contracts/manifest';
import { packageRoot } from '../core/package';
import { isPlainObject, validated } from '../core/validation';
import { Figure, LiteratureFile, type Mark, type ResultTable } from './schema';

/** One published figure with all that is needed to cite it. */
export interface PublishedResult {
  /** Id of the task. */
  readonly task: string;
  /** Label of the row in the source. */
  readonly row: string;
  /** Id of the architecture that the row is here, where there is one. */
  readonly architecture?: string;
  readonly score: number;
  readonly deviation?: number;
  readonly bound?: Figure['bound'];
  readonly claim?: Figure['claim'];
  readonly unit: ResultTable['unit'];
  readonly metric: string;
  readonly overSeeds?: ResultTable['overSeeds'];
  readonly runs?: number;
  readonly lengths: string;
  readonly note?: string;
  readonly protocol: string;
  readonly source: { readonly authors: string; readonly identifier: string; readonly place: string };
  readonly mark: Mark;
}

export const literatureFolder = join(packageRoot, 'literature');

/** Every published figure, in the order of files and their tables. @throws invalid-json or invalid-value naming file and place */
export function readPublished(folder = literatureFolder): PublishedResult[] {
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  return files
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => resultsOf(readJsonFile(file, 'published results', folder), file));
}

function resultsOf(plain: unknown, file: string): PublishedResult[] {
  const { source, protocol, architectures, results } = validated(LiteratureFile, plain, { place: file });
  return results.flatMap(({ scores, place, ...table }, at) =>
    Object.entries(scores).map(([row, value]) => ({
      ...table,
      ...validated(Figure, isPlainObject(value) ? value : { score: value }, {
        place: file,
        path: `results[${at}].scores`,
      }),
      row,
      ...(architectures[row] !== undefined && { architecture: architectures[row] }),
      protocol,
      source: { ...source, place },
    })),
  );
}

/** Claims as the build found them: reading and checking every published figure takes longer than most commands. */
export const claimsFile = join(__dirname, 'claims.json');

/** Claims by the id of the row that they are made of. */
export const claimsOfRows = (): Map<string, ManifestClaim[]> =>
  existsSync(claimsFile)
    ? new Map(JSON.parse(readFileSync(claimsFile, 'utf8')) as [string, ManifestClaim[]][])
    : publishedClaims();

/** Claims by the id of the row that they are made of, from the figures that have one. */
export function publishedClaims(results = readPublished()): Map<string, ManifestClaim[]> {
  const claims = new Map<string, ManifestClaim[]>();
  for (const { claim, task, architecture, score, metric, overSeeds, runs, lengths, source } of results) {
    if (!claim) continue;
    const { architectures = architecture ? [architecture] : [], note, ...bounds } = claim;
    const found = `${source.authors}, ${source.place}: ${score} at lengths ${lengths} (${metric})`;
    const best = overSeeds && { overSeeds, runs };
    const [, shortest] = /^(\d+)(-\d+)?$/.exec(lengths) ?? [];
    const from = shortest !== undefined && { shortest: Number(shortest) };
    const made = { task, ...bounds, ...best, ...from, source: note ? `${found}, ${note}` : found };
    for (const id of architectures) claims.set(id, [...(claims.get(id) ?? []), made]);
  }
  return claims;
}
