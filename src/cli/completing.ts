import type { CommandEntry } from './command';
import { printable } from '../report/printable';
import { commands } from './commands';

/* eslint-disable @typescript-eslint/no-require-imports -- knows units, which other commands need not wait for */
const completion = () => require('./completion') as typeof import('./completion');
/* eslint-enable @typescript-eslint/no-require-imports */

/** `zoo complete`: asked by shells at the tab key, so that no help lists it. */
export const completing: CommandEntry = {
  name: 'complete',
  summary: 'say what may follow on an unfinished command line, for shells',
  hidden: true,
  load: () => ({
    examples: ['zoo complete -- run --rows lst'],
    define: (command, context) =>
      command
        .argument('[words...]', 'behind zoo, the last one unfinished')
        .allowUnknownOption()
        .action(async (words: readonly string[]) => {
          const found = completion().candidatesFor(words, commands, context);
          const lines = found.map(({ word, meaning }) => [word, meaning].filter(Boolean).map(printable).join('\t'));
          // As bytes: a tab is what shells split at, and no line of text has one.
          await context.write(Buffer.from(lines.map((line) => `${line}\n`).join('')));
        }),
  }),
};
