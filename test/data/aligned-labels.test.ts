import fc from 'fast-check';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { createRng } from '../../src/core/random';
import { AlignedLabels } from '../../src/data/aligned-labels';
import { createFormat } from '../../src/data/format';

const registry = discover(new Registry(), 'tasks');
const labelled = registry.tasks().flatMap(({ id }) => (registry.createTask(id).aligned ? id : []));
const anInput = { id: fc.constantFrom(...labelled), length: fc.integer({ min: 1, max: 20 }), seed: fc.nat(1000) };

test('there are columns with a label for every prefix, of several kinds', () => {
  expect(labelled).toEqual(expect.arrayContaining(['parity', 's3', 'cycle-navigation', 'even-pairs', 'tomita-4']));
});

test('parity: the label of every prefix, of the whole input at <equals>, and the answer', () => {
  const format = new AlignedLabels(createFormat(registry.createTask('parity'), 'direct'));
  const { tokens, targets, scored } = format.encode([1, 0, 1, 1]);
  const { vocabulary } = format;
  const names = (ids: readonly number[]) => ids.map((id) => vocabulary.tokens[id]);
  expect(names(tokens)).toEqual(['1', '0', '1', '1', '<equals>', '<slot>']);
  expect(names(targets)).toEqual(['odd', 'odd', 'even', 'odd', 'odd', 'odd']);
  expect(scored).toEqual({ first: 0, count: 6 });
});

/** The answer of others says something of every symbol. */
const withOneAnswer = labelled.filter((id) => registry.createTask(id).answerLength(20) === 1);

test('the label of a prefix is the answer to the prefix, wherever that is an input', () => {
  fc.assert(
    fc.property(fc.record({ ...anInput, id: fc.constantFrom(...withOneAnswer) }), ({ id, length, seed }) => {
      const task = registry.createTask(id);
      const input = task.sample(createRng(seed), task.inputLength?.(length) ?? length);
      const format = new AlignedLabels(createFormat(task, 'direct'));
      const { targets } = format.encode(input);
      input.forEach((_, at) => {
        const prefix = input.slice(0, at + 1);
        if ((task.inputLength?.(prefix.length) ?? prefix.length) !== prefix.length) return;
        expect(format.vocabulary.outputId(targets[at]!)).toBe(task.solve(prefix)[0]);
      });
    }),
  );
});

test.each(['direct', 'chain-of-thought', 'filler'] as const)(
  '%s: tokens, and targets from the first scored one on, are those of the format itself',
  (mode) => {
    fc.assert(
      fc.property(fc.record(anInput), ({ id, length, seed }) => {
        const task = registry.createTask(id);
        if (mode !== 'direct' && !task.trace) return;
        const format = createFormat(task, mode);
        const input = task.sample(createRng(seed), task.inputLength?.(length) ?? length);
        const [plain, aligned] = [format.encode(input), new AlignedLabels(format).encode(input)];
        const { first, count } = plain.scored;
        expect(aligned.tokens).toEqual(plain.tokens);
        expect(aligned.targets.slice(first, first + count)).toEqual(plain.targets.slice(first, first + count));
        expect(aligned.scored).toEqual({ first: 0, count: first + count });
        expect(aligned.targets.length).toBeLessThanOrEqual(format.maximumTokens(input.length));
      }),
    );
  },
);

test('computation steps have the label of the whole input', () => {
  const format = createFormat(registry.createTask('parity'), 'direct', { computationSteps: 2 });
  const { targets } = new AlignedLabels(format).encode([1, 1, 1]);
  const odd = format.vocabulary.output[1];
  expect(targets.slice(2)).toEqual(Array(targets.length - 2).fill(odd));
});
