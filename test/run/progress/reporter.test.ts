import { terminalOf } from '../../../src/report/terminal';
import { PassThrough } from 'node:stream';
import { LineReporter } from '../../../src/run/progress/line-reporter';
import { LiveReporter } from '../../../src/run/progress/live-reporter';
import { createReporter } from '../../../src/run/progress/reporter';
import { tell } from '../../support/run';
import { ManualClock, Screen } from '../../support/screen';

const kind = (stream: Screen | PassThrough, environment: Record<string, string> = {}) =>
  createReporter({
    stream,
    environment,
    terminal: terminalOf(stream as Screen, environment),
    clock: new ManualClock(),
    workers: 1,
    tell,
  }).constructor;

test('live on a terminal, lines elsewhere', () => {
  expect(kind(new Screen())).toBe(LiveReporter);
  expect(kind(new PassThrough())).toBe(LineReporter);
  expect(kind(new Screen(), { TERM: 'dumb' })).toBe(LineReporter);
  expect(kind(new Screen(), { CI: 'true' })).toBe(LineReporter);
});
