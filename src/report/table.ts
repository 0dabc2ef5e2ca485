/** Tables as views draw them: texts and their order, no markup. What a study shows as a table needs to know only this. */
export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right' | 'center';
  /**
   * For terminals that are too narrow: the column with the largest number is left out first. One without a number is
   * never left out.
   */
  readonly dispensable?: number;
}

/** Texts in rows and columns under a heading. */
export interface Table {
  readonly heading: string;
  readonly columns: readonly TableColumn[];
  /** Texts in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  /** Which of them stand out, in the same order. */
  readonly strong?: readonly (readonly boolean[])[];
}

/** Tables under a title, and what their reader has to know. */
export interface Sheet {
  readonly title: string;
  /** What the tables add up to, a sentence each. */
  readonly statements?: readonly string[];
  readonly tables: readonly Table[];
  readonly notes: readonly string[];
}

/** How to make the text of one column from an entry. */
export interface ColumnOf<Entry> extends TableColumn {
  text(entry: Entry): string;
  /** Whether its text stands out, such as that of the best. */
  isStrong?(entry: Entry): boolean;
}

/** A table with a row for each entry; columns that would be empty throughout are left out. */
export function tableOf<Entry>(heading: string, columns: readonly ColumnOf<Entry>[], entries: readonly Entry[]): Table {
  const used = columns.filter(({ text }) => entries.some((entry) => text(entry) !== ''));
  const isAnyStrong = used.some(({ isStrong }) => isStrong);
  return {
    heading,
    columns: used.map(({ title, align, dispensable }) => ({
      title,
      align,
      ...(dispensable !== undefined && { dispensable }),
    })),
    rows: entries.map((entry) => used.map(({ text }) => text(entry))),
    ...(isAnyStrong && {
      strong: entries.map((entry) => used.map(({ isStrong }) => isStrong?.(entry) ?? false)),
    }),
  };
}
