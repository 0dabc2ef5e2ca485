import type { Task } from '../core/contracts/task';
import { zooError } from '../core/errors';
import type { Context } from './io';
import { named } from './symbols';

/** An input with its right answer, as `--json` prints it. */
export interface Answer {
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** How many leading positions of the output count. */
  readonly scored: number;
  readonly trace: readonly number[] | null;
  /** The same by name. */
  readonly symbols: {
    readonly input: readonly string[];
    readonly output: readonly string[];
    readonly trace: readonly string[] | null;
  };
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
  const trace = task.trace?.(input) ?? null;
  const { alphabets } = task;
  return {
    ...{ input, output, scored: task.scored?.(input) ?? output.length, trace },
    symbols: {
      input: named(input, alphabets.input),
      output: named(output, alphabets.output),
      trace: trace && named(trace, alphabets.trace!),
    },
  };
}

/** Symbols by name, with their ids behind them where these are called otherwise. */
export function answerLines({ input, output, scored, trace, symbols }: Answer, { colors }: Context): string[] {
  const line = (label: string, names: readonly string[], ids: readonly number[]) => {
    const [text, numbers] = [names.join(' '), ids.join(' ')];
    return `${label.padEnd(8)}${text || '(empty)'}${text === numbers ? '' : `   ${colors.dim(numbers)}`}`;
  };
  return [
    line('input', symbols.input, input),
    line('output', symbols.output, output),
    `${'scored'.padEnd(8)}${scored === output.length ? `all ${scored}` : `the first ${scored}`}`,
    ...(trace ? [line('trace', symbols.trace!, trace)] : []),
  ];
}
