import { Command, CommanderError } from 'commander';
import { packageFile } from '../core/package';
import { commands } from './commands';
import { completing } from './completing';
import { exitCodes, reportError, usageError } from './errors';
import { zooError } from '../core/errors';
import { systemReason } from '../core/system-reason';
import { Context, OutputGone, type Io } from './io';

/** Runs one command line and returns its exit code. Nothing here ends the process. */
export async function runCli(commandLine: readonly string[], io: Io): Promise<number> {
  const context = new Context(io);
  const words = commandLine.length ? commandLine : ['--help'];
  const flags = { json: words.includes('--json'), debug: words.includes('--debug') };
  try {
    await program(words, context).parseAsync([...words], { from: 'user' });
    return context.exitCode;
  } catch (error) {
    if (error instanceof OutputGone) {
      if (error.isClosed) return context.exitCode;
      return reportError(zooError('output-failed', { reason: systemReason(error.cause) }), context, flags);
    }
    if (!(error instanceof CommanderError)) return reportError(error, context, flags);
    return error.exitCode === 0 ? exitCodes.success : reportError(usageError(error), context, flags);
  }
}

/** The command tree. A command's module is loaded only when its name is on the command line. */
function program(words: readonly string[], context: Context): Command {
  const zoo = new Command('zoo')
    .description(
      'Which architecture can compute what? Trains sequence models on formal languages and prints a capability matrix.',
    )
    .version(packageFile.version)
    .option('--debug', 'show where an error happened')
    .enablePositionalOptions() // what follows a command's name is that command's
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void context.io.stdout.write(text),
      writeErr: (text) => void context.io.stderr.write(text),
      outputError: () => {}, // reportError prints it
      getOutHasColors: () => context.colors.isColorSupported,
    })
    .addHelpText('after', examples(['zoo run', 'zoo run smoke', 'zoo matrix', 'zoo show parity', 'zoo run --help']));
  for (const { name, summary, hidden, load } of [...commands, completing]) {
    const command = zoo.command(name, { hidden }).description(summary);
    if (!words.includes(name)) continue;
    const definition = load();
    definition.define(command, context);
    command.option('--debug', 'show where an error happened').addHelpText('after', examples(definition.examples));
  }
  return zoo;
}

const examples = (lines: readonly string[]): string => `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
