import type { Point } from '../../core/contracts/figure';
import { tableOf, type ColumnOf, type Table } from '../../report/table';
import { shiftTitles, type EpochResult } from './body';
import { directions } from './figures';
import { overEpochs, type Run } from './over-epochs';
import { shifts } from './prompts';

/** Epochs that a table has at most; the first ones, where most happens, closer together. */
const mostEpochs = 14;

type Column = ColumnOf<number>;

const percent = (value: number | null | undefined): string => (100 * (value ?? 0)).toFixed(1);
const number = (value: number | null | undefined): string => (value ?? 0).toFixed(3);

/** Learning, shifts, and what the weights do along directions, at some of the epochs. */
export function tablesOf(runs: readonly Run[]): Table[] {
  const points = overEpochs(runs, ({ epoch }) => epoch);
  const column = (
    title: string,
    value: (result: EpochResult) => number,
    text: (point: Point) => string,
    dispensable?: number,
  ): Column => {
    const over = overEpochs(runs, value);
    return { title, align: 'right', text: (at) => text(over[at]!), ...(dispensable && { dispensable }) };
  };
  const epoch = column(
    'epoch',
    (result) => result.epoch,
    ({ y }) => String(y),
  );
  const error = ({ errors }: EpochResult) => errors.none;
  const learning = [
    epoch,
    column('error %', error, ({ y }) => percent(y)),
    column('least to most', error, ({ low, high }) => `${percent(low)} to ${percent(high)}`, 2),
    column(
      'cross-entropy',
      ({ testLoss }) => testLoss,
      ({ y }) => number(y),
    ),
    column(
      'in training',
      ({ trainLoss }) => trainLoss,
      ({ y }) => number(y),
      3,
    ),
    column(
      'right attention %',
      ({ correctAttention }) => correctAttention,
      ({ y }) => percent(y),
    ),
  ];
  const shifted = shifts.map((shift) =>
    column(
      shiftTitles[shift],
      ({ errors }) => errors[shift],
      ({ y }) => percent(y),
    ),
  );
  const products = (['attention', 'readOut'] as const).flatMap((of) =>
    directions.map((direction) =>
      column(
        `${of === 'attention' ? 'A' : 'w'} ${direction}`,
        (result) => result[of][direction],
        ({ y }) => number(y),
      ),
    ),
  );
  const shown = few(points.length);
  if (shown.length === 0) return [];
  return [
    tableOf('learning, medians over seeds', learning, shown),
    tableOf('error in %, by how test prompts differ', [epoch, ...shifted], shown),
    tableOf('largest product of attention (A) and read-out (w) along directions', [epoch, ...products], shown),
  ];
}

/** Places of the first ones, then of ever fewer, and of the last. */
function few(count: number): number[] {
  if (count <= mostEpochs) return Array.from({ length: count }, (_, at) => at);
  const places = Array.from({ length: mostEpochs }, (_, at) =>
    Math.round((count - 1) * (at / (mostEpochs - 1)) ** 1.6),
  );
  return [...new Set(places)];
}
