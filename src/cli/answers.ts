import type { Task } from '../core/contracts/task';
import { zooError } from '../core/errors';
import type { Context } from './io';

/** An input with its right answer, as `--json` prints it. */
export interface Answer {
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** How many leading positions of the output count. */
  readonly scored: number;
  readonly trace: readonly number[] | null;
}

/** Of a chain of thought, which some tasks write out in the square of the input's length. */
const mostTraceTokens = 2_000_000;

/** @throws too-long */
export function answer(task: Task, input: readonly number[]): Answer {
  const tokens = task.traceLength?.(input.length) ?? 0;
  if (tokens > mostTraceTokens)
    throw zooError('too-long', {
      what: `the chain of thought of ${input.length} symbols`,
      tokens,
      most: mostTraceTokens,
    });
  const output = task.solve(input);
  return { input, output, scored: task.scored?.(input) ?? output.length, trace: task.trace?.(input) ?? null };
}

/** Ids first, because they are what `zoo solve` reads; the symbols they stand for after them. */
export function answerLines(task: Task, { input, output, scored, trace }: Answer, { colors }: Context): string[] {
  const { alphabets } = task;
  const line = (label: string, ids: readonly number[], alphabet: readonly string[]) =>
    `${label.padEnd(8)}${ids.join(' ') || '(empty)'}   ${colors.dim(ids.map((id) => alphabet[id]).join(' '))}`.trimEnd();
  return [
    line('input', input, alphabets.input),
    line('output', output, alphabets.output),
    `${'scored'.padEnd(8)}${scored === output.length ? `all ${scored}` : `the first ${scored}`}`,
    ...(trace && alphabets.trace ? [line('trace', trace, alphabets.trace)] : []),
  ];
}
