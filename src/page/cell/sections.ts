import type { Table } from '../../report/table';
import {
  verdictsInOrder,
  type CellData,
  type GridData,
  type MeasuredData,
  type RowData,
  type StatementData,
} from '../../studies/capability/report/grid-data';
import { trialsTable } from '../../studies/search/trials-table';
import { searchWords } from '../../studies/search/words';
import { h, type Child } from '../dom';
import { sortableTable } from '../sheet';
import { counted, inThousandths, rangeNames } from '../wording';

const ranges = [rangeNames.inRange, rangeNames.near, rangeNames.far];

const section = (title: string, ...children: Child[]): HTMLElement =>
  h('section', { class: 'part' }, h('h2', {}, title), children);

const definitions = (entries: readonly (readonly [string, Child])[]): HTMLElement =>
  h(
    'dl',
    {},
    entries.map(([term, told]) => h('div', {}, h('dt', {}, term), h('dd', {}, told))),
  );

/** Scores of each range beside what they are held against. */
export function rangesOf({ ranges: all, baselines }: MeasuredData): HTMLElement {
  const column = (title: string) => ({ title, align: 'right' as const });
  const shows = {
    ceiling: all.some(({ ceiling }) => ceiling !== null && ceiling < 1000),
    faults: all.some(({ faults }) => faults && faults.unfinished + faults.malformed > 0),
  };
  const rows = all.map(({ score, skill, baseline, best, longest, ceiling, faults, notEvaluated }, at) => [
    ranges[at]!,
    score ? inThousandths(score.exact) : (notEvaluated ?? '–'),
    score ? `${inThousandths(score.low)}–${inThousandths(score.high)}` : '',
    score ? inThousandths(score.token) : '',
    baseline ? inThousandths(baseline.exact) : '',
    skill === null ? '' : inThousandths(skill),
    best === null ? '' : inThousandths(best),
    longest ? `${inThousandths(longest[1])} at ${longest[0]}` : '',
    ...(shows.ceiling ? [ceiling === null ? '' : inThousandths(ceiling)] : []),
    ...(shows.faults ? [inThousandths(faults?.unfinished), inThousandths(faults?.malformed)] : []),
  ]);
  const table: Table = {
    heading: 'Scores by range',
    columns: [
      { title: 'range', align: 'left' },
      ...['exact', 'interval', 'token', 'baseline', 'skill', 'best seed', 'longest'].map(column),
      ...(shows.ceiling ? [column('can be reached')] : []),
      ...(shows.faults ? [column('unfinished'), column('malformed')] : []),
    ],
    rows,
  };
  const guesses = baselines.map(({ id, exact }) => `${id} ${exact.map(inThousandths).join(' / ')}`);
  return section(
    'Scores',
    sortableTable(table),
    guesses.length > 0 && h('p', { class: 'quiet' }, `Baselines: ${guesses.join(', ')}`),
  );
}

export function theoryOf({ statements, prediction }: CellData): HTMLElement | null {
  if (statements.length === 0 && !prediction) return null;
  const said = (statement: StatementData) =>
    h(
      'li',
      {},
      h('strong', {}, statement.agreement),
      `: ${statement.kind === 'figure' ? 'published ' : ''}${statement.says}`,
      statement.measured !== undefined && `, measured ${inThousandths(statement.measured)}`,
      statement.because && `; ${statement.because}`,
      statement.source && h('cite', {}, statement.source, statement.evidence ? ` (${statement.evidence})` : ''),
    );
  return section(
    'What theory and others say',
    prediction && h('p', {}, prediction),
    h('ul', { class: 'said' }, statements.map(said)),
  );
}

