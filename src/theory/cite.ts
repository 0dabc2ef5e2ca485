import type { ManifestProposition } from '../core/contracts/theory';
import { evidenceOf } from './derive';
import type { Proposition, Source, Theory } from './proposition';
import { theory } from './propositions';

/** "Grazzi et al. 2025, theorem 1, arXiv:2411.12537"; says whose derivation or summary a proposition is. */
export function cite(proposition: Proposition, known = theory()): string {
  const { mark, source, place, also = [], summarisedBy = [], from = [] } = proposition;
  const derived = from.length ? `our derivation, from ${listed(from)}` : 'our derivation';
  const summaries = summarisedBy.map((id) => known.sources[id]!.authors);
  return [
    mark === 'D' ? derived : sourceText(known, source!, place),
    ...also.map((other) => sourceText(known, other.source, other.place)),
    ...(summaries.length ? [`as summarised by ${listed(summaries)}`] : []),
  ].join('; ');
}

function sourceText({ sources }: Theory, id: string, place?: string): string {
  const { authors, title, identifier }: Source = sources[id]!;
  return [authors, title && `"${title}"`, place, identifier].filter(Boolean).join(', ');
}

/** "a, b and c". */
export const listed = (texts: readonly string[]): string =>
  texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;

/** Propositions by their ids, as a reader of a table needs them; in the order of the files. */
export function citedPropositions(ids: Iterable<string>, known = theory()): ManifestProposition[] {
  const asked = new Set(ids);
  return known.propositions
    .filter(({ id }) => asked.has(id))
    .map((one) => ({
      id: one.id,
      statement: one.statement,
      citation: cite(one, known),
      evidence: evidenceOf(one),
    }));
}
