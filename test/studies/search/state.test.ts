import { decodeSearch, encodeSearch, initialTrials, type TrialState } from '../../../src/studies/search/state';

const asked = [
  { settings: { 'optimiser.learningRate': 0.01 }, seed: 1 },
  { settings: { 'optimiser.learningRate': 0.001 }, seed: 1 },
];
const [first, second] = initialTrials(asked) as [TrialState, TrialState];
const reached = [{ step: 5, exact: 0.5, token: 0.75, loss: 0.7 }];
const trials: TrialState[] = [
  { ...first, reached, steps: 5, seconds: 1.5, checkpoint: new Uint8Array([1, 2, 3]) },
  { ...second, outcome: 'diverged', steps: 3 },
];

it('keeps what trials reached and their checkpoints', () => {
  expect(decodeSearch(encodeSearch(trials), asked)).toEqual(trials);
  expect(decodeSearch(encodeSearch(initialTrials(asked)), asked)).toEqual(initialTrials(asked));
});

it('believes nothing that is cut, longer, or of other trials', () => {
  const content = encodeSearch(trials);
  for (const other of [content.slice(0, -1), Buffer.concat([content, Buffer.from([0])]), new Uint8Array(2)])
    expect(decodeSearch(other, asked)).toBeNull();
  expect(decodeSearch(content, asked.slice(0, 1))).toBeNull();
});