export function costOf({ cost }: MeasuredData): HTMLElement | null {
  if (!cost) return null;
  const known: (readonly [string, number | null])[] = [
    ['parameters', cost.parameters],
    ['numbers in the state', cost.state],
    ['FLOPs per token', cost.flops],
    ['tokens per answer', cost.tokensPerAnswer],
    ['training steps', cost.steps],
    ['training sequences', cost.sequences],
  ];
  return section(
    'Cost',
    definitions([
      ...known.flatMap(([term, value]) => (value === null ? [] : [[term, counted(value)] as const])),
      ['training time', `${counted(Math.round(cost.trainingSeconds))} s`] as const,
      ...(cost.searchSteps === undefined ? [] : [['steps of the search', counted(cost.searchSteps)] as const]),
    ]),
  );
}

/** Beside the verdict of a seed that was not trained to its last step. */
const endings: Readonly<Record<string, string>> = {
  'stopped-early': '(stopped early)',
  'stopped-futile': '(stopped as futile)',
};

/** What was tried to find the settings that all seeds were trained with. */
export function searchOf({ search }: MeasuredData): HTMLElement | null {
  if (!search) return null;
  const told = `The ${searchWords(search)}, chosen on held-out sequences of trained lengths; ${counted(search.steps)} steps.`;
  return section('Search', h('p', {}, told), sortableTable(trialsTable('Trials', search)));
}

export function seedsOf({ seeds }: MeasuredData): HTMLElement {
  const table: Table = {
    heading: 'Seeds',
    columns: [
      { title: 'seed', align: 'right' },
      { title: 'verdict', align: 'left' },
      ...ranges.map((title) => ({ title, align: 'right' as const })),
      { title: 'steps', align: 'right' },
      { title: 'seconds', align: 'right' },
      { title: 'record', align: 'left' },
    ],
    rows: seeds.map(({ seed, verdict, exact, steps, seconds, key, outcome }) => [
      String(seed),
      [verdictsInOrder[verdict] ?? '', endings[outcome ?? ''] ?? ''].filter(Boolean).join(' '),
      ...exact.map(inThousandths),
      counted(steps),
      String(seconds),
      key,
    ]),
  };
  return section('Seeds', sortableTable(table));
}

/** Who measured it, where others did; there is no command for it without their file. */
export const submittedOf = ({ submitted }: RowData): HTMLElement | undefined =>
  submitted === undefined ? undefined : section('Not measured here', h('p', {}, submitted));

/** What measures the cell again. */
export function commandsOf(
  { folder, experiment }: GridData,
  row: string,
  column: string,
  { measured }: CellData,
): HTMLElement {
  const quoted = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const from = quoted(folder || experiment);
  const lines = [
    `zoo run ${quoted(experiment)} --only ${quoted(`${row} x ${column}`)}`,
    ...(measured && folder ? measured.seeds.slice(0, 1).map(({ key }) => `zoo cell ${key} --out ${from}`) : []),
  ];
  return section('Measure it again', lines.map(command));
}

function command(line: string): HTMLElement {
  const button = h('button', { type: 'button', onclick: () => void copy() }, 'Copy');
  const code = h('code', {}, line);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(line);
      button.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(code); // where a page may not write: ready for the keyboard
    }
  };
  return h('p', { class: 'command' }, code, button);
}

export function specificationOf({ protocols }: GridData, { specification }: CellData): HTMLElement | null {
  if (!specification) return null;
  const { protocol, ...rest } = specification;
  return section(
    'Specification',
    h('details', { open: true }, h('summary', {}, 'Units and code'), definitions(flattened(rest))),
    h('details', {}, h('summary', {}, 'Protocol'), definitions(flattened(protocols[protocol] ?? {}))),
  );
}

export function provenanceOf({ seeds }: MeasuredData, provenances: readonly object[]): HTMLElement | null {
  const [first] = seeds;
  if (first?.provenance === undefined) return null;
  const started = seeds.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const times = [...new Set([started[0], started.at(-1)])].join(' to ');
  return section('Provenance', definitions([['started', times], ...flattened(provenances[first.provenance] ?? {})]));
}

/** Every value under its path in words. */
function flattened(value: object, path: readonly string[] = []): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, string][] => {
    const name = [...path, key.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)];
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) return flattened(inner, name);
    return [[name.join(', '), typeof inner === 'string' ? inner : JSON.stringify(inner)]];
  });
}
