/** What others call a unit: names alone do not make results comparable, so they are answered with the id and the difference. */
export interface OtherName {
  readonly name: string;
  /** The suite or the paper that uses it. */
  readonly source: string;
  /** How theirs is written here where that is not the id alone: `regex:(01)*`. */
  readonly here?: string;
  /** How theirs differs, as a sentence without its full stop. */
  readonly differs?: string;
}

/** A name without what spellings differ in: `Reverse_String` and `reverse-string` are one. */
export const spelling = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
