import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discover } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
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

it('says what cannot be drawn, and by what law the rest is', () => {
  // Words that are no square: at long lengths hardly any word is none, and none is met.
  const noSquare = `S -> A B | B A | A | B
A -> a | a A a | a A b | b A a | b A b
B -> b | a B a | a B b | b B a | b B b`;
  const folder = mkdtempSync(join(tmpdir(), 'zoo-lengths-'));
  writeFileSync(join(folder, 'no-square.bnf'), noSquare);
  const inFolder = discover(new Registry(undefined, folder), 'architectures', 'tasks', 'engines');
  const manifest = expand(inFolder, {
    architectures: ['lstm'],
    tasks: ['grammar:no-square.bnf'],
    protocol: { trainingLengths: { maximum: 20 }, evaluation: { lengthsPerRange: 3 } },
  });
  expect(lengthNotes(inFolder, manifest)).toEqual([
    'grammar:no-square.bnf has no inputs near (21 to 50 symbols), far (51 to 128 symbols): not evaluated.',
    'grammar:no-square.bnf has inputs of some lengths only: in range 2 8 14.',
    'grammar:no-square.bnf has inputs by a law of their own: members by uniform derivation trees: words with more of them come more often.',
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
