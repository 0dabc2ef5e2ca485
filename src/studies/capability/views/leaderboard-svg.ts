import { view } from '../../../../registry/units';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { characterWidth, rule, svgPage, write } from '../../../report/svg';
import { stepOf } from '../../../report/svg-style';
import { rankText } from '../drawing/leaderboard-columns';
import { legendOf, noteLines, verdictItems, verdictMark } from '../drawing/svg-legend';
import { absenceWords, cut, cutName, plural, remarkOf, scoreSentence } from '../drawing/wording';
import { buildLeaderboard, type Leaderboard } from '../summarise/leaderboard';
import type { OverallEntry } from '../summarise/overall-entry';
import type { Rank } from '../summarise/ranks';
import type { TaskEntry } from '../summarise/task-entry';
import type { Capability } from '../summarise/capability';
import type { Matrix } from '../summarise/matrix';

// All in pixels of the drawing.
const margin = 28;
const rankWidth = 34;
const rowHeight = 30;
const bar = { height: 16, radius: 3 };
const numberWidth = 46;
const countWidth = 44;
const shareWidth = 96;
const panelGap = 36;
const panelRowHeight = 24;
const panelsBeside = 2;
/** What a panel shows of a task; the matrix has the rest. */
const mostInPanel = 6;
const longestName = 24;
const shortName = (name: string): string => cutName(name, longestName + remarkOf(name).length);

const notes = [
  'Capability: mean of (exact match – baseline) / (1 – baseline) over the ranges that have such a scale; a range that is not above its baseline by more than noise adds 0. Lines: 95 %, by a bootstrap over seeds and test sequences. Baselines are the zero and are not shown.',
  'Rows that cannot be told apart share a rank (2=). Runs are pairs of task and seed. Behind a mark, ? says that noise leaves another verdict open, and < that a range is below its baseline by more than noise; 2/3 is how many seeds solve.',
];

@view({
  of: 'leaderboard',
  format: 'svg',
  title: 'Rankings as a picture',
  summary: 'The overall ranking with intervals and the best of each task, for light and dark.',
})
export class LeaderboardSvg implements View<Matrix> {
  draw(matrix: Matrix, { ranking, title }: ViewOptions): string {
    const scores = scoreSentence(matrix, 'exact').replace(' in %', '');
    return new Picture(buildLeaderboard(matrix, ranking), scores, title).page();
  }
}

class Picture {
  private readonly overall: readonly OverallEntry[];
  private readonly nameWidth: number;
  private readonly width: number;

  constructor(
    private readonly leaderboard: Leaderboard,
    private readonly scores: string,
    private readonly title?: string,
  ) {
    this.overall = leaderboard.overall.filter(({ kind }) => kind === 'architecture');
    const longest = Math.max(0, ...this.overall.map(({ architecture }) => shortName(architecture).length));
    this.nameWidth = Math.ceil(longest * characterWidth.name) + (this.overall.some(({ seeds }) => seeds > 1) ? 42 : 14);
    this.width = Math.max(820, 2 * margin + panelsBeside * (rankWidth + 22 + this.nameWidth + 150) + panelGap);
  }

  page(): string {
    const { experiment, taskCount } = this.leaderboard;
    const parts = [
      write(margin, margin + 16, 'title', this.title ?? 'Which architecture can compute most?'),
      write(margin, margin + 40, 'quiet', `${experiment}: ${plural(taskCount, 'task')} · ${this.scores}`),
    ];
    let y = margin + 84;
    parts.push(...this.overallHeading(y - 12), rule(margin, this.width - margin, y - 4.5));
    y += 4;
    for (const entry of this.overall) {
      parts.push(this.overallRow(entry, y));
      y += rowHeight;
    }
    y += 28;
    const { tasks } = this.leaderboard;
    for (let at = 0; at < tasks.length; at += panelsBeside) {
      const panels = tasks
        .slice(at, at + panelsBeside)
        .map((task, column) => this.panel(task, this.panelLeft(column), y));
      parts.push(...panels.flatMap((panel) => panel.parts));
      y = Math.max(...panels.map(({ bottom }) => bottom)) + 22;
    }
    const legend = legendOf(verdictItems, { left: margin, top: y, right: this.width - margin });
    const lines = noteLines(this.notes(), this.width - 2 * margin);
    parts.push(
      ...legend.parts,
      ...lines.map((line, at) => write(margin, legend.bottom + 24 + at * 18, 'quiet small', line)),
    );
    return svgPage({
      title: this.title ?? `Leaderboard: ${experiment}`,
      description: this.description(),
      width: this.width,
      height: legend.bottom + 12 + lines.length * 18 + margin - 6,
      parts,
    });
  }

  private notes(): string[] {
    const { compared, protocols, taskCount } = this.leaderboard;
    return [
      ...protocols.map(({ mark, rows, differs }) => `${mark} ${rows.join(', ')}: ${differs}.`),
      ...notes,
      `Overall, mean over ${compared.length} of ${plural(taskCount, 'task')}, those that every ranked row has.`,
    ];
  }

  private description(): string {
    const ranked = this.overall.map(
      ({ rank, architecture, capability, tasks }) =>
        `${rank ?? 'unranked'}: ${architecture}, ${capability === null ? `${tasks} of ${this.leaderboard.taskCount} tasks` : `capability ${capability.toFixed(3)}`}`,
    );
    return `Overall, ${this.scores}. ${ranked.join('; ')}`;
  }

  /** Where the columns of the overall ranking begin, from right to left as they are placed. */
  private get columns() {
    const share = this.width - margin - shareWidth;
    const counts = share - 24 - 3 * countWidth;
    const bars = margin + rankWidth + this.nameWidth;
    return { share, counts, bars, barWidth: counts - 16 - numberWidth - bars };
  }

