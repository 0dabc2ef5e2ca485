import type { Figure } from '../../core/contracts/figure';
import type { Sheet } from '../../report/table';
import type { GridData } from '../capability/report/grid-data';

/** What the page of a report begins with; blocks are unpacked when they are looked at. */
export interface ReportIndex {
  readonly title: string;
  /** Of the zoo. */
  readonly version: string;
  readonly results: readonly ResultsEntry[];
}

export type ResultsEntry = GridEntry | FindingsEntry | TextEntry;

interface Entry {
  /** In addresses; unique. */
  readonly name: string;
  readonly title: string;
}

export interface GridEntry extends Entry {
  readonly kind: 'grid';
  readonly grid: GridData;
  /** Names of blocks: `RowDetails` of every row, and the `Sheet` of the leaderboard. */
  readonly rows: readonly string[];
  readonly leaderboard: string;
  /** Cells that can be asked: names of blocks that hold a `ReplayBundle`. */
  readonly replays: readonly { readonly row: string; readonly column: string; readonly block: string }[];
}

export interface FindingsEntry extends Entry {
  readonly kind: 'findings';
  /** Of a block: `FindingsData`. */
  readonly block: string;
}

/** Of a study that presents something else. */
export interface TextEntry extends Entry {
  readonly kind: 'text';
  readonly text: string;
}

export type FindingsData = Sheet & { readonly figures: readonly Figure[] };
export type LeaderboardData = Sheet;
