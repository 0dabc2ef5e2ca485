/** As texts cite the zoo; CITATION.cff says the same for programs. */
export const citation = (version: string): string =>
  `The chomsky-zoo authors. chomsky-zoo: which architecture can compute what? Version ${version}, software and records.`;