  private overallHeading(y: number): string[] {
    const { share, counts, bars } = this.columns;
    return [
      write(margin + rankWidth, y, 'quiet small', 'architecture'),
      write(bars, y, 'quiet small', 'capability'),
      ...countedVerdicts.map((verdict, at) => verdictMark(verdict, counts + (at + 0.5) * countWidth, y - 4)),
      write(share + shareWidth, y, 'quiet small end', 'runs that solve'),
    ];
  }

  private overallRow(entry: OverallEntry, y: number): string {
    const { capability, capabilityInterval, tasks, verdicts } = entry;
    const { counts, bars, barWidth } = this.columns;
    const baseline = y + rowHeight / 2 + 4.5;
    const { runs, of } = entry.solvedRuns;
    return [
      ranking(entry, margin, baseline),
      capability === null
        ? write(bars, baseline, 'quiet small', `${tasks} of ${plural(this.leaderboard.taskCount, 'task')}`)
        : barOf(
            { value: capability, interval: capabilityInterval! },
            { x: bars, y: y + (rowHeight - bar.height) / 2, width: barWidth, height: bar.height, baseline },
          ),
      ...countedVerdicts.map((verdict, at) =>
        write(
          counts + (at + 0.5) * countWidth,
          baseline,
          `${verdicts[verdict] === 0 ? 'quiet ' : ''}number middle`,
          String(verdicts[verdict]),
        ),
      ),
      of > 0 ? write(this.width - margin, baseline, 'number end', `${runs}/${of}`) : '',
    ].join('');
  }

  private panelLeft = (column: number): number => margin + column * (this.panelWidth + panelGap);
  private get panelWidth(): number {
    return (this.width - 2 * margin - (panelsBeside - 1) * panelGap) / panelsBeside;
  }

  private panel({ column, entries }: Leaderboard['tasks'][number], x: number, y: number) {
    const own = entries.filter(({ kind }) => kind === 'architecture');
    const shown = own.slice(0, own.length > mostInPanel ? mostInPanel - 1 : mostInPanel);
    const right = x + this.panelWidth;
    const parts = [
      write(x, y + 12, 'name', cutName(column.id, 28)),
      write(right, y + 12, 'quiet level end', cut(column.level, 28)),
      rule(x, right, y + 20),
    ];
    let top = y + 24;
    for (const entry of shown) {
      parts.push(this.panelRow(entry, x, top, right));
      top += panelRowHeight;
    }
    if (own.length > shown.length) {
      parts.push(write(x + rankWidth + 22, top + 16, 'quiet small', `and ${own.length - shown.length} more`));
      top += panelRowHeight;
    }
    return { parts, bottom: top };
  }

  private panelRow(entry: TaskEntry, x: number, y: number, right: number): string {
    const baseline = y + panelRowHeight / 2 + 4.5;
    const bars = x + rankWidth + 22 + this.nameWidth;
    const share = entry.seeds > 1 && entry.solved?.seeds ? `${entry.solved.seeds}/${entry.seeds}` : '';
    const flags = [entry.isBorderline && '?', entry.belowBaseline.length > 0 && '<'].filter(Boolean).join('');
    return [
      ranking(entry, x, baseline, 22),
      entry.verdict ? verdictMark(entry.verdict, x + rankWidth + 5, y + panelRowHeight / 2) : '',
      flags && write(x + rankWidth + 13, y + 11, 'alarm name share', flags),
      share && write(bars - 8, baseline, 'quiet share end', share),
      entry.capability === null
        ? write(bars, baseline, 'quiet small', entry.absence ? absenceWords[entry.absence] : 'no baseline')
        : barOf(
            { value: entry.capability, interval: entry.capabilityInterval! },
            { x: bars, y: y + (panelRowHeight - 12) / 2, width: right - bars - numberWidth, height: 12, baseline },
          ),
    ].join('');
  }
}

const countedVerdicts = ['solves', 'extends', 'learnt in range'] as const;

/** Place and name; `room` for a mark between them. */
const ranking = (entry: Rank & Pick<TaskEntry, 'architecture' | 'mark'>, x: number, y: number, room = 0): string =>
  (entry.rank === null ? '' : write(x + rankWidth - 6, y, 'quiet number end', rankText(entry))) +
  write(
    x + rankWidth + room,
    y,
    entry.rank === null ? 'quiet' : 'name',
    `${shortName(entry.architecture)}${entry.mark ?? ''}`,
  );

/** Length says how much; one colour that is easily seen says it for small values too. */
const barStep = stepOf(0.75);

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of the number. */
  readonly baseline: number;
}

/** A value in 0..1 as a bar on its track, what noise leaves open as a line across its end, and the number behind it. */
function barOf({ value, interval }: Capability, { x, y, width, height, baseline }: Place): string {
  const at = (share: number) => (x + share * width).toFixed(1);
  const middle = y + height / 2;
  return (
    `<rect class="t0" x="${x}" y="${y}" width="${width}" height="${height}" rx="${bar.radius}"/>` +
    `<rect class="t${barStep}" x="${x}" y="${y}" width="${(value * width).toFixed(1)}" height="${height}" rx="${bar.radius}"/>` +
    (interval.high > interval.low
      ? `<line class="interval" x1="${at(interval.low)}" x2="${at(interval.high)}" y1="${middle}" y2="${middle}"/>`
      : '') +
    write(x + width + numberWidth, baseline, 'number end', value.toFixed(3))
  );
}
