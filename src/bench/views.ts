import type { Measured } from './messages';
import type { StepQuestion } from './step';
import { alignedTable } from './table';
import type { TaskMeasurement } from './tasks';

export interface StepRow {
  readonly question: StepQuestion;
  readonly answer: Measured;
}

export interface TaskRow extends TaskMeasurement {
  readonly task: string;
}

const number = (value: number | null, digits = 0): string => (value === null ? '' : value.toFixed(digits));

/** One line for each measurement under a head, then what the figures mean; failures last. */
export function stepLines(rows: readonly StepRow[]): string[] {
  const measured = rows.flatMap(({ question, answer }) =>
    answer.type === 'measured' ? [{ ...question, ...answer.measurement }] : [],
  );
  const failed = rows.flatMap(({ question: { architecture, engine }, answer }) =>
    answer.type === 'failed' ? [`${architecture} on ${engine}: ${answer.error.message}`] : [],
  );
  const [first] = measured;
  if (!first) return failed;
  const { batch, tokens, vocabulary, threads } = first;
  const limit = Math.max(...measured.map((row) => row.limitGigaflopsPerSecond));
  return [
    ...alignedTable(
      ['architecture', 'engine', 'ms/step', 'tokens/s', '% of limit', 'nodes', 'trace ms', 'session ms', 'MiB'],
      measured.map((row) => [
        row.architecture,
        row.engine,
        number(row.millisecondsPerStep, row.millisecondsPerStep < 10 ? 2 : 1),
        number(row.tokensPerSecond),
        number(100 * row.shareOfLimit, 1),
        number(row.nodes),
        number(row.traceMilliseconds),
        number(row.sessionMilliseconds),
        number(row.residentMebibytes),
      ]),
    ),
    '',
    `Whole training steps of ${batch} sequences of ${tokens} tokens, vocabulary ${vocabulary}; native and onnx on ${threads} ${threads === 1 ? 'thread' : 'threads'}.`,
    `The limit is one large matrix product on the faster of these two, measured beside each: up to ${number(limit)} GFLOP/s.`,
    ...failed,
  ];
}

/** Slowest first. */
export function taskLines(rows: readonly TaskRow[], batch: number, tokens: number): string[] {
  const sorted = [...rows].sort((a, b) => b.millisecondsPerBatch - a.millisecondsPerBatch);
  return [
    ...alignedTable(
      ['task', 'ms/batch', 'length', 'tokens'],
      sorted.map((row) => [row.task, number(row.millisecondsPerBatch, 3), number(row.length), number(row.tokens)]),
    ),
    '',
    `Median time of sampling and encoding ${batch} sequences of at most ${tokens} tokens.`,
  ];
}
