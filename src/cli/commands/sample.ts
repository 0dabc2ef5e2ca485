import { createRng } from '../../core/random';
import { answer, answerLines } from '../answers';
import { jsonOption, pluginOption, setOption, wholeNumber } from '../options';
import { openTask, type TaskOptions } from '../units';
import type { CommandDefinition } from '../command';

interface SampleOptions extends TaskOptions {
  readonly length: number;
  readonly count: number;
  readonly seed: number;
  readonly json?: boolean;
}

const longest = 1_000_000;

export const sample: CommandDefinition = {
  examples: ['zoo sample parity --length 10 --count 3 --seed 1', 'zoo sample brackets --json'],
  define: (command, context) =>
    command
      .argument('<task>', 'name of a task')
      .option('--length <symbols>', 'length of the inputs, at least 1', wholeNumber(1, longest), 10)
      .option('--count <inputs>', 'number of inputs', wholeNumber(1), 1)
      .option('--seed <number>', 'the same seed draws the same inputs', wholeNumber(0), 1)
      .addOption(setOption('base=3'))
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(async (id: string, options: SampleOptions) => {
        const { unit, task } = await openTask(id, options, context);
        const { count, seed } = options;
        // Whoever writes a language wants to know that it has no words of a length.
        const length = (unit.stands ? undefined : task.inputLength?.(options.length)) ?? options.length;
        const rng = createRng(seed).split('sample').split(id);
        const samples = Array.from({ length: count }, (_, i) => answer(task, task.sample(rng.split(i), length)));
        if (options.json) return context.printJson({ task: id, length, seed, samples });
        if (length !== options.length)
          context.note(`${id} has no inputs of length ${options.length}; these have ${length}.`);
        for (const [at, drawn] of samples.entries()) {
          for (const line of [...(at ? [''] : []), ...answerLines(task, drawn, context)]) await context.print(line);
        }
      }),
};
