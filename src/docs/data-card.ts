import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../core/contracts/manifest';
import type { Job } from '../core/contracts/record';
import { defaultStudy } from '../core/experiment';
import { packageRoot } from '../core/package';
import { FileStore } from '../run/store/file-store';
import { plural, thousands } from '../studies/capability/drawing/wording';

/** What the data card says of records and needs no hand to write: what there is of them, and what is in one. */
export const dataCardTables = (): string =>
  ['### What there is', composition(), '### What is in a record', fields()].join('\n\n');

interface Folder {
  readonly name: string;
  readonly study: string;
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
  readonly trained: number;
  readonly seeds: number;
  readonly records: number;
}

function composition(): string {
  const shipped = join(packageRoot, 'results');
  const names = readdirSync(shipped).filter((name) => existsSync(join(shipped, name, 'manifest.json')));
  const folders = names.sort().map((name) => folderOf(name, join(shipped, name)));
  const total = (value: (folder: Folder) => number) => thousands(folders.reduce((sum, each) => sum + value(each), 0));
  const rows = folders.map((folder) => [
    `[\`results/${folder.name}\`](../results/${folder.name})`,
    folder.study,
    ...[folder.rows, folder.columns].map((count) => (count === 0 ? '' : String(count))),
    ...[folder.cells, folder.trained, folder.seeds, folder.records].map(thousands),
  ]);
  const sums = [total(({ cells }) => cells), total(({ trained }) => trained), '', total(({ records }) => records)];
  return [
    table(
      ['folder', 'study', 'rows', 'columns', 'cells', 'of them trained', 'seeds', 'records'],
      [...rows, ['all', plural(folders.length, 'folder'), '', '', ...sums]],
    ),
    'Rows and columns are architectures and tasks; studies that are no grid have none. Cells that are not trained are baselines and ' +
      'what is computed. Records are more than cells where settings were searched: every search has one.',
  ].join('\n\n');
}

function folderOf(name: string, location: string): Folder {
  const manifest = JSON.parse(readFileSync(join(location, 'manifest.json'), 'utf8')) as Manifest<Job>;
  const cells = [...new Map(manifest.cells.map((cell) => [cell.key, cell])).values()];
  const trained = cells.filter(({ specification }) => specification.engine !== 'none');
  return {
    name,
    study: manifest.study ?? defaultStudy,
    rows: manifest.architectures.filter(({ kind }) => kind === 'architecture').length,
    columns: manifest.tasks.length,
    cells: cells.length,
    trained: trained.length,
    seeds: new Set(trained.map(({ specification }) => specification.seed)).size,
    records: new FileStore(location).recordKeys().length,
  };
}

/** The classes that records are checked against, and where they stand in one. */
const parts: readonly (readonly [path: string, shape: string])[] = [
  ['', 'RecordHead'],
  ['specification', 'JobSpecification'],
  ['specification', 'CodeIdentity'],
  ['specification.architecture, .task', 'UnitChoice'],
  ['provenance', 'Provenance'],
  ['(of cells)', 'CapabilityBody'],
  ['training', 'TrainingResult'],
  ['training.curve[]', 'CurvePoint'],
  ['lengths[]', 'LengthResult'],
  ['ranges.inRange, .near, .far', 'RangeResult'],
  ['score', 'Score'],
  ['faults', 'Faults'],
];

function fields(): string {
  const source = readFileSync(join(packageRoot, 'src', 'core', 'contracts', 'record.ts'), 'utf8');
  const rows = parts.flatMap(([path, shape]) =>
    fieldsOf(source, shape).map(({ name, type, isOptional, meaning }) => [
      path,
      `\`${name}\`${isOptional ? ' (may be absent)' : ''}`,
      `\`${type}\``,
      meaning,
    ]),
  );
  return table(['in', 'field', 'type', 'meaning'], rows);
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly meaning: string;
}

/** Fields of a class as its source declares and explains them. */
export function fieldsOf(source: string, shape: string): Field[] {
  const body = new RegExp(`^(?:export )?class ${shape}\\b[^]*?\\{\\n([^]*?)^\\}`, 'm').exec(source)?.[1];
  if (body === undefined) throw new TypeError(`there is no class ${shape} to read fields of`);
  const declared = /(?:\/\*\*([^]*?)\*\/\s*)?(?:@[^\n]*?\s+)*?readonly (\w+)([?!]?)(?:: ([^;=]+?))?(?: = [^;]+)?;/g;
  return [...body.matchAll(declared)].map(([, comment = '', name, sign, type = '']) => ({
    name: name!,
    type: type.replace(/^Readonly<(.*)>$/, '$1').replace(/\breadonly /g, ''),
    isOptional: sign === '?',
    meaning: comment
      .replace(/^\s*\*\s?/gm, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  }));
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
