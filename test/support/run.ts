import type { CellRecord, RecordOf } from '../../src/core/contracts/record';
import type { RecordWords } from '../../src/core/contracts/study';
import { tell as tellCell } from '../../src/studies/capability/tell';
import type { RunEvent } from '../../src/core/contracts/execution';
import { makeCell, makeRecord } from './records';
import type { ManualClock } from './screen';

const [first, second, third] = [
  makeCell({ task: 'parity' }),
  makeCell({ task: 'reversal' }),
  makeCell({ task: 'brackets' }),
];
export const runCells = [first!, second!, third!];

const training = (step: number) => ({
  phase: 'training' as const,
  step,
  steps: 100,
  loss: 0.5,
  heldOut: { exact: step / 100, token: 1 },
});

/** A run of three cells by two workers: each entry is how many seconds later, and what happens. */
export const runEvents: readonly [seconds: number, event: RunEvent][] = [
  [0, { type: 'cell-started', cell: first!, worker: 0 }],
  [0, { type: 'cell-started', cell: second!, worker: 1 }],
  [0, { type: 'cell-progress', cell: first!, worker: 0, progress: training(10) }],
  [0, { type: 'cell-progress', cell: second!, worker: 1, progress: training(5) }],
  [10, { type: 'cell-progress', cell: first!, worker: 0, progress: training(50) }],
  [6, { type: 'cell-progress', cell: second!, worker: 1, progress: training(25) }],
  [
    14,
    {
      type: 'cell-finished',
      cell: first!,
      worker: 0,
      record: makeRecord({ task: 'parity', inRange: 1, near: 1, far: 0.99 }),
    },
  ],
  [0, { type: 'worker-lost', cell: second!, worker: 1, reason: 'ended by SIGKILL', retry: true }],
  [1, { type: 'cell-started', cell: second!, worker: 1 }],
  [1, { type: 'cell-progress', cell: second!, worker: 1, progress: training(20) }],
  [0, { type: 'cell-started', cell: third!, worker: 0 }],
  [
    20,
    { type: 'cell-failed', cell: third!, worker: 0, error: { code: 'test', message: 'the disk is full\nand more' } },
  ],
  [0, { type: 'cell-progress', cell: second!, worker: 1, progress: { phase: 'evaluating', step: 3, steps: 12 } }],
  [
    3,
    {
      type: 'cell-finished',
      cell: second!,
      worker: 1,
      record: makeRecord({ task: 'reversal', inRange: 1, near: 0.25, far: null }),
    },
  ],
];

/** Plays the events up to and without number `until`. */
export function play(
  onEvent: (event: RunEvent) => void,
  clock: ManualClock,
  from = 0,
  until: number = runEvents.length,
): void {
  for (const [seconds, event] of runEvents.slice(from, until)) {
    clock.advance(seconds);
    onEvent(event);
  }
}

/** What the study of these cells says of a record. */
export const tell = (record: RecordOf): RecordWords => tellCell(record as CellRecord);
