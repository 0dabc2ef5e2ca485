import { measureBaselines } from '../support/tasks/baselines';
import { createTask } from '../support/tasks/discover';

/**
 * Percent of scored positions at lengths 41 to 500 without looking at the input, measured on the samplers of Deletang et
 * al. 2023: uniform, best constant symbol, best symbol for each length and position.
 */
const published: [string, number, number, number][] = [
  ['even-pairs', 50, 50, 50],
  ['parity', 50, 50, 50],
  ['reversal', 50, 50, 50],
  ['duplicate-string', 50, 50, 50],
  ['missing-duplicate', 50, 50, 50],
  ['odds-first', 50, 50, 50],
  ['modular-arithmetic', 20, 20, 20],
  ['cycle-navigation', 20, 20, 20],
  ['solve-equation', 20, 20, 20],
  ['modular-arithmetic-brackets', 20, 30.6, 30.6],
  ['stack-manipulation', 33.3, 49.6, 49.7],
  ['addition', 33.3, 50, 49.8],
  ['multiplication', 33.3, 49.7, 50.3],
  ['square-root', 50, 50.3, 50.4],
  ['bucket-sort', 20, 20, 90.1],
];

/** Three standard deviations of a share near one half over `positions` independent positions, in percent. */
const tolerance = (positions: number) => (3 * 50) / Math.sqrt(positions) + 0.5;

describe('baselines of the Chomsky-hierarchy suite', () => {
  it.each(published)('%s', (id, uniform, constant, table) => {
    const task = createTask(id);
    const isShort = task.answerLength(41) === 1;
    const samples = isShort ? 1600 : 400;
    const measured = measureBaselines(task, samples);
    const allowed = tolerance(isShort ? (samples / 2) * 11 : Infinity);
    expect(measured.uniform).toBeCloseTo(uniform, 1);
    expect(Math.abs(measured.constant - constant)).toBeLessThan(allowed);
    expect(Math.abs(measured.table - table)).toBeLessThan(allowed);
  });
});
