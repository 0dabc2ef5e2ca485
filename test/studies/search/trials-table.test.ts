import { trialsTable } from '../../../src/studies/search/trials-table';

const trial = (learningRate: number, seed = 1) => ({ settings: { 'optimiser.learningRate': learningRate }, seed });
const reached = [
  { step: 100, exact: 0.5, token: 0.75, loss: 0.693 },
  { step: 1200, exact: 1, token: 1, loss: 0.01 },
];

it('has a line for each trial, and marks the one that was chosen', () => {
  const { rows, columns } = trialsTable('trials', {
    trials: [
      { ...trial(0.1), reached: reached.slice(0, 1), steps: 100, ended: 'paused' },
      { ...trial(0.2), reached, steps: 1200, ended: 'stopped-early' },
    ],
    chosen: 1,
  });
  expect(columns.map(({ title }) => title)).toEqual([
    'trial',
    'settings',
    'seed',
    'held out %',
    'loss',
    'steps',
    'ended',
    '',
  ]);
  expect(rows).toEqual([
    ['1', 'learningRate 0.1', '1', '50 at 100', '0.693', '100', 'paused', ''],
    ['2', 'learningRate 0.2', '1', '50 at 100, 100 at 1,200', '0.010', '1,200', 'stopped-early', 'chosen'],
  ]);
});
