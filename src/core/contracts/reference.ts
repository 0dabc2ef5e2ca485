/** Where a definition or a claim comes from. */
export interface Reference {
  /** For example "Deletang et al. 2023". */
  readonly authors: string;
  readonly title: string;
  /** arXiv identifier (`2207.02098`), DOI or URL. */
  readonly identifier: string;
  /** Where in it: "equation 16", "table 2". */
  readonly place?: string;
}

/** The three groups of evaluated lengths: trained ones, up to 2.5 times, and up to 6.4 times the longest trained. */
export type LengthRange = 'inRange' | 'near' | 'far';
/** The ranges of evaluated lengths, shortest first. */
export const lengthRanges: readonly LengthRange[] = ['inRange', 'near', 'far'];
