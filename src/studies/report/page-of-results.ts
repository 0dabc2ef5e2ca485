import { packageFile } from '../../core/package';
import type { Matrix } from '../capability/summarise/matrix';
import { detailsOf } from '../capability/report/details-of';
import { gridOf } from '../capability/report/grid-of';
import { leaderboardSheet } from '../capability/drawing/leaderboard-sheet';
import { buildLeaderboard } from '../capability/summarise/leaderboard';
import type { ReplayBundle } from '../../evaluation/replay/bundle';
import { printable } from '../../report/printable';
import type { Findings } from '../findings/findings';
import { pageOf } from './document';
import type { ReportIndex, ResultsEntry } from './report-data';

/** How results are told besides what they were summarised to. */
export interface ResultsContext {
  /** As the folder was named. */
  readonly folder?: string;
  readonly familyOf?: (row: string) => string | undefined;
  /** Trained cells that can be asked. */
  readonly replays?: readonly ReplayBundle[];
}

/** Collects what several folders of results say, and makes one page of it. */
export class Report {
  private readonly results: ResultsEntry[] = [];
  private readonly blocks = new Map<string, unknown>();

  addMatrix(matrix: Matrix, context: ResultsContext = {}): this {
    const name = this.free(matrix.experiment);
    const { rows, protocols } = detailsOf(matrix, matrix.sources);
    this.results.push({
      kind: 'grid',
      name,
      title: matrix.experiment,
      grid: gridOf(matrix, { ...context, protocols }),
      rows: rows.map((row) => this.block(row)),
      replays: (context.replays ?? []).map((bundle) => ({
        row: printable(bundle.row),
        column: printable(bundle.column),
        block: this.block(bundle),
      })),
      leaderboard: this.block(leaderboardSheet(buildLeaderboard(matrix))),
    });
    return this;
  }

  addFindings(findings: Findings, experiment: string): this {
    this.results.push({
      kind: 'findings',
      name: this.free(experiment),
      title: findings.title,
      block: this.block(findings),
    });
    return this;
  }

  /** What nothing but its own views can draw, as they draw it for terminals. */
  addText(text: string, experiment: string): this {
    this.results.push({ kind: 'text', name: this.free(experiment), title: experiment, text });
    return this;
  }

  page(title = 'Which architecture can compute what?'): string {
    const index: ReportIndex = { title, version: packageFile.version, results: this.results };
    return pageOf(title, new Map<string, unknown>([['index', index], ...this.blocks]));
  }

  private free(name: string): string {
    const taken = new Set(this.results.map((entry) => entry.name));
    for (let at = 1; ; at++) {
      const candidate = at === 1 ? name : `${name}-${at}`;
      if (!taken.has(candidate)) return candidate;
    }
  }

  private block(content: unknown): string {
    const name = `b${this.blocks.size}`;
    this.blocks.set(name, content);
    return name;
  }
}
