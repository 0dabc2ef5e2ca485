import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { zooError } from '../core/errors';
import { readJsonFile } from '../core/json-file';
import { validated } from '../core/validation';
import { ClaimFile, type Claim, type ClaimCondition } from './claim-schema';
import { literatureFolder } from './published';

/** A claim, and what it is about. */
export type CataloguedClaim = Claim & { readonly subject: string };

export const catalogueFolder = join(literatureFolder, 'claims');

/**
 * Every claim of the catalogue, by its number.
 * @throws invalid-json or invalid-value naming file and place
 */
export function readCatalogue(folder = catalogueFolder): CataloguedClaim[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  const claims: CataloguedClaim[] = [];
  for (const file of files.sort()) {
    const { subject, claims: found } = validated(ClaimFile, readJsonFile(file, 'claims', folder), { place: file });
    for (const [at, claim] of found.entries()) {
      const earlier = claims.find(({ id }) => id === claim.id);
      const problems = [
        ...(earlier ? [`claims[${at}].id is ${claim.id}, which is there already: "${earlier.title}"`] : []),
        ...problemsOf(claim).map((problem) => `claims[${at}]${problem}`),
      ];
      if (problems.length) throw zooError('invalid-value', { place: file, problems });
      claims.push({ ...claim, subject });
    }
  }
  return claims.sort((a, b) => a.id - b.id);
}

/** What no single field can tell. */
function problemsOf({ conditions = [], notComparable }: Claim): string[] {
  const isBoth = notComparable !== undefined && conditions.length > 0;
  return [
    ...(isBoth ? [' has conditions, and the reason why it has none: it is one or the other'] : []),
    ...conditions.flatMap((condition, at) => {
      const problem = problemOf(condition);
      return problem ? [`.conditions[${at}] ${problem}`] : [];
    }),
  ];
}

function problemOf({ atLeast, atMost, above, reading, ranges, chance }: ClaimCondition): string | undefined {
  if (atLeast === undefined && atMost === undefined && !above) return 'has none of atLeast, atMost and above';
  if (reading !== 'sequences') return undefined;
  return (ranges ?? chance) === undefined ? undefined : 'counts sequences, which have no ranges and no chance';
}
