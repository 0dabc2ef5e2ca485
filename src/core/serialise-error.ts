import type { SerialisedError } from './contracts/execution';
import { mappedStack } from './mapped-stack';

/**
 * What is left of an error when it crosses a process boundary or enters a log. Errors are read by their fields:
 * plugins and workers may carry their own copy of the error class. Codes of Node.js (`EACCES`) are kept.
 */
export function serialiseError(error: unknown): SerialisedError {
  if (typeof error !== 'object' || error === null) return { code: 'unexpected', message: String(error) };
  const { code, message, stack } = error as { code?: unknown; message?: unknown; stack?: unknown };
  return {
    code: typeof code === 'string' ? code : 'unexpected',
    message: typeof message === 'string' ? message : String(error),
    ...(typeof stack === 'string' && { stack: mappedStack(stack) }),
  };
}

/** An error that was serialised elsewhere, to be thrown here: its fields are what it is read by. */
export const asThrown = ({ code, message, stack }: SerialisedError): Error =>
  Object.assign(new Error(message), { code, ...(stack !== undefined && { stack }) });
