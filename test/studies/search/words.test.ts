import { searchWords, settingsText } from '../../../src/studies/search/words';

const trial = (learningRate: number, seed = 1) => ({ settings: { 'optimiser.learningRate': learningRate }, seed });

it('says what was tried, and how often where settings were tried again', () => {
  expect(searchWords({ trials: [trial(0.1), trial(0.2)] })).toBe('best of 2 settings');
  expect(searchWords({ trials: [trial(0.1), trial(0.1, 2)] })).toBe('best of 1 setting in 2 trials');
  expect(settingsText({ 'optimiser.learningRate': 0.1, 'hyperparameters.layers': 2 })).toBe(
    'learningRate 0.1, layers 2',
  );
});
