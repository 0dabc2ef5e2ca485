import { buildMatrix } from '../../../../src/studies/capability/summarise/matrix';
import { narrowed } from '../../../../src/studies/capability/summarise/narrowed';
import type { TheoryFilter } from '../../../../src/core/contracts/theory';
import { storedRecords } from '../../../support/matrix';
import { makeManifest, type GivenPrediction } from '../../../support/records';

const can = (architecture: string, task: string): GivenPrediction => ({
  architecture,
  task,
  expressible: 'can',
  evidence: 'theorem',
});
const solved = { inRange: 1, near: 1, far: 1 };

function narrow(asked: TheoryFilter, predictions?: GivenPrediction[]) {
  const sources = {
    manifest: makeManifest({
      architectures: ['lstm', 'gru', 'rnn'],
      predictions,
      inapplicable: [{ architecture: 'rnn', task: 'parity', reason: 'a reason' }],
    }),
    stored: storedRecords([
      { architecture: 'lstm', ...solved },
      { architecture: 'lstm', task: 'reversal', inRange: 0.2, near: 0, far: 0 },
      { architecture: 'gru', ...solved },
      { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
      { architecture: 'uniform', task: 'reversal', baseline: true, inRange: 0, near: 0, far: 0 },
    ]),
  };
  return buildMatrix(narrowed(sources, buildMatrix(sources), asked));
}
const shown = ({ rows, cells }: ReturnType<typeof narrow>) => [
  rows.map(({ id }) => id),
  cells
    .filter(({ row, summary }) => row.kind === 'architecture' && summary)
    .map(({ row, column }) => `${row.id} x ${column.id}`),
];
const asked = [can('lstm', 'parity'), can('lstm', 'reversal'), { architecture: 'gru', task: 'parity' }];

test('cells that test a prediction, with the baselines of their columns', () => {
  const matrix = narrow('tested', asked);
  expect(shown(matrix)).toEqual([['lstm', 'uniform', 'oracle'], ['lstm x parity']]);
  expect(matrix.cell('uniform', 'parity').summary).not.toBeNull();
});

test('learnability gaps; another cell of the same row is as if it were left out', () => {
  const more = [...asked, can('rnn', 'reversal')];
  expect(shown(narrow('gap', more))).toEqual([['lstm', 'uniform', 'oracle'], ['lstm x reversal']]);
});

test('where nothing is left, or nothing was ever predicted, that is said', () => {
  expect(() => narrow('disagrees', asked)).toThrow('No cell of test is left with --theory disagrees.');
  expect(() => narrow('tested')).toThrow('The manifest of test says nothing of theory.');
});
