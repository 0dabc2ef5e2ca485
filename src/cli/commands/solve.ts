import { createInterface } from 'node:readline';
import type { Task } from '../../core/contracts/task';
import { zooError } from '../../core/errors';
import { answer, answerLines } from '../answers';
import type { Context } from '../io';
import { jsonOption, pluginOption, setOption } from '../options';
import { openTask, type TaskOptions } from '../units';
import type { CommandDefinition } from '../command';

export const solve: CommandDefinition = {
  examples: [
    'zoo solve parity "1 0 1 1"',
    'zoo sample parity --length 9 --count 2',
    'zoo solve reversal - < inputs.txt',
    'zoo solve parity "1 1" --json',
  ],
  define: (command, context) =>
    command
      .argument('<task>', 'name of a task')
      .argument('<input>', 'ids of input symbols, separated by spaces; - reads one input per line from standard input')
      .addOption(setOption('base=3'))
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(async (id: string, input: string, options: TaskOptions & { json?: boolean }) => {
        const { task } = await openTask(id, options, context);
        if (input !== '-') return solveLine(task, input, 'the input', options, context);
        let line = 0;
        for await (const text of createInterface({ input: context.io.stdin, crlfDelay: Infinity })) {
          await solveLine(task, text, `standard input, line ${++line}`, options, context);
        }
      }),
};

async function solveLine(
  task: Task,
  text: string,
  place: string,
  { json }: { json?: boolean },
  context: Context,
): Promise<void> {
  const solved = answer(task, parseInput(text, task.alphabets.input, place));
  if (json) await context.printJson(solved);
  else for (const line of answerLines(task, solved, context)) await context.print(line);
}

/** Ids of an input, checked against the alphabet. */
function parseInput(text: string, alphabet: readonly string[], place: string): number[] {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const valid = `ids from 0 to ${alphabet.length - 1}: ${alphabet.map((symbol, id) => `${id} for "${symbol}"`).join(', ')}`;
  if (words.length === 0)
    throw zooError('invalid-input', { place, problem: 'an input of length 0 has no answer.', valid });
  return words.map((word, at) => {
    const id = Number(word);
    if (/^\d+$/.test(word) && id < alphabet.length) return id;
    throw zooError('invalid-input', { place, problem: `symbol ${at + 1} is "${word}".`, valid });
  });
}
