/** What a figure shows, without positions or colours: whatever draws it as a picture, as text or as data needs only this. */
export interface Figure {
  /** Name of its file, unique among the figures of a study: "error-by-epoch". */
  readonly id: string;
  readonly title: string;
  /** A sentence or two that say what is seen and how: sizes, seeds, what the interval is. */
  readonly caption: string;
  /** Side by side, with axes of their own. */
  readonly panels: readonly Panel[];
}

/** Series over one pair of axes. */
export interface Panel {
  /** Empty where the figure has only one. */
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Lines across at a value, such as guessing or a limit that is published. */
  readonly references?: readonly { readonly axis: 'x' | 'y'; readonly at: number; readonly label: string }[];
  /** Shaded from one x to another, such as the trained lengths. */
  readonly bands?: readonly { readonly from: number; readonly to: number; readonly label: string }[];
}

/** What an axis of a panel is called, and how it is divided. */
export interface Axis {
  readonly title: string;
  /** `category`: texts in the order in which they first come. Default: linear. */
  readonly scale?: 'linear' | 'log' | 'category';
  /** Shares 0..1, written in percent. */
  readonly isShare?: boolean;
  /** Least and greatest value shown; default: what the points need. */
  readonly domain?: readonly [number, number];
}

/** What one seed gave at a point; null where it came to nothing, such as samples until a goal that was not reached. */
export interface Sample {
  readonly seed: number;
  readonly y: number | null;
}

/** A value with its interval and its seeds; a place along x has one for each series. */
export interface Point {
  readonly x: number | string;
  /** Middle of the seeds, or the one value there is; null leaves a gap. */
  readonly y: number | null;
  /** Ends of its interval. */
  readonly low?: number;
  readonly high?: number;
  readonly samples?: readonly Sample[];
  /** Written beside the point where it cannot be told by its place: "> 400k". */
  readonly note?: string;
}

/** Points of one thing, with one colour and sign in all panels of a figure. */
export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  /** Lines join points that follow each other; bars stand side by side in a category. Default: line. */
  readonly mark?: 'line' | 'dot' | 'bar';
  readonly isDashed?: boolean;
}
