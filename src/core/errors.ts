import { inputErrors } from './error-texts/input-errors';
import { list, type Message } from './error-texts/message';
import { runErrors } from './error-texts/run-errors';
import { submissionErrors } from './error-texts/submission-errors';
import { unitErrors } from './error-texts/unit-errors';

/**
 * Every text of every error, in one place. An entry says what happened with the offending value and its place,
 * and what to try. Codes are stable; each is explained in docs/errors.md.
 */
export const messages = { ...unitErrors, ...inputErrors, ...runErrors, ...submissionErrors } satisfies Record<
  string,
  (details: never) => Message
>;

export type ErrorCode = keyof typeof messages;
type Details<C extends ErrorCode> = Parameters<(typeof messages)[C]>[0];

/** An error a person can act on. `message` holds the full text without the code. */
export class ZooError extends Error {
  readonly nearest: readonly string[];
  readonly remedy: string;

  constructor(
    readonly code: ErrorCode,
    readonly what: string,
    nearest: readonly string[],
    remedy: string,
  ) {
    super([what, nearest.length ? `Did you mean ${list(nearest)}?` : '', remedy].filter(Boolean).join('\n'));
    this.name = 'ZooError';
    this.nearest = nearest;
    this.remedy = remedy;
  }
}

/** The error of this code: `throw zooError('unknown-unit', {...})`. */
export function zooError<C extends ErrorCode>(code: C, details: Details<C>): ZooError {
  const { what, nearest, remedy } = (messages[code] as (d: Details<C>) => Message)(details);
  return new ZooError(code, what, nearest ?? [], remedy);
}
