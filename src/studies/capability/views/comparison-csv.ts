import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import { csvOf, type CsvField } from '../../../report/csv';
import type { ComparedCell, ComparedGroup, Comparison } from '../summarise/comparison';

const titles = [
  'of',
  'architecture',
  'task',
  'level',
  'cells',
  'seeds_a',
  'seeds_b',
  'capability_a',
  'capability_b',
  'difference',
  'difference_low',
  'difference_high',
  'p',
  'answer',
];

const differenceFields = ({ capability, difference, interval }: ComparedCell | ComparedGroup): CsvField[] => [
  ...capability,
  difference,
  interval.low,
  interval.high,
];

@view({
  of: 'comparison',
  format: 'csv',
  title: 'Comparison of two for spreadsheets',
  summary: 'A line for each cell, then those of the means, with all digits.',
})
export class ComparisonCsv implements View<Comparison> {
  draw({ cells, groups }: Comparison): string {
    return csvOf(titles, [
      ...cells.map((cell) => [
        'cell',
        cell.row,
        cell.task,
        cell.level,
        1,
        ...cell.seeds,
        ...differenceFields(cell),
        null,
        cell.answer,
      ]),
      ...groups.map((group) => [
        group.group,
        null,
        null,
        null,
        group.cells,
        null,
        null,
        ...differenceFields(group),
        group.p,
        group.answer,
      ]),
    ]);
  }
}
