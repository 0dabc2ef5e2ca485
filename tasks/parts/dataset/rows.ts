import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { type Part, zooError } from '../../../registry';
import { partNamed, read, type SourceFile } from './files';

/** A text that is still to be taken apart, or symbols. */
export type Text = string | readonly string[];

/** One example as its file has it. */
export interface Row {
  readonly input: Text;
  readonly output: Text;
  /** Whether the format says that white space separates symbols. */
  readonly isSpaced?: boolean;
  readonly part?: Part;
  /** Number of its line, or of its entry in a list. */
  readonly line: number;
}

/** Names of the columns where nobody says them, best first. */
const usualNames = {
  input: ['input', 'text', 'x', 'source', 'string', 'sequence', 'sentence', 'word'],
  output: ['output', 'label', 'y', 'target', 'answer', 'class', 'tag'],
} as const;
/** Where examples of several parts are in one file. */
const splitName = 'split';

/** What the two columns are called; empty where they have one of the usual names. */
export interface Columns {
  readonly input: string;
  readonly output: string;
}

/** Where an error is. */
const placeOf = ({ name, format }: SourceFile, line: number) =>
  `${name}, ${format === '.json' ? 'entry' : 'line'} ${line}`;

const invalid = (file: SourceFile, line: number, problem: string, remedy: string) =>
  zooError('invalid-data', { place: placeOf(file, line), problem, remedy });

const shape = 'Each line is an object such as {"input": "0 1 1", "output": "1"}.';

/** All examples of a file. @throws invalid-data naming file and line */
export function rowsOf(file: SourceFile, columns: Columns): Row[] {
  const rows = readers[file.format](file, columns);
  if (rows.length > 0) return rows;
  throw zooError('invalid-data', { place: file.name, problem: 'there is no example in it', remedy: shape });
}

type Reader = (file: SourceFile, columns: Columns) => Row[];

const readers: Record<SourceFile['format'], Reader> = {
  '.jsonl': fromJsonLines,
  '.ndjson': fromJsonLines,
  '.json': fromJson,
  '.csv': fromTable,
  '.tsv': fromTable,
  '.tok': fromTokens,
};

/** Text of a file without the mark of its encoding. */
function textOf({ name }: SourceFile, path: string): string {
  const content = read(path);
  const remedy = 'Save it as UTF-8: iconv -f UTF-16 -t UTF-8 does, or -f LATIN1.';
  if (!isUtf8(content)) throw zooError('invalid-data', { place: name, problem: 'it is not UTF-8', remedy });
  return content.toString('utf8').replace(/^\uFEFF/, '');
}
const linesOf = (file: SourceFile, path = file.path): string[] => textOf(file, path).split(/\r?\n/);

function fromJsonLines(file: SourceFile, columns: Columns): Row[] {
  const reading = new Reading(file, columns);
  linesOf(file).forEach((text, at) => {
    if (text.trim()) reading.add(parsed(file, text, at + 1), at + 1);
  });
  return reading.rows;
}

function parsed(file: SourceFile, text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(file, line, `this is not JSON: ${(error as Error).message.split('\n')[0]}`, shape);
  }
}

function fromJson(file: SourceFile, columns: Columns): Row[] {
  const list = parsed(file, textOf(file, file.path), 1);
  const remedy = 'A .json file is one list of objects; with an object a line it is a .jsonl file.';
  if (!Array.isArray(list)) throw invalid(file, 1, 'it is no list', remedy);
  const reading = new Reading(file, columns);
  list.forEach((value, at) => reading.add(value, at + 1));
  return reading.rows;
}

