import type { Figure, Panel, Series } from '../../core/contracts/figure';
import { printable } from '../../report/printable';
import { tableOf, type Table } from '../../report/table';
import type { Findings } from '../findings/findings';
import { overSeeds } from '../findings/over-seeds';
import { effectsOf, type Effect, type Model, modelsOf, type Results, type Run, shareOf } from './models';
import { percent, points, statementsOf, valueShown } from './statements';

/** Everything that the records say, as far as they are there. */
export function summariseRebalancing(results: Results): Findings {
  const models = modelsOf(results);
  const measured = models.filter(({ runs }) => runs.length > 0);
  return {
    title: `Attention rebalancing: ${printable(results.manifest.experiment)}`,
    statements: statementsOf(measured),
    figures: measured.length > 0 ? [accuracyFigure(measured), massFigure(measured)] : [],
    tables: measured.length > 0 ? [effectsTable(measured), massTable(measured)] : [],
    notes: notesOf(models, results),
  };
}

/** Accuracy by what is varied, a panel for each model, a line for each part of the test inputs. */
function accuracyFigure(models: readonly Model[]): Figure {
  const { vary } = models[0]!.settings;
  const linesOf = ({ runs, settings }: Model): Series[] =>
    runs[0]!.unmodified.parts.map(({ part }, place) => ({
      name: part,
      points: settings.values.map((value, at) =>
        overSeeds(
          value,
          runs.map(({ seed, varied }) => ({ seed, y: shareOf(varied[at]!.parts[place]!) })),
        ),
      ),
    }));
  return {
    id: `accuracy-by-${vary.toLowerCase()}`,
    title: 'Accuracy under the intervention',
    caption:
      `Share of test inputs whose whole answer is right, by ${vary}; 0 leaves the model as it is. Points are lower medians ` +
      'of the seeds, intervals their least and most.',
    panels: models.map((model): Panel => ({
      title: model.title,
      x: { title: vary },
      y: { title: 'inputs answered', isShare: true, domain: [0, 1] },
      series: linesOf(model),
      references: [{ axis: 'x', at: model.settings.published, label: 'as published' }],
    })),
  };
}

/** Values that attention is shown at: as published, and the largest. */
const shownValues = ({ settings: { values, published } }: Model): number[] => [
  ...new Set([...values.filter((value) => value === published), Math.max(...values)]),
];
const massesAt = ({ varied }: Run, value: number) => varied.find((each) => each.value === value)!.masses;

function massFigure(models: readonly Model[]): Figure {
  const barsOf = (model: Model): Series[] => {
    const bars = (name: string, masses: (run: Run) => Run['unmodified']['masses']): Series => ({
      name,
      mark: 'bar',
      points: masses(model.runs[0]!).map(({ layer }, at) =>
        overSeeds(
          `layer ${layer}`,
          model.runs.map((run) => ({ seed: run.seed, y: masses(run)[at]!.mass })),
        ),
      ),
    });
    return [
      bars('as trained', ({ unmodified }) => unmodified.masses),
      ...shownValues(model).map((value) =>
        bars(`${model.settings.vary} ${valueShown(value)}`, (run) => massesAt(run, value)),
      ),
    ];
  };
  return {
    id: 'attention-by-layer',
    title: 'Attention on tokens without content',
    caption:
      'Share of the attention of each layer on tokens that belong to no task, such as <equals>, <answer> and <slot>, at the ' +
      'positions whose prediction is scored; the line is what uniform attention would give. Bars are lower medians of the ' +
      'seeds, intervals their least and most.',
    panels: models
      .filter(({ runs }) => runs[0]!.unmodified.masses.length > 0)
      .map((model) => ({
        title: model.title,
        x: { title: 'layer', scale: 'category' },
        y: { title: 'share of attention', isShare: true, domain: [0, 1] },
        series: barsOf(model),
        references: [{ axis: 'y', at: model.runs[0]!.uniformMass, label: 'uniform' }],
      })),
  };
}

function effectsTable(models: readonly Model[]): Table {
  const rows = models.flatMap((model) => effectsOf(model).map((effect) => ({ model, effect })));
  const column = (title: string, text: (effect: Effect) => string, dispensable?: number) => ({
    ...{ title, align: 'right' as const, ...(dispensable && { dispensable }) },
    text: ({ effect }: (typeof rows)[number]) => text(effect),
  });
  return tableOf(
    'Answers before and after',
    [
      { title: 'model', align: 'left', text: ({ model }) => model.title },
      { title: 'inputs', align: 'left', text: ({ effect }) => effect.part },
      column(models[0]!.settings.vary, ({ value }) => valueShown(value)),
      column('before %', ({ before }) => percent(before)),
      column('after %', ({ after }) => percent(after)),
      column('difference', ({ difference }) => points(difference)),
      column('standard error', ({ standardError }) => (100 * standardError).toFixed(1)),
      column('answers changed %', ({ changed }) => percent(changed), 2),
      column('inputs', ({ sequences }) => String(sequences), 3),
    ],
    rows,
  );
}

function massTable(models: readonly Model[]): Table {
  const rows = models.flatMap((model) =>
    model.runs[0]!.unmodified.masses.map(({ layer }, at) => ({ model, layer, at })),
  );
  const mean = (runs: readonly Run[], of: (run: Run) => number) =>
    percent(runs.reduce((sum, run) => sum + of(run), 0) / runs.length);
  const values = shownValues(models[0]!);
  return tableOf(
    'Share of attention on tokens without content, mean over seeds',
    [
      { title: 'model', align: 'left', text: ({ model }) => model.title },
      { title: 'layer', align: 'right', text: ({ layer }) => String(layer) },
      { title: 'uniform %', align: 'right', text: ({ model }) => mean(model.runs, ({ uniformMass }) => uniformMass) },
      {
        title: 'as trained %',
        align: 'right',
        text: ({ model, at }) => mean(model.runs, ({ unmodified }) => unmodified.masses[at]!.mass),
      },
      ...values.map((value) => ({
        title: `${models[0]!.settings.vary} ${valueShown(value)} %`,
        align: 'right' as const,
        text: ({ model, at }: (typeof rows)[number]) => mean(model.runs, (run) => massesAt(run, value)[at]!.mass),
      })),
    ],
    rows,
  );
}

function notesOf(models: readonly Model[], { manifest }: Results): string[] {
  const missing = models.reduce((sum, { runs, asked }) => sum + asked - runs.length, 0);
  const seeds = [...new Set(models.map(({ asked }) => asked))].join(' or ');
  return [
    ...(models.length > 0
      ? [
          `${seeds} seeds of each of ${models.length} models. A standard error is over the test inputs of all seeds, which are ` +
            'the same before and after; it says nothing of other seeds.',
        ]
      : []),
    ...(missing > 0 ? [`${missing} of ${manifest.cells.length} trainings are missing.`] : []),
    ...manifest.inapplicable.map(({ architecture, task, reason }) =>
      printable(`${architecture} on ${task} is not measured: ${reason}.`),
    ),
    'Formula, alpha 0.2 and threshold 0.01 are those of the code of Liao and Vargas 2024 (arXiv:2403.14932) for LLaMA-2. Models, ' +
      'tasks, other values and what counts as a token without content are ours, and so is the scale: these models are small.',
  ];
}
