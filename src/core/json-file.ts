import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { printParseErrorCode, visit } from 'jsonc-parser';
import { zooError } from './errors';

/**
 * Content of a JSON file that a person wrote; a byte order mark in front is passed over.
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
  return parseJson(text.replace(/^\uFEFF/, ''), file);
}

/** Strict JSON (RFC 8259) without keys that occur twice, of which `JSON.parse` would drop the first. @throws invalid-json */
export function parseJson(text: string, file: string): unknown {
  const problem = nestedProblem(text) ?? jsonProblem(text);
  if (problem) throw zooError('invalid-json', { file, ...problem });
  return JSON.parse(text);
}

/** What is wrong with a text that `JSON.parse` does not take: "line 2, column 5: a value was expected, not }". */
export function whyNotJson(text: string): string {
  const { line, column, reason } = nestedProblem(text) ??
    jsonProblem(text) ?? { line: 1, column: 1, reason: 'it cannot be read' };
  return `line ${line}, column ${column}: ${reason}`;
}

const deepest = 1000;

/** The parser calls itself for what is within: it needs an end. */
function nestedProblem(text: string): Problem | undefined {
  let depth = 0;
  let [line, lineStart] = [1, 0];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[[{}\]\n]/g)) {
    if (token === '\n') [line, lineStart] = [line + 1, index + 1];
    else if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > deepest)
      return { line, column: index - lineStart + 1, reason: `this is nested more than ${deepest} deep` };
  }
  return undefined;
}

interface Problem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/** The first thing that is wrong, and where. */
function jsonProblem(text: string): Problem | undefined {
  let first: Problem | undefined;
  const note = (reason: string, line: number, column: number) =>
    (first ??= { line: line + 1, column: column + 1, reason });
  /** What encloses the place that is looked at: the keys so far of an object, or null for an array. */
  const enclosing: (Set<string> | null)[] = [];
  /** Also called where the closing bracket is missing. */
  const end = (offset: number) => void (/[}\]]/.test(text.charAt(offset)) && enclosing.pop());
  let colonMissing = false;
  visit(
    text,
    {
      onObjectBegin: () => void enclosing.push(new Set()),
      onArrayBegin: () => void enclosing.push(null),
      onObjectEnd: end,
      onArrayEnd: end,
      onObjectProperty: (key, _offset, _length, line, column) => {
        if (enclosing.at(-1)!.has(key)) note(`the key "${key}" is there twice`, line, column);
        enclosing.at(-1)!.add(key);
        colonMissing = true;
      },
      onSeparator: (separator) => void (colonMissing &&= separator !== ':'),
      onError: (error, offset, length, line, column) => {
        const token = text.slice(offset, offset + length);
        const name = printParseErrorCode(error);
        const inside = tokenProblems[name];
        if (inside) return void note(inside, line, column + (name === 'UnexpectedEndOfString' ? length : 0));
        const expected = colonMissing ? 'a colon' : expectedAfter(text.slice(0, offset).trimEnd(), enclosing);
        note(`${expected} was expected, not ${token ? shortened(token) : 'the end of the file'}`, line, column);
      },
    },
    { disallowComments: true },
  );
  return first;
}

function expectedAfter(before: string, enclosing: readonly (Set<string> | null)[]): string {
  const last = before.at(-1);
  const isObject = Boolean(enclosing.at(-1));
  if (last === undefined || last === ':') return 'a value';
  if (last === '{') return 'a key in double quotes or }';
  if (last === '[') return 'a value or ]';
  if (last === ',') return isObject ? 'a key in double quotes' : 'a value';
  if (enclosing.length === 0) return 'the end of the file';
  return isObject ? 'a comma or }' : 'a comma or ]';
}

const shortened = (token: string): string => (token.length > 20 ? `${token.slice(0, 20)}...` : token);

/** What is wrong inside a text, a number or a comment, by the parser's name for it. */
const tokenProblems: Readonly<Record<string, string>> = {
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfString: 'a closing double quote was expected before the end of the line',
  UnexpectedEndOfNumber: 'a digit was expected at the end of this number',
  InvalidUnicode: 'four hexadecimal digits were expected after \\u in this text',
  InvalidEscapeCharacter: 'one of " \\ / b f n r t u was expected after the backslash in this text',
  InvalidCharacter: 'no control character was expected in this text: a tab is written \\t',
};
