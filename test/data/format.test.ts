import fc from 'fast-check';
import { createRng } from '../../src/core/random';
import type { AnswerMode } from '../../src/core/contracts/architecture';
import type { Task } from '../../src/core/contracts/task';
import { createFormat, DirectFormat } from '../../src/data/format';
import { Counting } from '../../tasks/counting';
import { Multiplication } from '../../tasks/multiplication';
import { Parity } from '../../tasks/parity';
import { Reversal } from '../../tasks/reversal';

const spell = (mode: AnswerMode, input: number[]) => {
  const format = createFormat(new Parity(), mode);
  const { tokens, targets, scored } = format.encode(input);
  const name = (token: number) => format.vocabulary.tokens[token]!;
  return {
    tokens: tokens.map(name).join(' '),
    scored: targets
      .slice(scored.first, scored.first + scored.count)
      .map(name)
      .join(' '),
    prompt: format.prompt(input).map(name).join(' '),
  };
};

describe('what a sequence looks like', () => {
  test('direct: the answer is read at slots', () => {
    expect(spell('direct', [1, 0, 1, 1])).toEqual({
      tokens: '1 0 1 1 <equals> <slot>',
      scored: 'odd',
      prompt: '1 0 1 1 <equals> <slot>',
    });
  });
  test('chain of thought: trace and answer are predicted, one token after the other', () => {
    expect(spell('chain-of-thought', [1, 0, 1, 1])).toEqual({
      tokens: '1 0 1 1 <equals> 1 odd 0 odd 1 even 1 odd <answer> odd',
      scored: '1 odd 0 odd 1 even 1 odd <answer> odd <end>',
      prompt: '1 0 1 1 <equals>',
    });
  });
  test('filler: as many tokens, none of which has to be predicted', () => {
    expect(spell('filler', [1, 0, 1, 1])).toEqual({
      tokens: '1 0 1 1 <equals> <filler> <filler> <filler> <filler> <filler> <filler> <filler> <filler> <answer> odd',
      scored: 'odd <end>',
      prompt: '1 0 1 1 <equals> <filler> <filler> <filler> <filler> <filler> <filler> <filler> <filler> <answer>',
    });
  });
  test('direct with computation steps: blank tokens, so many for every input token, before the slots', () => {
    const format = createFormat(new Reversal(), 'direct', { computationSteps: 2 });
    const { tokens, targets, scored } = format.encode([1, 0]);
    const spelt = tokens.map((token) => format.vocabulary.tokens[token]).join(' ');
    expect(spelt).toBe(`1 0 <equals> ${'<computation> '.repeat(4)}<slot> <slot>`);
    expect(targets.slice(scored.first).map((token) => format.vocabulary.tokens[token])).toEqual(['0', '1']);
    expect(format.prompt([1, 0])).toEqual(tokens);
  });
  test('without computation steps there is no token for them', () => {
    for (const mode of ['direct', 'chain-of-thought', 'filler'] as const) {
      const [without, none] = [undefined, { computationSteps: 0 }].map((steps) =>
        createFormat(new Parity(), mode, steps),
      );
      expect(without!.vocabulary.tokens).toEqual(none!.vocabulary.tokens);
      expect(without!.vocabulary.tokens).not.toContain('<computation>');
      expect(without!.encode([1, 0, 1])).toEqual(none!.encode([1, 0, 1]));
    }
  });
  test('only scored positions of a padded answer count', () => {
    // 1 * 3 = 3: little-endian 1 1, terminator 2, then padding that is not scored.
    const { scored, targets } = createFormat(new Multiplication(), 'direct').encode([1, 0, 2, 1, 1]);
    expect([scored.first, scored.count, targets.length]).toEqual([6, 3, 11]);
  });
});

describe('what a model predicted is decoded', () => {
  const tasks: Record<string, Task> = {
    parity: new Parity(),
    counting: new Counting(),
    reversal: new Reversal(),
    multiplication: new Multiplication(),
  };
  const modes: [AnswerMode, number][] = [
    ['direct', 0],
    ['direct', 1],
    ['direct', 3],
    ['chain-of-thought', 0],
    ['filler', 0],
  ];
  for (const [name, task] of Object.entries(tasks)) {
    test.each(modes)(`${name}, %s, %i computation steps: the right tokens read back as the answer`, (mode, steps) => {
      const format = createFormat(task, mode, { computationSteps: steps });
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 24 }), fc.integer(), (length, seed) => {
          const input = task.sample(createRng(seed), length);
          const { tokens, targets, scored: span } = format.encode(input);
          expect(tokens.length).toBeLessThanOrEqual(format.maximumTokens(input.length));
          expect(span.count).toBeLessThanOrEqual(format.maximumScored(input.length));
          const right = task.solve(input);
          const scored = task.scored?.(input) ?? right.length;
          const read =
            format instanceof DirectFormat
              ? format.decode(input, targets)
              : format.decode(targets.slice(span.first, span.first + span.count));
          expect(read.answer.slice(0, scored)).toEqual(right.slice(0, scored));
          if (mode === 'chain-of-thought') expect(read.trace).toEqual(task.trace!(input));
        }),
        { seed: 1, numRuns: 60 },
      );
    });
  }
  test('tokens that are no answer are -1, and an answer that never comes is empty', () => {
    const format = createFormat(new Parity(), 'chain-of-thought');
    if (format instanceof DirectFormat) throw new Error('not a direct format');
    const [end, mark] = [format.vocabulary.special('<end>'), format.vocabulary.special('<answer>')];
    expect(format.decode([mark, 0, end]).answer).toEqual([-1]);
    expect(format.decode([0, 0, 0]).answer).toEqual([]);
  });
  test('a filler prompt tells nothing but the length of the input', () => {
    const format = createFormat(new Multiplication(), 'filler');
    const lengths = [
      [1, 0, 2, 1, 1],
      [1, 1, 2, 0, 1],
    ].map((input) => format.prompt(input).length);
    expect(new Set(lengths).size).toBe(1);
  });
});
