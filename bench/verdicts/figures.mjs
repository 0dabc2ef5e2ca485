// Figures from runs, and the table that is written from the figures.
import { geometricMean, median } from '../peers/results.mjs';

const target = 0.99;

/** Seconds of a step in the loop, looks included, and what a run takes besides: {rate, fixed}. */
function partsOf({ wall, steps, looks }) {
  const [first, last] = [looks[0], looks.at(-1)];
  const rate = last.step > first.step ? (last.seconds - first.seconds) / (last.step - first.step) : 0;
  return { rate, fixed: wall - rate * steps, start: first.seconds - rate * first.step };
}

const learntAt = ({ looks }) => looks.find(({ exact }) => exact >= target);

/**
 * What the runs of a cell say of each contestant: medians of seconds to the record and to the target as they were, and
 * as they would be if all took the same number of steps, the geometric mean of all runs; fixed costs stay as they are.
 */
export function figuresOf(runs) {
  const all = Object.values(runs).flat();
  const steps = geometricMean(all.map((run) => run.steps));
  const learnt = all.flatMap((run) => learntAt(run)?.step ?? []);
  const stepsToTarget = learnt.length ? geometricMean(learnt) : null;
  const contestants = Object.fromEntries(
    Object.entries(runs).map(([name, own]) => {
      const toTarget = own.flatMap((run) => learntAt(run)?.seconds ?? []);
      const parts = own.map(partsOf);
      return [
        name,
        {
          record: median(own.map(({ wall }) => wall)),
          recordAtEqualSteps: median(parts.map(({ fixed, rate }) => fixed + rate * steps)),
          target: toTarget.length === own.length ? median(toTarget) : null,
          targetAtEqualSteps:
            stepsToTarget === null ? null : median(parts.map(({ start, rate }) => start + rate * stepsToTarget)),
          secondsUntilFirstStep: median(parts.map(({ start }) => start)),
          millisecondsPerStep: 1000 * median(parts.map(({ rate }) => rate)),
          steps: own.map((run) => run.steps),
          stepsToTarget: own.map((run) => learntAt(run)?.step ?? null),
          ranges: own.map(({ ranges }) => ranges),
        },
      ];
    }),
  );
  return { steps, stepsToTarget, contestants };
}

/** The fastest of the peers, and how many times sooner than it the zoo is. */
export function against(contestants, zoo, peers, figure) {
  const own = contestants[zoo]?.[figure];
  const [best] = peers
    .flatMap((name) => (contestants[name]?.[figure] ? [{ name, seconds: contestants[name][figure] }] : []))
    .sort((a, b) => a.seconds - b.seconds);
  return own && best ? { name: best.name, ratio: best.seconds / own } : null;
}

/** Ratios that the table shows: title, contestant of the zoo, figure, and whether a peer may have compiled before. */
export const comparisons = [
  { title: 'record, warm', zoo: 'zoo', figure: 'record' },
  { title: 'record, warm, equal steps', zoo: 'zoo', figure: 'recordAtEqualSteps' },
  { title: 'target, warm, equal steps', zoo: 'zoo', figure: 'targetAtEqualSteps' },
  { title: 'record, cold', zoo: 'zoo, cold', figure: 'record' },
  { title: 'record, cold, equal steps', zoo: 'zoo, cold', figure: 'recordAtEqualSteps' },
  { title: 'record, warm, equal steps, JAX compiled before', zoo: 'zoo', figure: 'recordAtEqualSteps', kept: true },
];
const peersOf = (names, kept) =>
  names.filter((name) => !name.startsWith('zoo') && (kept || name !== 'jax, compiled before'));

/** Each comparison for each cell, and geometric means. */
export function ratiosOf(cells) {
  return comparisons.map(({ title, zoo, figure, kept = false }) => {
    const ratios = cells.map(({ contestants }) =>
      against(contestants, zoo, peersOf(Object.keys(contestants), kept), figure),
    );
    const values = ratios.flatMap((each) => each?.ratio ?? []);
    return { title, ratios, geometricMean: values.length ? geometricMean(values) : null };
  });
}

const line = (cells) => `| ${cells.join(' | ')} |`;
const seconds = (value) => (value === null || value === undefined ? '' : value.toFixed(1));

/** The tables as Markdown. */
export function asMarkdown({ cells, command, machine, runtime, versions, rounds, measuredAt, loadBefore, failures }) {
  const names = [...new Set(cells.flatMap(({ contestants }) => Object.keys(contestants)))];
  const title = ({ row, column }) => `${row} x ${column}`;
  const table = (figure) => [
    line(['cell', ...names]),
    line(['---', ...names.map(() => '---:')]),
    ...cells.map((cell) => line([title(cell), ...names.map((name) => seconds(cell.contestants[name]?.[figure]))])),
    '',
  ];
  const ratios = ratiosOf(cells);
  const shown = ratios.filter(({ geometricMean: mean }) => mean !== null);
  return [
    '# From command to verdict',
    '',
    `Wall seconds of whole processes on one core, from the command to its end with the finished record: start, compilation, training until it is learnt, evaluation. ${Number(rounds) === 1 ? 'One seed.' : `Medians of ${rounds} seeds.`}`,
    '',
    ...table('record'),
    ...(shown.length
      ? [
          '## How many times sooner the zoo is than the fastest other',
          '',
          `Random starts differ, and with them the steps that are needed: at equal steps everybody takes the geometric mean of all runs, at the speed of the contestant's own loop, and fixed costs stay. The target is a held-out exact match of 0.99.`,
          '',
          line(['cell', ...shown.map((each) => each.title)]),
          line(['---', ...shown.map(() => '---:')]),
          ...cells.map((cell, at) =>
            line([
              title(cell),
              ...shown.map(({ ratios: list }) => (list[at] ? `${list[at].ratio.toFixed(2)} (${list[at].name})` : '')),
            ]),
          ),
          line(['**geometric mean**', ...shown.map(({ geometricMean: mean }) => `**${mean.toFixed(2)}**`)]),
          '',
        ]
      : []),
    '## Seconds to a held-out exact match of 0.99',
    '',
    ...table('target'),
    '## Milliseconds per step, looks included',
    '',
    ...table('millisecondsPerStep'),
    '## Seconds until the first step',
    '',
    ...table('secondsUntilFirstStep'),
    '## Steps until training stopped, by seed',
    '',
    line(['cell', ...names]),
    line(['---', ...names.map(() => '---')]),
    ...cells.map((cell) => line([title(cell), ...names.map((name) => cell.contestants[name]?.steps.join(', ') ?? '')])),
    '',
    `- Repeat with \`${command}\`.`,
    `- ${[machine, runtime].filter(Boolean).join('; ')}; ${Object.values(versions).join('; ')}.`,
    `- Measured ${measuredAt}. ${
      loadBefore >= 0.3
        ? `The machine was shared: its load average was ${loadBefore.toFixed(1)} before the start. Trust ratios, not seconds.`
        : 'Nothing else ran on the machine at the start.'
    }`,
    ...(failures.length ? ['', 'What failed:', ...failures.map((failure) => `- ${failure}`)] : []),
    '',
  ].join('\n');
}
