import type { CommanderError } from 'commander';
import { type ZooError, zooError, type ErrorCode } from '../core/errors';
import { mappedStack } from '../core/mapped-stack';
import { printableJson, printableLines } from '../report/printable';
import type { Context } from './io';

export const exitCodes = { success: 0, failure: 1, usage: 2, interrupted: 130 } as const;

/** Errors of whoever wrote the command or the file; every other error is a failure of the run. */
const usageErrors: ReadonlySet<string> = new Set<ErrorCode>([
  'unknown-unit',
  'duplicate-unit',
  'invalid-unit',
  'unit-dependency',
  'unknown-format',
  'unknown-job',
  'invalid-value',
  'plugin-not-found',
  'plugin-broken',
  'plugin-invalid',
  'plugin-version',
  'folder-not-empty',
  'missing-file',
  'unreadable-file',
  'invalid-json',
  'empty-selection',
  'no-results',
  'other-study',
  'not-a-submission',
  'submission-version',
  'submission-damaged',
  'submission-too-large',
  'nothing-to-submit',
  'other-protocol',
  'plugin-needed',
  'other-plugin',
  'usage',
  'invalid-input',
  'malformed-input',
  'invalid-language',
  'invalid-data',
  'no-inputs',
  'unknown-data',
  'data-changed',
  'no-member',
  'too-long',
  'not-enough-memory',
  'not-causal',
  'unmatchable-row',
  'unreachable-budget',
]);

interface Shown {
  readonly code: string;
  readonly what: string;
  readonly nearest: readonly string[];
  readonly remedy: string;
}

/** Prints an error: code, what happened, nearest names, what to try; a stack only with --debug. Returns the exit code. */
export function reportError(
  error: unknown,
  context: Context,
  { json, debug }: { json: boolean; debug: boolean },
): number {
  const shown = describe(error);
  const { io, errorColors: paint } = context;
  if (json) io.stderr.write(`${printableJson({ error: shown })}\n`);
  else {
    const lines = [shown.what, shown.nearest.length ? `Did you mean ${shown.nearest.join(', ')}?` : '', shown.remedy];
    const text = printableLines(lines.filter(Boolean).join('\n')).replaceAll('\n', '\n  ');
    io.stderr.write(`${paint.red(paint.bold(`error ${shown.code}`))}\n  ${text}\n`);
  }
  if (debug && error instanceof Error) {
    const cause = error.cause ? `caused by ${stackOf(error.cause)}\n` : '';
    io.stderr.write(printableLines(`${stackOf(error)}\n${cause}`));
  }
  if (shown.code === ('stopped' satisfies ErrorCode)) return exitCodes.interrupted;
  return usageErrors.has(shown.code) ? exitCodes.usage : exitCodes.failure;
}

/** What comes from a worker has been mapped there. */
const stackOf = (error: unknown): string =>
  error instanceof Error
    ? mappedStack(error.stack ?? String(error))
    : ((error as { stack?: string }).stack ?? String(error));

/** A plugin or a worker may carry its own copy of the error class, so errors are read by their fields. */
function describe(error: unknown): Shown {
  const { code, what, nearest = [], remedy, message } = error as ZooError;
  if (what && remedy) return { code, what, nearest, remedy };
  const system = typeof code === 'string' ? ` (${code})` : '';
  return {
    code: 'unexpected',
    what: `${message ?? String(error)}${system}`,
    nearest: [],
    remedy: 'Run it again with --debug to see where it happened.',
  };
}

/** What commander found wrong with the command line, in our words. */
export function usageError(error: CommanderError): ZooError {
  const [, problem = error.message, suggestions = ''] =
    /^(?:error: )?(.*?)\s*(?:\(Did you mean (?:one of )?(.*)\?\))?$/s.exec(error.message) ?? [];
  const sentence = `${problem.charAt(0).toUpperCase()}${problem.slice(1)}${/[.!?]$/.test(problem) ? '' : '.'}`;
  return zooError('usage', {
    problem: sentence,
    nearest: suggestions.split(', ').filter(Boolean),
    command: 'zoo',
  });
}
