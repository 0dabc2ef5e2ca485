import { lengthNotes } from '../../../src/studies/capability/measured-lengths';
import { builtIn, expand } from '../../support/experiment';

const registry = builtIn();
const notesOf = (tasks: readonly unknown[], trainingLengths = { maximum: 20 }) =>
  lengthNotes(
    registry,
    expand(registry, {
      architectures: ['lstm'],
      tasks,
      protocol: { trainingLengths, evaluation: { lengthsPerRange: 3 } },
    }),
  );

it('has nothing to say of tasks with inputs of every length', () => {
  expect(notesOf(['parity', 'reversal', 'multiplication'])).toEqual([]);
});

it('names the lengths that are taken instead', () => {
  expect(notesOf(['matrix-product'])).toEqual([
    'matrix-product has inputs of some lengths only: in range 9 18, near 27 36 45, far 54 90 126.',
  ]);
});

it('names columns that have the same lengths together', () => {
  expect(notesOf(['matrix-product', { id: 'matrix-product', label: 'again' }])).toEqual([
    'matrix-product, again have inputs of some lengths only: in range 9 18, near 27 36 45, far 54 90 126.',
  ]);
});

it('names ranges that are not evaluated', () => {
  expect(notesOf(['regex:a?b?c?'])).toEqual([
    'regex:a?b?c? has no inputs near (21 to 50 symbols), far (51 to 128 symbols): not evaluated.',
    'regex:a?b?c? has inputs of some lengths only: in range 2 3.',
  ]);
});

it('leaves cells out that have no input to train on', () => {
  const { cells, inapplicable } = expand(registry, {
    architectures: ['lstm'],
    tasks: ['matrix-product', 'parity'],
    protocol: { trainingLengths: { maximum: 8 } },
  });
  expect(inapplicable).toContainEqual({
    architecture: 'lstm',
    task: 'matrix-product',
    reason: 'the task has no inputs of 1 to 8 symbols',
  });
  expect(cells.some(({ specification }) => specification.task.id === 'matrix-product')).toBe(false);
});
