import { distance } from 'fastest-levenshtein';

/** The known names closest to `name`, best first: at most `limit`, and none that is nothing like it. */
export function nearestNames(name: string, known: readonly string[], limit = 3): string[] {
  const wanted = name.toLowerCase();
  const tolerance = Math.max(2, Math.round(wanted.length / 3));
  return known
    .map((candidate) => ({ candidate, away: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, away }) => away <= tolerance || (wanted.length > 2 && candidate.includes(wanted)))
    .sort((a, b) => a.away - b.away || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}
