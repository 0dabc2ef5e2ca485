import { existsSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { chomskyLevels } from '../core/contracts/chomsky-level';
import type { Reference } from '../core/contracts/reference';
import { packageRoot } from '../core/package';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import { dataCardTables } from './data-card';
import { updateClasses } from '../core/contracts/declared-theory';
import { figuresOf } from '../model/figures';
import { depthFormula, recurrenceOf } from '../model/recurrence';
import { rowTheory } from '../model/row-properties';
import { duration, studiesOf } from '../run/experiment/studies';

/** Pages of docs/ with a table of units, each with what writes its table. */
export const pagesWithTables: Readonly<Record<string, (registry: Registry) => string>> = {
  'docs/tasks.md': taskTable,
  'docs/architectures.md': architectureTable,
  'docs/theory.md': depthTable,
  'docs/studies.md': studyTable,
  'docs/data-card.md': dataCardTables,
};

const from = '<!-- This table is written by npm run docs. -->';
const to = '<!-- End of the table. -->';

/** The page with the table between its marks renewed. */
export function withTable(page: string, table: string): string {
  const [start, end] = [page.indexOf(from), page.indexOf(to)];
  const before = start < 0 ? `${page.trimEnd()}\n\n` : page.slice(0, start);
  const after = end < 0 ? '\n' : page.slice(end + to.length);
  return `${before}${from}\n\n${table}\n\n${to}${after}`;
}

function taskTable(registry: Registry): string {
  const rows = chomskyLevels.flatMap((level) =>
    registry
      .tasks()
      .filter(({ meta }) => meta.level === level)
      .map((unit) => {
        const { title, circuitClass, reference } = unit.meta;
        const trace = registry.createTask(unit.id).trace ? 'yes' : '';
        return [linked(unit), title, level, circuitClass.name, trace, cited(reference)];
      }),
  );
  return table(['task', 'title', 'level', 'circuit class', 'trace', 'reference'], rows);
}

function architectureTable(registry: Registry): string {
  const rows = registry
    .architectures()
    .sort((a, b) => a.meta.year - b.meta.year)
    .map((unit) => {
      const { title, year, mode = 'direct', reference } = unit.meta;
      const hyperparameters = registry.hyperparameters(unit, {}, { place: unit.id });
      const { parameters, state, flops, memory } = figuresOf(unit, hyperparameters);
      const [count, kept, cost] = [parameters, state, flops].map((size) => size?.toLocaleString('en') ?? '');
      const carried = { none: 'none', constant: kept!, growing: `${kept}, grows` }[memory];
      return [linked(unit), title, String(year), mode, count!, carried, cost!, cited(reference)];
    });
  const header = ['architecture', 'title', 'year', 'answers', 'parameters', 'state', 'FLOPs per token', 'reference'];
  return table(header, rows);
}

function depthTable(registry: Registry): string {
  const order: readonly string[] = [...updateClasses].reverse();
  const rows = registry
    .architectures()
    .map((unit) => ({
      unit,
      theory: rowTheory(unit, registry.hyperparameters(unit, {}, { place: unit.id })),
    }))
    .sort((a, b) => order.indexOf(a.theory.properties.update) - order.indexOf(b.theory.properties.update))
    .map(({ unit, theory }) => {
      const { update, transition } = theory.properties;
      const complete = { 'per token': 'yes', 'per block': 'per block', no: '' }[recurrenceOf(theory)];
      return [linked(unit), update, transition ?? '', depthFormula(theory), theory.depth.at.join(' / '), complete];
    });
  const header = ['architecture', 'state update', 'coefficients', 'depth', 'D(16) / D(32) / D(64)'];
  return table([...header, 'recurrence-complete'], rows);
}

function studyTable(): string {
  const registry = discover(new Registry(), 'studies');
  const rows = studiesOf(registry, packageRoot).map(({ name, study, description, minutes }) => {
    const times = ['quick', 'default', 'full'].map((size) =>
      minutes[size] === undefined ? '' : duration(minutes[size]),
    );
    const hasRecords = existsSync(join(packageRoot, 'docs', 'studies', `${name}.md`));
    const shown = hasRecords ? `[\`${name}\`](studies/${name}.md)` : `\`${name}\``;
    return [shown, linked(registry.resolve('study', study)), description, ...times];
  });
  return table(['name', 'page', 'what it asks', '`--quick`', 'as shipped', '`--full`'], rows);
}

function linked({ id, pages }: RegisteredUnit): string {
  const file = pages.find((page) => existsSync(page));
  if (!file) return `\`${id}\``;
  return `[\`${id}\`](${posix.join('..', ...relative(packageRoot, file).split(sep))})`;
}

function cited({ authors, identifier }: Reference): string {
  const arXiv = /^(?:arXiv:)?(\d{4}\.\d{4,5})$/.exec(identifier)?.[1];
  const doi = /^(?:doi:)?(10\..*)$/.exec(identifier)?.[1];
  const address = arXiv ? `https://arxiv.org/abs/${arXiv}` : doi ? `https://doi.org/${doi}` : identifier;
  return address.startsWith('https://') ? `[${authors}](${address})` : `${authors}, ${identifier}`;
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
