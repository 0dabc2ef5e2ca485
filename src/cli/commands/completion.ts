import { Argument } from 'commander';
import type { CommandDefinition } from '../command';
import { completionScripts, type Shell } from '../completion-scripts';

export const completion: CommandDefinition = {
  examples: [
    'eval "$(zoo completion bash)"',
    'eval "$(zoo completion zsh)"',
    'zoo completion fish > ~/.config/fish/completions/zoo.fish',
  ],
  define: (command, context) =>
    command
      .addArgument(new Argument('<shell>', 'which one').choices(Object.keys(completionScripts)))
      .action((shell: Shell) => context.print(completionScripts[shell].trimEnd())),
};
