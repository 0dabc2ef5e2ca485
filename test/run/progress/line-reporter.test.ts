import { PassThrough } from 'node:stream';
import { LineReporter } from '../../../src/run/progress/line-reporter';
import { play, runCells, tell } from '../../support/run';
import { ManualClock } from '../../support/screen';

function report(cells = runCells, alreadyFinished = 2) {
  const [stream, clock] = [new PassThrough({ encoding: 'utf8' }), new ManualClock()];
  const reporter = new LineReporter({ stream, clock, workers: 2, tell });
  reporter.begin(cells, alreadyFinished);
  return { reporter, clock, written: () => String(stream.read() ?? '') };
}

test('one line for each event, progress now and then', () => {
  const { reporter, clock, written } = report();
  play((event) => reporter.event(event), clock);
  reporter.note('a word in between');
  reporter.end();
  expect(written()).toMatchInlineSnapshot(`
   "2 of 5 cells are there, 3 to run, roughly 22 s left
   [2/5] lstm x parity, seed 1: started
   [2/5] lstm x reversal, seed 1: started
   [2/5] lstm x reversal, seed 1: step 25/100, loss 0.500, held out 25 %; roughly 61 s left
   [3/5] lstm x parity, seed 1: solves (in range 100, near 100, far 99) in 25 s
   [3/5] lstm x reversal, seed 1: lost its process (ended by SIGKILL), to be continued by another
   [3/5] lstm x reversal, seed 1: started
   [3/5] lstm x brackets, seed 1: started
   [4/5] lstm x brackets, seed 1: failed: the disk is full
   [4/5] lstm x reversal, seed 1: evaluating 3/12; about 4 s left
   [5/5] lstm x reversal, seed 1: learnt in range (in range 100, near 25) in 25 s
   a word in between
   4 of 5 cells finished, 1 failed after 55 s
   "
  `);
});

test('progress of one cell is told at most every fifteen seconds', () => {
  const { reporter, clock, written } = report();
  const [cell] = runCells;
  reporter.event({ type: 'cell-started', cell: cell!, worker: 0 });
  written();
  for (let step = 1; step <= 60; step++) {
    clock.advance(1);
    reporter.event({
      type: 'cell-progress',
      cell: cell!,
      worker: 0,
      progress: { phase: 'training', step, steps: 60 },
    });
  }
  expect(written().match(/step \d+/g)).toEqual(['step 15', 'step 30', 'step 45', 'step 60']);
});

test('nothing to run is said in so many words', () => {
  expect(report([], 5).written()).toBe('5 of 5 cells are there, nothing to run\n');
});