function fromTable(file: SourceFile, columns: Columns): Row[] {
  const text = textOf(file, file.path);
  const reading = new Reading(file, columns);
  let header: string[] | undefined;
  const options = { delimiter: delimiterOf(file, text), skip_empty_lines: true, trim: true };
  try {
    parse(text, {
      ...options,
      onRecord: (cells: string[], { lines }: { lines: number }) => {
        if (header) reading.add(Object.fromEntries(cells.map((cell, at) => [header![at]!, cell])), lines);
        else reading.takeKeys((header = cells), lines);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines, message } = error as CsvError & { readonly lines?: number };
    const problem = message.replace(/ (on|at) line \d+.*$/s, '').replace(/^./, (first) => first.toLowerCase());
    const remedy =
      'Every line has as many cells as the header; a cell with the separator in it stands in double quotes.';
    throw invalid(file, lines ?? 1, problem, remedy);
  }
  return reading.rows;
}

/** Commas, or what the header has instead. */
function delimiterOf({ format }: SourceFile, text: string): string {
  if (format === '.tsv') return '\t';
  const header = /^.*$/m.exec(text)![0];
  return [',', ';', '\t'].find((separator) => header.includes(separator)) ?? ',';
}

/** One string a line with a space between symbols, where an empty line is the empty string, and one label a line. */
function fromTokens(file: SourceFile): Row[] {
  const [strings, labels] = [linesOf(file), linesOf(file, file.labels!)];
  for (const lines of [strings, labels]) if (lines.at(-1) === '') lines.pop();
  if (strings.length !== labels.length) {
    const problem = `there are ${strings.length} strings and ${labels.length} labels`;
    throw invalid(file, Math.min(strings.length, labels.length) + 1, problem, 'Every line needs a label of its own.');
  }
  return strings.map((input, at) => {
    const output = labels[at]!;
    if (output.trim()) return { input, output, isSpaced: true, part: file.part, line: at + 1 };
    throw invalid(file, at + 1, 'the label is empty', 'Every line needs a label of its own.');
  });
}

/** Reads objects of one file, which all have the same keys. */
class Reading {
  readonly rows: Row[] = [];
  private keys?: { readonly input: string; readonly output: string; readonly split?: string };

  constructor(
    private readonly file: SourceFile,
    private readonly columns: Columns,
  ) {}

  add(value: unknown, line: number): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw invalid(this.file, line, `this is ${JSON.stringify(value).slice(0, 40)}, not an object`, shape);
    const record = value as Record<string, unknown>;
    if (!this.keys) this.takeKeys(Object.keys(record), line);
    const { input, output, split } = this.keys!;
    this.rows.push({
      input: this.cell(record, input, line),
      output: this.cell(record, output, line),
      part: split === undefined ? this.file.part : this.part(record[split], split, line),
      line,
    });
  }

  /** Finds out which of the keys hold inputs and outputs. */
  takeKeys(keys: readonly string[], line: number): void {
    const has = (key: string) => keys.includes(key);
    const found = (what: 'input' | 'output'): string => {
      const asked = this.columns[what];
      const key = asked ? [asked].find(has) : usualNames[what].find(has);
      if (key !== undefined) return key;
      const there = keys.map((name) => `"${name}"`);
      const problem = asked
        ? `there is no key "${asked}" for the ${what}s; keys are ${there.join(', ')}`
        : `none of the keys ${there.join(', ') || '(none)'} is known to hold the ${what}s`;
      const names = usualNames[what].join(', ');
      throw invalid(
        this.file,
        line,
        problem,
        `Call it one of ${names}, or say its name: --set ${what}=NAME, in an experiment "hyperparameters": {"${what}": "NAME"}.`,
      );
    };
    this.keys = { input: found('input'), output: found('output'), split: has(splitName) ? splitName : undefined };
  }

  private cell(record: Record<string, unknown>, key: string, line: number): Text {
    const value = Object.hasOwn(record, key) ? record[key] : undefined;
    if (!Array.isArray(value)) return this.text(value, `"${key}"`, line);
    return value.map((entry, at) => {
      const symbol = this.text(entry, `symbol ${at + 1} of "${key}"`, line);
      if (/^\S+$/.test(symbol)) return symbol;
      const remedy = 'A symbol has at least one character and no white space.';
      throw invalid(this.file, line, `symbol ${at + 1} of "${key}" is ${JSON.stringify(symbol)}`, remedy);
    });
  }

  private text(value: unknown, what: string, line: number): string {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const found = value === undefined ? 'missing' : (JSON.stringify(value) ?? String(value)).slice(0, 40);
    const remedy = 'It is a text, a number, true or false, or a list of symbols.';
    throw invalid(this.file, line, `${what} is ${found}`, remedy);
  }

  private part(value: unknown, key: string, line: number): Part {
    const part = partNamed(String(value));
    if (part) return part;
    const remedy = 'It is train, validation or test.';
    throw invalid(this.file, line, `"${key}" is ${JSON.stringify(value) ?? 'missing'}`, remedy);
  }
}
