import { LiveReporter } from '../../../src/run/progress/live-reporter';
import { widthOf } from '../../../src/report/width';
import { play, runCells, tell } from '../../support/run';
import { ManualClock, Screen } from '../../support/screen';

function report(screen = new Screen()) {
  const clock = new ManualClock();
  const reporter = new LiveReporter({ stream: screen, clock, workers: 2, hasColours: false, tell });
  reporter.begin(runCells, 2);
  return { reporter, clock, screen };
}

test('running cells are redrawn in place', () => {
  const { reporter, clock, screen } = report();
  play((event) => reporter.event(event), clock, 0, 6);
  expect(screen.text).toMatchInlineSnapshot(`
   "
   ━━━━━━━━━─────── 2/5 cells  roughly 61 s left
   ━━━━━━━━──────── lstm x parity, seed 1    step 50/100, loss 0.500, held out 50 %
   ━━━━──────────── lstm x reversal, seed 1  step 25/100, loss 0.500, held out 25 %"
  `);
  play((event) => reporter.event(event), clock, 6, 8);
  expect(screen.text).toMatchInlineSnapshot(`
   "● lstm x parity, seed 1    solves           in range 100, near 100, far 99  25 s
   ! lstm x reversal, seed 1  lost process     ended by SIGKILL, continues in another

   ━━━━━━━━━━────── 3/5 cells  about 25 s left"
  `);
  reporter.end();
});

test('at the end only what happened remains', () => {
  const { reporter, clock, screen } = report();
  play((event) => reporter.event(event), clock);
  reporter.end();
  expect(screen.text).toMatchInlineSnapshot(`
   "● lstm x parity, seed 1    solves           in range 100, near 100, far 99  25 s
   ! lstm x reversal, seed 1  lost process     ended by SIGKILL, continues in another
   ✕ lstm x brackets, seed 1  failed           the disk is full
   ◔ lstm x reversal, seed 1  learnt in range  in range 100, near 25  25 s
   4 of 5 cells finished, 1 failed after 55 s"
  `);
});

test('a note stays above the view', () => {
  const { reporter, screen } = report();
  reporter.note('stopping');
  expect(screen.text.split('\n')[0]).toBe('stopping');
  expect(screen.text.match(/cells/g)).toHaveLength(1);
  reporter.end();
});

test('no line is wider than the terminal, however narrow', () => {
  const { reporter, clock, screen } = report(new Screen(30));
  play((event) => reporter.event(event), clock, 0, 6);
  for (const line of screen.text.split('\n')) expect(widthOf(line)).toBeLessThan(30);
  reporter.end();
});

test('the cursor is there whenever nothing is being drawn', () => {
  const { reporter, clock, screen } = report();
  play((event) => {
    reporter.event(event);
    expect(screen.cursorVisible).toBe(true);
  }, clock);
  reporter.end();
  expect(screen.cursorVisible).toBe(true);
});

test('frames are not drawn faster than an eye can follow', () => {
  const { reporter, clock, screen } = report();
  const [cell] = runCells;
  const progress = (step: number) =>
    reporter.event({
      type: 'cell-progress',
      cell: cell!,
      worker: 0,
      progress: { phase: 'training', step, steps: 100 },
    });
  reporter.event({ type: 'cell-started', cell: cell!, worker: 0 });
  clock.advance(1);
  progress(7);
  progress(8);
  expect(screen.text).toContain('step 7/100');
  clock.advance(0.2);
  progress(9);
  expect(screen.text).toContain('step 9/100');
  reporter.end();
});

test('with nothing to run there is no view', () => {
  const [screen, clock] = [new Screen(), new ManualClock()];
  const reporter = new LiveReporter({ stream: screen, clock, workers: 2, hasColours: false, tell });
  reporter.begin([], 5);
  expect(screen.text).toBe('');
  reporter.end();
});
