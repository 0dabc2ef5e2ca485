import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import { csvOf } from '../../../report/csv';
import { shifts } from '../prompts';
import { measures, type ConceptsSummary, type EpochSummary, type OverSeeds } from '../summary';

@view({
  of: 'concepts',
  format: 'csv',
  title: 'In-context concepts as a table of numbers',
  summary: 'A line for each epoch and measure: median, least and most over seeds.',
})
export class ConceptsCsv implements View<ConceptsSummary> {
  draw({ epochs }: ConceptsSummary): string {
    return csvOf(
      ['epoch', 'measure', 'median', 'least', 'most'],
      epochs.flatMap((epoch) =>
        measured(epoch).map(([name, { median, low, high }]) => [epoch.epoch, name, median, low, high]),
      ),
    );
  }
}

const measured = (epoch: EpochSummary): [string, OverSeeds][] => [
  ...measures.map((measure): [string, OverSeeds] => [measure, epoch[measure]]),
  ...shifts.map((shift): [string, OverSeeds] => [`error, ${shift}`, epoch.errors[shift]]),
  ...(['attention', 'readOut'] as const).flatMap((of) =>
    Object.entries(epoch[of]).map(([direction, value]): [string, OverSeeds] => [`${of}, ${direction}`, value]),
  ),
];
