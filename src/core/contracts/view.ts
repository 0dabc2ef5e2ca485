/** What a number in a view says: whole answers that are right, or the share of symbols that are. */
export const scoreKinds = ['exact', 'token'] as const;
/** Whole answers, or single symbols. */
export type ScoreKind = (typeof scoreKinds)[number];
/** What views can show: one of the two, or exact match as skill above chance, (accuracy - floor) / (1 - floor). */
export const shownScores = [...scoreKinds, 'scaled'] as const;
/** See `shownScores`. */
export type ShownScore = (typeof shownScores)[number];
/** The kind of score that a shown one is made of. */
export const scoreKindOf = (score: ShownScore): ScoreKind => (score === 'scaled' ? 'exact' : score);

/** Colours that a terminal shows, which is dark where nothing else is said. */
export type Palette = 'none' | 'ansi256' | 'ansi256-on-light' | 'truecolor' | 'truecolor-on-light';

/** The background that a view is drawn for; `auto`: files follow their reader's preference, terminals are asked. */
export const themes = ['auto', 'light', 'dark'] as const;
/** Light or dark, or whichever of them the reader has. */
export type Theme = (typeof themes)[number];

/** What a view says of itself. */
export interface ViewMeta {
  /** Made from the other two: `matrix-svg`. */
  readonly id: string;
  /** What it draws: a name that studies list under `presents`, such as `matrix`. */
  readonly of: string;
  /** What `--format` calls it: `svg`. */
  readonly format: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
}

/** What counts as one in a mean over tasks: a family of them, a level (the mean of its families), or each. */
export const taskWeights = ['family', 'level', 'task'] as const;
/** See `taskWeights`. */
export type TaskWeight = (typeof taskWeights)[number];

/** How rows are ranked, and what is shown of it. */
export interface RankingOptions {
  readonly by?: TaskWeight;
  /** Cells with fewer seeds count as not measured. */
  readonly minSeeds?: number;
  /** Share of the columns that a row must have to be ranked; 0.5 where nothing is asked. */
  readonly coverage?: number;
  /** Title of a column of the tables; by capability where nothing is asked. */
  readonly sort?: string;
  /** Titles of columns of the tables, in this order. */
  readonly show?: readonly string[];
}

/** What a view may heed of whoever looks; files are drawn without colours and at the view's own width. */
export interface ViewOptions {
  readonly score: ShownScore;
  readonly palette: Palette;
  readonly theme?: Theme;
  /** Columns of a text, of the terminal where nothing else is asked for; absent where there is neither. */
  readonly width?: number;
  /** Pixels of a picture, where it is asked for. */
  readonly pictureWidth?: number;
  /** Instead of the view's own. */
  readonly title?: string;
  /** As small as can still be read, or not; absent: views decide by the size of what they draw. */
  readonly isCompact?: boolean;
  /** Of views that rank rows. */
  readonly ranking?: RankingOptions;
}

/** A text, or the bytes of a file that is none. */
export type Drawn = string | Uint8Array;

/** Draws what a study summarises. Computes nothing but positions, colours and words. */
export interface View<Summary = unknown> {
  draw(summary: Summary, options: ViewOptions): Drawn | Promise<Drawn>;
}
