import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { zooError } from './errors';

/**
 * Content of a JSON file.
 * @throws missing-file, unreadable-file, or invalid-json with line and column.
 */
export function readJsonFile(file: string, purpose: string, workingFolder = process.cwd()): unknown {
  let text: string;
  try {
    text = readFileSync(resolve(workingFolder, file), 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw zooError('missing-file', { file, purpose });
    throw zooError('unreadable-file', { file, reason: code === 'EISDIR' ? 'it is a folder' : message });
  }
  return parseJson(text, file);
}

export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const before = text.slice(0, errorOffset(text)).split('\n');
    const reason = message.replace(/ in JSON at position.*| \(line .*|, (\.\.\.)?"[^]* is not valid JSON$/, '');
    throw zooError('invalid-json', { file, line: before.length, column: before.at(-1)!.length + 1, reason });
  }
}

/**
 * Where parsing fails. Messages of V8 do not always say so; but every text shorter than the place of the error merely
 * ends too early, and every longer one is wrong: the place is found by bisection.
 */
function errorOffset(text: string): number {
  let fine = 0;
  let wrong = text.length + 1;
  while (wrong - fine > 1) {
    const middle = (fine + wrong) >> 1;
    if (endsTooEarly(text.slice(0, middle))) fine = middle;
    else wrong = middle;
  }
  return Math.min(fine, text.length);
}

function endsTooEarly(prefix: string): boolean {
  try {
    JSON.parse(prefix);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message);
    return /end of JSON input/.test(message) || (position !== null && Number(position[1]) >= prefix.length);
  }
}
