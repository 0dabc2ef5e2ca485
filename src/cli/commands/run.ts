import { availableParallelism } from 'node:os';
import type { Registry } from '../../../registry/registry';
import { systemClock } from '../../core/clock';
import type { Reporter } from '../../core/contracts/execution';
import type { ReporterOptions } from '../../run/progress/line-reporter';
import { createReporter } from '../../run/progress/reporter';
import { exitCodes } from '../errors';
import { openExperiment, type ExperimentOptions, type OpenedExperiment } from '../experiment';
import type { Context } from '../io';
import { stoppedBy } from '../jobs';
import { failedCells, measureExperiment, submitExperiment, type MeasuredExperiment } from '../measuring';
import { addExecutorOptions, addExperimentOptions, detachOption, logOption } from '../options';
import { formats, printSummary } from '../views';
import type { CommandDefinition } from '../command';

export interface RunOptions extends ExperimentOptions {
  readonly executor?: string;
  readonly setExecutor: readonly string[];
  readonly detach?: boolean;
  readonly log: readonly string[];
  readonly json?: boolean;
}

export const run: CommandDefinition = {
  examples: [
    'zoo run',
    'zoo run smoke',
    'zoo run in-context-concepts --quick',
    'zoo run experiments/standard.json --workers 8',
    'zoo run --only "lstm x parity" --seeds 3',
    'zoo run --rows mamba,lstm --columns "*dyck*,level:counter" --match parameters=16k',
    'zoo run --plugin ./my-model.ts --only my-model',
    'zoo run --set lstm.hiddenSize=128 --out runs/wide',
    'zoo run --match parameters=64k --out runs/64k',
    'zoo run claims --only "lstm x parity" --repeat 5',
    'zoo run --log tensorboard --log jsonl',
    'zoo run --executor slurm --set-executor partition=cpu,time=2h --detach',
    'zoo run standard --shard 3/16 --out runs/standard-3',
  ],
  define: (command, context) =>
    addExecutorOptions(addExperimentOptions(command))
      .addOption(detachOption())
      .addOption(logOption())
      .action((name: string, options: RunOptions) => runNamed(name, options, context)),
};

/** What else is made of a run before it ends: it is given what the study says of the records, and the folder. */
export type Afterwards = (
  summary: unknown,
  run: { readonly folder: string; readonly registry: Registry },
) => Promise<void>;

/** Runs an experiment by its name or file. */
export async function runNamed(
  name: string,
  options: RunOptions,
  context: Context,
  afterwards?: Afterwards,
): Promise<void> {
  const opened = await openExperiment(name, options, context);
  if (options.detach) return detach(opened, options, context);
  const stopping = new AbortController();
  const stopListening = context.io.onInterrupt((cause) => stopping.abort(stoppedBy[cause]));
  try {
    const measured = await measureExperiment(
      opened,
      { ...options, stopping, reporter: (finished, tell) => reporterFor(context, { ...options, finished, tell }) },
      context,
    );
    if (measured) return await show(measured, options, context, afterwards);
    context.note(`Stopped. Everything so far is in ${opened.store.location}; the same command goes on from there.`);
    context.exitCode = exitCodes.interrupted;
  } finally {
    stopListening();
  }
}

async function detach(opened: OpenedExperiment, options: RunOptions, context: Context): Promise<void> {
  const { said, canBeEnded } = await submitExperiment(opened, options, context);
  const folder = opened.store.location;
  if (options.json) return context.printJson({ folder, submitted: said });
  const ending = canBeEnded ? `, zoo cancel ${folder} ends them` : '';
  await context.print(`${said}\nzoo watch ${folder} follows them${ending}.`);
}

async function show(
  measured: MeasuredExperiment,
  { json }: RunOptions,
  context: Context,
  afterwards?: Afterwards,
): Promise<void> {
  const format = json ? formats.scripts : formats.people;
  const summary = await printSummary(measured, { format, score: 'exact' }, context);
  await afterwards?.(summary, measured);
  const error = failedCells(measured);
  if (error) throw error;
}

/** Shows a run on standard error, as suits it. */
export const reporterFor = (
  { io: { stderr: stream, environment }, errorTerminal: terminal }: Context,
  {
    workers = availableParallelism(),
    finished,
    tell,
  }: Partial<Pick<ReporterOptions, 'workers'>> & Pick<ReporterOptions, 'finished' | 'tell'>,
): Reporter => createReporter({ stream, environment, terminal, workers, finished, clock: systemClock, tell });
