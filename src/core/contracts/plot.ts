import type { Figure } from './figure';
import type { ShownScore } from './view';

/** What a plot says of itself. */
export interface PlotMeta {
  /** What `zoo plot --what` calls it. */
  readonly id: string;
  /** Id of the study whose summary it draws. */
  readonly study: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** What `--by` may choose for its horizontal axis, the usual one first; absent where there is no choice or any text is one. */
  readonly by?: readonly string[];
}

/** What may be asked of a plot. */
export interface PlotOptions {
  readonly score: ShownScore;
  /** One of `by`, or what else the plot understands. */
  readonly by?: string;
  /** Instead of a title that says what is shown. */
  readonly title?: string;
}

/** Makes figures of what a study summarises. Views of figures draw them: as a picture, as text, as data. */
export interface Plot<Summary = unknown> {
  figures(summary: Summary, options: PlotOptions): readonly Figure[];
}
