import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeAtomically } from '../../core/atomic-file';
import type { Engine, EngineName } from '../../core/contracts/engine';
import { zooError } from '../../core/errors';
import { measureApart } from '../../bench/apart';
import { stepLines, type StepRow } from '../../bench/views';
import { enginesOf, type Engines } from '../../engine/select';
import { systemClock } from '../../core/clock';
import { findExperiment, readExperiment } from '../../run/experiment/load';
import { GridExperiment } from '../../studies/experiment';
import { applySettings } from '../../run/experiment/settings';
import { describeMachine, versions } from '../../train/provenance';
import { defaultExperiment } from '../../core/experiment';
import type { Context } from '../io';
import { jsonOption, pluginOption, setOption, wholeNumber } from '../options';
import { openRegistry } from '../units';
import { defineTaskBench } from './bench-tasks';
import type { CommandDefinition } from '../command';

interface BenchOptions {
  readonly batch: number;
  readonly tokens: number;
  readonly vocabulary: number;
  readonly threads: number;
  readonly steps: number;
  /** Absent: every one. */
  readonly engine?: string;
  readonly out?: string;
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

export const bench: CommandDefinition = {
  examples: [
    'zoo bench',
    'zoo bench lstm --set lstm.hiddenSize=256',
    'zoo bench transformer rwkv --engine native --threads 2 --json',
    'zoo bench tasks',
  ],
  define: (command, context) => {
    command
      .argument('[architecture...]', `names of architectures (default: those of ${defaultExperiment})`)
      .option('--batch <sequences>', 'sequences of a step', wholeNumber(1), 128)
      .option('--tokens <tokens>', 'tokens of a sequence', wholeNumber(1), 40)
      .option('--vocabulary <size>', 'different tokens', wholeNumber(1), 16)
      .option('--threads <threads>', 'threads of the native and the onnx engine', wholeNumber(1, 1024), 1)
      .option('--steps <steps>', 'most steps to time; slow engines take fewer', wholeNumber(1), 20)
      .option('--engine <name>', 'what computes (default: every engine that works here)')
      .option('--out <file>', 'also write the figures to this file, as JSON')
      .addOption(setOption('lstm.hiddenSize=256'))
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action((names: string[], options: BenchOptions) => benchSteps(names, options, context));
    defineTaskBench(command.command('tasks'), context);
  },
};

/** Times training steps, every architecture on every engine in a process of its own, one after the other. */
async function benchSteps(names: readonly string[], options: BenchOptions, context: Context): Promise<void> {
  const { batch, tokens, vocabulary, threads, steps, set, plugin, out, json } = options;
  const { workingFolder } = context.io;
  const { registry, loaded } = await openRegistry(['architectures', 'engines'], plugin, workingFolder);
  const plugins = loaded.map(({ file }) => file);
  const asked = withSettings(names.length ? names : rowsOfDefaultExperiment(context), set).map((entry) => {
    const unit = registry.resolve('architecture', entry.id);
    const hyperparameters = registry.hyperparameters(unit, entry.hyperparameters, { place: entry.id });
    return { architecture: entry.id, hyperparameters };
  });
  const file = out && prepared(resolve(workingFolder, out));
  const rows: StepRow[] = [];
  const engines = enginesOf(registry);
  const measured = await enginesToMeasure(engines, options.engine);
  for (const engine of measured) {
    for (const each of asked) {
      const question = { ...each, plugins, engine, threads, batch, tokens, vocabulary, steps };
      if (context.io.stderr.isTTY) context.note(`measuring ${each.architecture} on ${engine}`);
      rows.push({ question, answer: await measureApart(question) });
    }
  }
  const report = {
    measuredAt: systemClock.timestamp(),
    machine: describeMachine(),
    versions: versions({ versions: await versionsOf(engines, measured) }),
    batch,
    tokens,
    vocabulary,
    threads,
    rows: rows.map(({ question: { architecture, hyperparameters, engine }, answer }) => ({
      architecture,
      hyperparameters,
      engine,
      ...(answer.type === 'measured' ? answer.measurement : { code: answer.error.code, error: answer.error.message }),
    })),
  };
  if (file) writeAtomically(file, `${JSON.stringify(report, null, 2)}\n`);
  if (rows.some(({ answer }) => answer.type === 'failed')) context.exitCode = 1;
  if (json) return context.printJson(report);
  for (const line of stepLines(rows)) await context.print(line);
}

function rowsOfDefaultExperiment({ io: { workingFolder } }: Context): string[] {
  const { plain } = readExperiment(findExperiment(defaultExperiment, workingFolder), workingFolder);
  const { architectures } = GridExperiment.writtenOut(plain);
  return (architectures as GridExperiment['architectures']).map(({ id }) => id);
}

/** `--set` as `zoo run` understands it; there is no protocol to set values of. */
function withSettings(names: readonly string[], settings: readonly string[]): GridExperiment['architectures'] {
  if (settings.some((setting) => /^\s*protocol\b/.test(setting))) {
    const problem = '--set protocol: a bench has no protocol; its sizes are --batch, --tokens and --vocabulary.';
    throw zooError('usage', { problem, command: 'zoo bench' });
  }
  const entries = [...new Set(names)].map((id) => ({ id, hyperparameters: {} }));
  return applySettings({ architectures: entries }, settings).architectures as GridExperiment['architectures'];
}

/** Makes the folder of a file before anything is measured. */
function prepared(file: string): string {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw zooError('unwritable-folder', { folder: dirname(file), reason: (error as Error).message });
  }
  return file;
}

/** Those that work here. One that takes the implementation of another is measured once. */
async function enginesToMeasure(engines: Engines, asked: string | undefined): Promise<EngineName[]> {
  const reports = await engines.reports(asked);
  const working = reports.filter(({ available }) => available);
  if (working.length === 0) {
    const reasons = reports.map(({ implementation, reason }) => `${implementation}: ${reason}`);
    throw zooError('no-engine', { asked: asked ?? 'any', reasons });
  }
  const lastOfEach = new Map(working.map(({ implementation, name }) => [implementation, name]));
  return [...lastOfEach.values()];
}

/** What these engines compute with besides the packages of the zoo. */
async function versionsOf(engines: Engines, names: readonly EngineName[]): Promise<Engine['versions']> {
  const versions: Record<string, string> = {};
  for (const name of names) {
    const engine = await engines.open(name, { threads: 1 });
    Object.assign(versions, engine.versions);
    await engine.dispose();
  }
  return versions;
}
