import { columnOf, rowOf } from '../../../core/cell';
import type { Manifest } from '../../../core/contracts/manifest';
import type { Cell } from '../../../core/contracts/record';
import type { Protocol } from '../../../core/protocol';
import { toldProtocol } from '../../../core/search';
import { printable } from '../../../report/printable';
import { leaves } from './training';

/** That a row was not trained as most rows were on the same columns. */
export interface ProtocolDifference {
  /** Stands behind the name of the row, and before what is said; rows of which the same is said share it. */
  readonly mark: string;
  /** "5 times the sequences of the others on parity" */
  readonly differs: string;
}

/** Of few differences; more of them are numbered. */
const marks = ['†', '‡', '§'];

/** By row. A row that stands alone in a column is compared with nothing there. */
export function protocolDifferences({ architectures, cells }: Manifest): Map<string, ProtocolDifference> {
  const told = new Map<string, Map<string, string[]>>();
  const columns = columnsOf(cells);
  for (const [column, protocols] of columns)
    for (const [row, difference] of differencesIn(protocols)) {
      const own = told.get(row) ?? new Map<string, string[]>();
      own.set(difference, [...(own.get(difference) ?? []), printable(column)]);
      told.set(row, own);
    }
  const columnsPerRow = (row: string) => [...columns.values()].filter((protocols) => protocols.has(row)).length;
  const sentences = new Map(
    architectures.flatMap(({ id }) => {
      const own = told.get(id);
      return own ? [[id, sentenceOf(own, columnsPerRow(id))] as const] : [];
    }),
  );
  const distinct = [...new Set(sentences.values())];
  const markOf = (sentence: string) => {
    const at = distinct.indexOf(sentence);
    return distinct.length > marks.length ? `†${at + 1}` : marks[at]!;
  };
  return new Map([...sentences].map(([row, differs]) => [row, { mark: markOf(differs), differs }]));
}

/** Said once where it holds for all columns of the row. */
const sentenceOf = (differences: ReadonlyMap<string, readonly string[]>, columns: number): string =>
  [...differences]
    .map(([difference, on]) => (on.length === columns ? difference : `${difference} on ${on.join(', ')}`))
    .join('; ');

/** The protocol of each trained row, by column. */
function columnsOf(cells: readonly Cell[]): Map<string, Map<string, Protocol>> {
  const columns = new Map<string, Map<string, Protocol>>();
  for (const cell of cells) {
    if (cell.specification.mode === 'baseline') continue;
    const column = columnOf(cell);
    const rows = columns.get(column) ?? new Map<string, Protocol>();
    columns.set(column, rows.set(rowOf(cell), toldProtocol(cell.specification)));
  }
  return columns;
}

/** Rows that differ from the protocol that most rows have, the first of equally many. */
function differencesIn(protocols: ReadonlyMap<string, Protocol>): Map<string, string> {
  const texts = new Map([...protocols].map(([row, protocol]) => [row, JSON.stringify(protocol)]));
  const counts = new Map<string, number>();
  for (const text of texts.values()) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [usual] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0]);
  const usualProtocol = JSON.parse(usual || '{}') as Protocol;
  return new Map(
    [...protocols].flatMap(([row, protocol]) => {
      if (texts.get(row) === usual) return [];
      const difference = differenceOf(protocol, usualProtocol);
      return difference === '' ? [] : [[row, difference] as const];
    }),
  );
}

/** Settings that rows of one kind alone have, and those that the share of sequences says. */
const told = new Set(['computation steps', 'steps', 'batch size']);

const settingsOf = ({ optimiser, ...rest }: Protocol): Record<string, string> => ({
  ...leaves(optimiser, ''),
  ...leaves(rest, ''),
});

/** "5 times the sequences of the others, learning rate 0.003 (others 0.001)" */
function differenceOf(own: Protocol, usual: Protocol): string {
  const [mine, others] = [settingsOf(own), settingsOf(usual)];
  const ratio = (own.steps * own.batchSize) / (usual.steps * usual.batchSize);
  const names = [...new Set([...Object.keys(mine), ...Object.keys(others)])].filter(
    (name) => !told.has(name) && mine[name] !== others[name],
  );
  return [
    ...(ratio !== 1 ? [`${Number(ratio.toPrecision(3))} times the sequences of the others`] : []),
    ...(ratio === 1 && own.steps !== usual.steps ? [`batches of ${own.batchSize} (others ${usual.batchSize})`] : []),
    ...names.map((name) => `${name} ${mine[name] ?? 'as usual'} (others ${others[name] ?? 'as usual'})`),
  ].join(', ');
}
