import { discover } from '../../../registry/discover';
import type { Registry } from '../../../registry/registry';
import type { RegisteredUnit } from '../../../registry/units';
import { zooError } from '../../core/errors';
import { nearestNames } from '../../core/nearest';
import type { Figures } from '../../studies/figures/figures';
import type { CommandDefinition } from '../command';
import { addResultOptions, openPart, type ResultOptions } from '../drawing';
import type { Context } from '../io';
import { refuseCorrupt } from '../results';
import { drawOn, formats } from '../views';

interface PlotCommandOptions extends ResultOptions {
  readonly what: string;
  readonly by?: string;
}

export const plot: CommandDefinition = {
  examples: [
    'zoo plot results/quick --only "lstm,transformer x parity"',
    'zoo plot results/quick --what training --only "lstm x parity"',
    'zoo plot results/claims --what cost --by flops --format svg > cost.svg',
    'zoo plot results/quick --rows lstm,gru --columns parity --score scaled --format pdf > lengths.pdf',
    'zoo plot runs/mechanistic --what scaling --by trainingSequences',
    'zoo list plots',
  ],
  define: (command, context) =>
    addResultOptions(command)
      .option('--what <plot>', 'length, training, cost, scaling; zoo list plots shows all', 'length')
      .option('--by <name>', 'what its horizontal axis is, where a plot has several')
      .action((names: readonly string[], options: PlotCommandOptions) => print(names, options, context)),
};

async function print(names: readonly string[], options: PlotCommandOptions, context: Context): Promise<void> {
  const { score, title, by, theory, json, width, theme } = options;
  const results = await openPart(names, options, context);
  const { registry, study, manifest, shown = manifest } = results;
  const unit = plotOf(discover(registry, 'plots'), study.id, options.what);
  const { by: choices } = unit.meta;
  if (by !== undefined && choices && !choices.includes(by))
    throw usage(`The plot ${unit.id} knows no "${by}"; --by may be ${choices.join(', ')}.`, nearestNames(by, choices));
  const summary: unknown = registry.create(study).summarise({ ...results, manifest: shown, theory });
  const figures = registry.create(unit).figures(summary, { score, title, by });
  if (figures.length === 0) throw usage(`There is nothing to plot as ${unit.id} in these results.`);
  const drawn: Figures = { title: title ?? figures[0]!.title, figures };
  const format = json ? formats.scripts : options.format;
  await drawOn(registry, { of: 'figures', format }, drawn, { score, theme, title, width }, context);
  refuseCorrupt(results);
}

/** @throws usage with the plots that there are for the study */
function plotOf(registry: Registry, study: string, what: string): RegisteredUnit<'plot'> {
  const plots = registry.all('plot').filter(({ meta }) => meta.study === study);
  const found = plots.find(({ id }) => id === what);
  if (found) return found;
  const ids = plots.map(({ id }) => id);
  if (ids.length === 0) throw usage(`The study ${study} has no plots; zoo view draws its figures.`, [], 'zoo view');
  throw usage(`There is no plot "${what}"; there are ${ids.join(', ')}.`, nearestNames(what, ids));
}

const usage = (problem: string, nearest: readonly string[] = [], command = 'zoo plot') =>
  zooError('usage', { problem, nearest: [...nearest], command });
