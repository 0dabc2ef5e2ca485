import { createRng, partOf } from '../../../registry';
import type { Source } from './examples';

/** Few lengths, so that each has examples enough. */
const lengths = [2, 4, 8, 16, 32, 64, 128, 256, 512];
/** Words of each label, by part: as many as a hash of the input makes of 128. */
const quota = { training: 104, validation: 8, test: 16 } as const;
const mostDraws = 1024;

/** What the task has without a file: words of a and b, and whether they begin and end alike. */
export function exampleWords(): Source {
  const rng = createRng('dataset');
  const rows = lengths.flatMap((length) => {
    const stream = rng.split(length);
    const drawn = new Set<string>();
    const left = { yes: { ...quota }, no: { ...quota } } as Record<'yes' | 'no', Record<keyof typeof quota, number>>;
    return Array.from({ length: mostDraws }, () => Array.from({ length }, () => stream.integer(2))).flatMap((word) => {
      const [input, output] = [
        word.map((bit) => 'ab'[bit]).join(''),
        word.at(0) === word.at(-1) ? 'yes' : 'no',
      ] as const;
      if (drawn.has(input) || left[output][partOf(word)] === 0) return [];
      drawn.add(input);
      left[output][partOf(word)]--;
      return { input, output, line: 0 };
    });
  });
  return [{ file: { name: 'the example' }, rows: rows.map((row, at) => ({ ...row, line: at + 1 })) }];
}
