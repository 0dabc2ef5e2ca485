import { trainingSetNotes } from '../../../src/studies/capability/training-set-notes';
import { builtIn, expand } from '../../support/experiment';

const registry = builtIn();
const notesOf = (plain: Record<string, unknown>) =>
  trainingSetNotes(expand(registry, { architectures: ['lstm', 'gru'], tasks: ['parity', 'reversal'], ...plain }));

it('says nothing where training sets have no end', () => {
  expect(notesOf({})).toEqual([]);
});

it('says how large the set is and how often each of its sequences comes up', () => {
  expect(notesOf({ protocol: { trainingSequences: 12_800 } })).toEqual([
    'Training draws from 12,800 sequences, each seen up to 5.0 times on average.',
  ]);
  expect(notesOf({ protocol: { trainingSequences: 1 } })).toEqual([
    'Training draws from 1 sequence, each seen up to 64,000 times on average.',
  ]);
});

it('says that not all are seen where there are too few steps', () => {
  expect(notesOf({ protocol: { trainingSequences: 100_000, steps: 10 } })).toEqual([
    'Training draws from 100,000 sequences, of which it sees at most 640.',
  ]);
});

it('names columns where they differ', () => {
  const tasks = ['parity', { id: 'reversal', protocol: { trainingSequences: 500 } }];
  expect(notesOf({ tasks })).toEqual([
    'Training on reversal draws from 500 sequences, each seen up to 128 times on average.',
  ]);
});
