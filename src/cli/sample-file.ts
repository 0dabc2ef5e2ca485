import { extname, join } from 'node:path';
import { zooError } from '../core/errors';
import { parts, type Part } from '../core/contracts/task';

/** Formats of labelled strings, which dataset:FILE reads back. */
export const sampleFormats = ['jsonl', 'csv', 'tsv', 'tok'] as const;
export type SampleFormat = (typeof sampleFormats)[number];

export interface Labelled {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly split?: Part;
}

/** Texts by the end of their path: empty for the file itself. */
export type SampleFiles = ReadonlyMap<string, string>;

const spaced = (symbols: readonly string[]): string => symbols.join(' ');
const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

/** The one file of an example a line. `.tok` has two files, and as many for every part. */
const writers: Record<Exclude<SampleFormat, 'tok'>, (examples: readonly Labelled[]) => string> = {
  jsonl: (examples) => {
    // Without white space in any of them, inputs would be read by character.
    const areTexts = examples.some(({ input }) => input.length > 1);
    const text = (symbols: readonly string[]) => (areTexts ? spaced(symbols) : symbols);
    return lines(
      examples.map(({ input, output, split }) => JSON.stringify({ input: text(input), output: text(output), split })),
    );
  },
  csv: (examples) => table(examples, ',', (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)),
  tsv: (examples) => table(examples, '\t', (cell) => (cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell)),
};

function table(examples: readonly Labelled[], separator: string, quoted: (cell: string) => string): string {
  const hasSplit = examples.some(({ split }) => split !== undefined);
  const titles = ['input', 'output', ...(hasSplit ? ['split'] : [])];
  const rows = examples.map(({ input, output, split }) => [spaced(input), spaced(output), ...(split ? [split] : [])]);
  return lines([titles, ...rows].map((row) => row.map(quoted).join(separator)));
}

/** Content of what is written for examples. `.tok` with parts is a folder as that of FLaRe. */
export function sampleFiles(examples: readonly Labelled[], format: SampleFormat, path = ''): SampleFiles {
  if (format !== 'tok') {
    const isByCharacter = format !== 'jsonl' && !examples.some(({ input }) => input.length > 1);
    const long = examples.flatMap(({ input }) => input).find((symbol) => [...symbol].length > 1);
    if (!isByCharacter || long === undefined) return new Map([['', writers[format](examples)]]);
    const problem = `With inputs of one symbol, "${long}" would be read by character in ${format}.`;
    throw zooError('usage', { problem: `${problem} Choose jsonl or tok, or longer inputs.`, command: 'zoo sample' });
  }
  if (examples.some(({ split }) => split !== undefined))
    return new Map(
      parts.flatMap((part) => {
        const own = examples.filter(({ split }) => split === part);
        const folder = part === 'training' ? '' : join('datasets', part);
        return own.length > 0 ? tokens(own, join(folder, 'main.tok'), join(folder, 'labels.txt')) : [];
      }),
    );
  const stem = path.slice(0, path.length - extname(path).length);
  const isMain = /(^|[\\/])main$/.test(stem);
  return new Map(tokens(examples, path, isMain ? join(path, '..', 'labels.txt') : `${stem}.labels.txt`));
}

const tokens = (examples: readonly Labelled[], strings: string, labels: string): [string, string][] => [
  [strings, lines(examples.map(({ input }) => spaced(input)))],
  [labels, lines(examples.map(({ output }) => spaced(output)))],
];
