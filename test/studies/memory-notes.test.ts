import { memoryNotes } from '../../src/studies/memory-notes';
import { builtIn, expand } from '../support/experiment';

const registry = builtIn();
const tape = (label: string, memory: object) => ({ id: 'tape-rnn', label, hyperparameters: { memory } });
const notesOf = (architectures: readonly unknown[], protocol: object = {}) =>
  memoryNotes(registry, expand(registry, { architectures, tasks: ['duplicate-string', 'parity'], protocol }));

it('names a row whose memory is too small at evaluation or in training, once', () => {
  const architectures = ['lstm', tape('short', { evaluation: 26 }), tape('shorter', { training: 12 })];
  expect(notesOf(architectures, { trainingLengths: { maximum: 20 } })).toEqual([
    'short is evaluated with an external memory of 26 cells, and an input of 128 takes 129 (memory.evaluation).',
    'shorter is trained with an external memory of 12 cells, and an input of 20 takes 21 (memory.training).',
  ]);
});

it('has nothing to say of rows that have room, as all have at their defaults', () => {
  const trained = { trainingLengths: { maximum: 100 } };
  expect(notesOf(['stack-rnn', 'stack-lstm', 'tape-rnn', 'ndstack-rnn', 'lstm'], trained)).toEqual([]);
});
