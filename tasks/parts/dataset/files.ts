import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { parts, type Part, zooError } from '../../../registry';

export const formats = ['.jsonl', '.ndjson', '.json', '.csv', '.tsv', '.tok'] as const;
export type Format = (typeof formats)[number];

/** One file of labelled strings. */
export interface SourceFile {
  /** What its examples are for; absent: they are to be split, or each says so itself. */
  readonly part?: Part;
  readonly format: Format;
  readonly path: string;
  /** For messages. */
  readonly name: string;
  /** Of `.tok`: the file with a label for each line. */
  readonly labels?: string;
}

/** More is refused before it is read: examples are kept in memory, in every process that trains on them. */
const mostBytes = 64 * 2 ** 20;

/** Names of files and folders by their first word. */
const partNames: Readonly<Record<string, Part>> = {
  ...{ train: 'training', training: 'training' },
  ...{ validation: 'validation', valid: 'validation', val: 'validation', dev: 'validation', heldout: 'validation' },
  ...{ test: 'test', testing: 'test' },
};

/** The part that a word means, such as `dev`; undefined for other words. */
export const partNamed = (word: string): Part | undefined => {
  const name = word.trim().toLowerCase();
  return Object.hasOwn(partNames, name) ? partNames[name] : undefined;
};
const partOfName = (name: string): Part | undefined => partNamed(/^[a-z]+/i.exec(name)?.[0] ?? '');

export const layouts =
  'one file (.jsonl, .json, .csv, .tsv or .tok), a folder with train.jsonl, validation.jsonl and test.jsonl, or a folder with main.tok and labels.txt and the same in datasets/validation and datasets/test';

/**
 * The files of a data set, by part and name.
 * @throws missing-file, unreadable-file, invalid-data
 */
export function filesOf(path: string, name: string): SourceFile[] {
  const stats = statOf(path, name);
  const files = stats.isDirectory() ? filesOfFolder(path, name) : [sourceFile(path, name)];
  const bytes = files.flatMap(({ path: file, labels }) => [file, ...(labels ? [labels] : [])]).map(sizeOf);
  const total = bytes.reduce((sum, size) => sum + size, 0);
  if (total <= mostBytes) return files;
  const mebibytes = (size: number) => `${Math.ceil(size / 2 ** 20).toLocaleString('en')} MiB`;
  throw zooError('invalid-data', {
    place: name,
    problem: `there are ${mebibytes(total)} of it, and at most ${mebibytes(mostBytes)} are read`,
    remedy: 'Take a part of it: shuf -n 100000 draws so many lines.',
  });
}

/** SHA-256 of the bytes of all files, with the part and the format of each; where they lie and what they are called does not count. */
export function digestOf(path: string, name: string): string {
  const hash = createHash('sha256');
  for (const { part = '', format, path: file, labels } of filesOf(path, name)) {
    for (const content of [file, ...(labels ? [labels] : [])].map(read)) {
      hash.update(`${part} ${format} ${content.length}\n`);
      hash.update(content);
    }
  }
  return hash.digest('hex');
}

/** Content of a file. @throws unreadable-file */
export function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw zooError('unreadable-file', { file: path, reason: (error as Error).message });
  }
}

function statOf(path: string, name: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw zooError('missing-file', { file: name, purpose: 'labelled strings of a task' });
    throw zooError('unreadable-file', { file: name, reason: message });
  }
}

/** A pipe or a device has no end that could be known beforehand. */
function sizeOf(path: string): number {
  const stats = statOf(path, path);
  if (stats.isFile()) return stats.size;
  throw zooError('unreadable-file', { file: path, reason: 'it is no regular file' });
}

function sourceFile(path: string, name: string, part?: Part): SourceFile {
  const format = formats.find((ending) => ending === extname(path).toLowerCase());
  if (!format)
    throw zooError('invalid-data', {
      place: name,
      problem: `its ending "${extname(path)}" says no format that is read`,
      remedy: `Data are ${layouts}.`,
    });
  return { part, format, path, name, ...(format === '.tok' && { labels: labelsOf(path, name) }) };
}

/** The file of labels beside a `.tok` file: main.tok has labels.txt, x.tok has x.labels.txt. */
export const labelsBeside = (path: string): string => {
  const stem = basename(path, extname(path));
  return join(dirname(path), stem === 'main' ? 'labels.txt' : `${stem}.labels.txt`);
};

function labelsOf(path: string, name: string): string {
  const asked = labelsBeside(path);
  const found = [asked, join(dirname(path), 'labels.txt')].find((file) => existsSync(file));
  if (found) return found;
  throw zooError('invalid-data', {
    place: name,
    problem: `there is no file of labels beside it, ${basename(asked)}`,
    remedy: 'A .tok file has one string a line; the file of labels has one label a line, such as 0 or 1.',
  });
}

/** Files whose names begin with a part; or main.tok, whose folder says the part, for training at the top. */
function filesOfFolder(folder: string, name: string): SourceFile[] {
  const main = 'main.tok';
  const named = entriesOf(folder).flatMap((entry): SourceFile[] => {
    const part = partOfName(entry);
    const path = join(folder, entry);
    const isFile = formats.some((ending) => entry.toLowerCase().endsWith(ending));
    return part && isFile ? [sourceFile(path, join(name, entry), part)] : [];
  });
  const top = existsSync(join(folder, main)) ? [sourceFile(join(folder, main), join(name, main), 'training')] : [];
  const below = ['.', 'datasets'].flatMap((inner) =>
    entriesOf(join(folder, inner)).flatMap((entry): SourceFile[] => {
      const part = partOfName(entry);
      const path = join(folder, inner, entry, main);
      return part && existsSync(path) ? [sourceFile(path, join(name, inner, entry, main), part)] : [];
    }),
  );
  const files = [...named, ...top, ...below].sort(byPart);
  if (files.some(({ part }) => part === 'training')) return files;
  throw zooError('invalid-data', {
    place: name,
    problem: files.length > 0 ? 'the folder has nothing to train on' : 'the folder has no file of labelled strings',
    remedy: `Data are ${layouts}.`,
  });
}

const byPart = (a: SourceFile, b: SourceFile): number =>
  parts.indexOf(a.part!) - parts.indexOf(b.part!) || (a.path < b.path ? -1 : 1);

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
