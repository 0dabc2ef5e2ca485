import { createInterface } from 'node:readline';
import type { Task } from '../../core/contracts/task';
import { ZooError, zooError } from '../../core/errors';
import { answer, answerLines, type Answer } from '../answers';
import { reportError } from '../errors';
import type { Context } from '../io';
import { jsonOption, pluginOption, setOption } from '../options';
import { readSymbols, writing } from '../symbols';
import { openTask, type TaskOptions } from '../units';
import type { CommandDefinition } from '../command';

interface SolveOptions extends TaskOptions {
  readonly json?: boolean;
  readonly debug?: boolean;
}

export const solve: CommandDefinition = {
  examples: [
    'zoo solve parity "1 0 1 1"',
    'zoo solve dyck-2 "( [ ] )"',
    'zoo solve "regex:[1-5]*5" "1 4"',
    'zoo solve dyck-2 ""                   (the empty word, where the task accepts it)',
    'zoo solve reversal - < inputs.txt     (an answer a line, an empty one where there is no answer)',
    'zoo solve parity "1 1" --json',
  ],
  define: (command, context) =>
    command
      .argument('<task>', 'name of a task')
      .argument(
        '<input>',
        `${writing}; - reads one input per line from standard input and answers each with a line: one that cannot be answered is told on standard error with its number, its line stays empty (with --json it holds the error), and the exit code is 2`,
      )
      .addOption(setOption('base=3'))
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(async (id: string, input: string, options: SolveOptions) => {
        const { task } = await openTask(id, options, context);
        if (input === '-') return solveStream(task, options, context);
        const solved = solveText(task, input, 'the input');
        if (options.json) return context.printJson(solved);
        for (const line of answerLines(solved, context)) await context.print(line);
      }),
};

/** Lines in, lines out: each stands where its input does, so that both can be put side by side. */
async function solveStream(task: Task, { json = false, debug = false }: SolveOptions, context: Context): Promise<void> {
  let number = 0;
  for await (const text of createInterface({ input: context.io.stdin, crlfDelay: Infinity })) {
    const line = ++number;
    const solved = tried(task, line === 1 ? text.replace(/^\uFEFF/, '') : text, `standard input, line ${line}`);
    if (solved instanceof ZooError) {
      context.exitCode = reportError(solved, context, { json, debug });
      const { code, what } = solved;
      await (json ? context.printJson({ line, error: { code, what } }) : context.print(''));
    } else await (json ? context.printJson(solved) : context.print(solved.symbols.output.join(' ')));
  }
}

function tried(task: Task, text: string, place: string): Answer | ZooError {
  try {
    return solveText(task, text, place);
  } catch (error) {
    if (error instanceof ZooError) return error;
    throw error;
  }
}

/** @throws invalid-input, malformed-input or too-long, naming the place */
function solveText(task: Task, text: string, place: string): Answer {
  const input = readSymbols(text, task.alphabets.input, place);
  try {
    const solved = answer(task, input);
    if (isAnswer(task, solved)) return solved;
  } catch (error) {
    if (!(error instanceof ZooError)) throw error;
    throw new ZooError(error.code, `${place}: ${error.what}`, error.nearest, error.remedy);
  }
  throw zooError('invalid-input', {
    place,
    problem: 'an input of length 0 has no answer.',
    valid: 'inputs of at least one symbol',
  });
}

/** Tasks begin at length 1; what those say of the empty word that do not know it is no answer. */
const isAnswer = ({ alphabets }: Task, { input, output }: Answer): boolean =>
  input.length > 0 || (output.length > 0 && output.every((id) => alphabets.output[id] !== undefined));
