import { cellLabel, columnOf, rowOf } from '../core/cell';
import type { Job, RecordOf } from '../core/contracts/record';
import type { RecordWords } from '../core/contracts/study';
import { tableOf, type ColumnOf } from '../report/table';
import type { Terminal } from '../report/terminal';
import { textOf } from '../report/text';
import { duration, secondsOf } from '../run/progress/run-wording';
import { plural } from '../studies/capability/drawing/wording';
import { repetitions, type Repetition } from '../run/verification';

/** A cell that was measured again. */
export interface Repeated {
  readonly job: Job;
  readonly before: RecordOf;
  readonly repetition: Repetition;
  readonly now?: RecordOf;
  /** Why it could not be measured. */
  readonly reason?: string;
}

/** Cells of a folder that were measured again. */
export interface Verification {
  /** The folder as it was named. */
  readonly results: string;
  readonly repeated: readonly Repeated[];
  /** Cells that might have been drawn, and the seed of the draw; null where all were taken. */
  readonly of: number;
  readonly seed: number | null;
  /** What the study says of a record. */
  tell(record: RecordOf): RecordWords;
}

const countsOf = (repeated: readonly Repeated[]) =>
  (Object.keys(repetitions) as Repetition[]).flatMap((kind) => {
    const count = repeated.filter(({ repetition }) => repetition === kind).length;
    return count > 0 ? ([[kind, count]] as const) : [];
  });

/** For scripts. */
export const verificationJson = ({ results, repeated, of, seed, tell }: Verification) => ({
  results,
  verified: repeated.length,
  of,
  seed,
  counts: Object.fromEntries(countsOf(repeated)),
  cells: repeated.map(({ job, before, now, repetition, reason }) => ({
    row: rowOf(job),
    column: columnOf(job),
    seed: job.specification.seed,
    key: job.key,
    repetition,
    before: tell(before),
    now: now ? tell(now) : null,
    ...(reason !== undefined && { reason }),
  })),
});

/** For people. */
export function verificationText({ results, repeated, of, seed, tell }: Verification, terminal: Terminal): string {
  const columns: readonly ColumnOf<Repeated>[] = [
    { title: 'again', align: 'left', text: ({ repetition }) => repetition },
    { title: 'cell', align: 'left', text: ({ job }) => cellLabel(job) },
    { title: 'outcome', align: 'left', text: ({ before }) => tell(before).outcome, dispensable: 1 },
    {
      title: 'now',
      align: 'left',
      text: ({ now, repetition, reason = '' }) =>
        repetition === 'identical' ? '' : now ? `${tell(now).outcome} (${tell(now).details})` : reason,
    },
    { title: 'time', align: 'right', text: ({ now }) => (now ? duration(secondsOf(now)) : ''), dispensable: 2 },
  ];
  const drawn = seed === null ? '' : `, drawn from ${of} with --seed ${seed}`;
  const heading = `${plural(repeated.length, 'cell')}${drawn}`;
  const notes = countsOf(repeated).map(([kind, count]) => `${count} of ${repeated.length}: ${repetitions[kind]}.`);
  return textOf(
    { title: `${results}, measured again`, tables: [tableOf(heading, columns, repeated)], notes },
    terminal,
  );
}
