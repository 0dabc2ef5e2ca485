import { Argument } from 'commander';
import type { CommandDefinition } from '../command';
import { completionScripts, type Shell } from '../completion-scripts';

export const completion: CommandDefinition = {
  examples: [
    'zoo completion fish > ~/.config/fish/completions/zoo.fish',
    'eval "$(zoo completion bash)"',
    'eval "$(zoo completion zsh)"',
  ],
  define: (command, context) =>
    command
      .addArgument(new Argument('<shell>', 'which one').choices(Object.keys(completionScripts)))
      .action((shell: Shell) => context.print(completionScripts[shell].trimEnd())),
};
