import { tableOf, type ColumnOf, type Sheet } from '../../../report/table';
import type { Answer, ComparedCell, ComparedGroup, Comparison } from '../summarise/comparison';
import { fewNames } from '../../../core/few-names';
import { plural } from './wording';

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
type Difference = Pick<ComparedCell, 'difference' | 'interval' | 'capability' | 'answer'>;

const answered = (answer: Answer): string => (answer === 'cannot be told apart' ? answer : `${answer} is better`);

const differenceColumns: readonly ColumnOf<Difference>[] = [
  { title: 'A', align: 'right', text: ({ capability: [a] }) => a.toFixed(3) },
  { title: 'B', align: 'right', text: ({ capability: [, b] }) => b.toFixed(3) },
  { title: 'B - A', align: 'right', text: ({ difference }) => signed(difference) },
  {
    title: '95 %',
    align: 'right',
    text: ({ interval: { low, high } }) => `${signed(low)} to ${signed(high)}`,
    dispensable: 1,
  },
];
const answerColumn: ColumnOf<Difference> = {
  title: 'answer',
  align: 'left',
  text: ({ answer }) => answered(answer),
  isStrong: ({ answer }) => answer !== 'cannot be told apart',
};

/** 2 / 2^n is the least there can be for n cells: of fewer than six nothing can be told. */
const fewestCells = 6;
function probability({ p, cells }: ComparedGroup): string {
  if (cells < fewestCells) return '–';
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

const groupColumns: readonly ColumnOf<ComparedGroup>[] = [
  { title: 'over', align: 'left', text: ({ group }) => group },
  { title: 'cells', align: 'right', text: ({ cells }) => String(cells), dispensable: 2 },
  ...differenceColumns,
  { title: 'p', align: 'right', text: probability, dispensable: 3 },
  answerColumn,
];

const cellColumns = (hasRows: boolean): readonly ColumnOf<ComparedCell>[] => [
  ...(hasRows ? [{ title: 'architecture', align: 'left' as const, text: ({ row }: ComparedCell) => row }] : []),
  { title: 'task', align: 'left', text: ({ task }) => task },
  {
    title: 'seeds',
    align: 'right',
    text: ({ seeds: [a, b] }) => (a === b ? String(a) : `${a}, ${b}`),
    dispensable: 2,
  },
  ...differenceColumns,
  answerColumn,
];

/** Overall and by level, then cell by cell. */
export function comparisonSheet(comparison: Comparison, title?: string): Sheet {
  const { a, b, groups, cells, onlyIn, by } = comparison;
  const hasRows = new Set(cells.map(({ row }) => row)).size > 1;
  return {
    title: title ?? `Comparison: A is ${a}, B is ${b}`,
    tables: [
      tableOf('capability, mean over cells', groupColumns, groups),
      tableOf('cell by cell', cellColumns(hasRows), cells),
    ],
    notes: [
      `Capability is skill above guessing over the ranges of lengths, from 0 to 1. Cells are paired by ${hasRows ? 'row and ' : ''}task; in means ${by === 'task' ? 'each task' : `a ${by} of tasks`} counts as one.`,
      'Intervals are of the difference, 95 %, by a bootstrap over seeds and test sequences; one that holds 0 says that the two cannot be told apart. p is of a permutation test of signs over cells: how often two that are alike differ as much; of fewer than six cells it tells nothing.',
      ...[
        { name: 'A', own: onlyIn.a },
        { name: 'B', own: onlyIn.b },
      ].flatMap(({ name, own }) =>
        own.length > 0 ? `Only in ${name}, ${plural(own.length, 'cell')}: ${fewNames(own)}.` : [],
      ),
    ],
  };
}
