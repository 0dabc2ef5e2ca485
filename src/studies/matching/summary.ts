import type { Manifest } from '../../core/contracts/manifest';
import type { RecordOf } from '../../core/contracts/record';
import type { StudyResults } from '../../core/contracts/study';
import type { Figure } from '../../core/contracts/figure';
import { groupBy } from '../../data/split';
import { printable } from '../../report/printable';
import { tableOf, type Table } from '../../report/table';
import { plural } from '../capability/drawing/wording';
import type { Findings } from '../findings/findings';
import { lowerMedian } from '../statistics/summaries';
import type { MatchingBody } from './body';
import { hopsFigure, noiseFigure, riseFigure, startFigure } from './figures';
import { groupsOf, riseOf, type MatchingGroup } from './runs';
import { chainStatements, endOf, hopsStatements, noiseStatements, riseStatements, startStatements } from './statements';
import { exponentOf, percent, titleOf } from './wording';

/** Everything that the records say, as far as they are there. */
export function summariseMatching(results: StudyResults<Manifest, RecordOf<MatchingBody>>): Findings {
  const groups = groupsOf(results);
  const measured = groups.filter(({ runs }) => runs.length > 0);
  const usual = measured.filter(
    ({ exponent, normalisation, noise }) =>
      exponent === groups[0]!.exponent && normalisation === groups[0]!.normalisation && noise === groups[0]!.noise,
  );
  const single = usual.filter(({ chain }) => chain === 'single');
  // One hop for each layer behind the first, as far as h1 and h2 tell.
  const rising = single.filter(({ order, layers }) => order === layers - 1 && layers <= 3);
  const starts = sameSeeds(
    several(
      measured.filter(({ noise }) => noise === 'none'),
      startOf,
    ),
  );
  const noisy = [...groupBy(measured, startOf).values()].flatMap((own) =>
    sameSeeds(several(own, ({ noise }) => noise)),
  );
  const figures = [riseFigure(rising), startFigure(starts), noiseFigure(noisy), hopsFigure(single)];
  return {
    title: `Matching: ${printable(results.manifest.experiment)}`,
    statements: [
      ...riseStatements(rising),
      ...startStatements(starts),
      ...noiseStatements(noisy),
      ...hopsStatements(single),
      ...chainStatements(usual.filter(({ chain }) => chain !== 'single')),
    ],
    figures: figures.filter((figure): figure is Figure => figure !== undefined),
    tables: measured.length > 0 ? [endTable(measured)] : [],
    notes: notesOf(groups),
  };
}

const startOf = (group: MatchingGroup) => `${exponentOf(group)} ${group.normalisation}`;

/** Of the first task on which `differs` has several values, the groups. */
function several(groups: readonly MatchingGroup[], differs: (group: MatchingGroup) => string): MatchingGroup[] {
  const own = (title: string) => groups.filter((group) => titleOf(group) === title);
  const title = groups.map(titleOf).find((each) => new Set(own(each).map(differs)).size > 1);
  return title === undefined ? [] : own(title);
}

/** The runs of seeds that all groups have: groups are compared by these alone. */
const sameSeeds = (groups: readonly MatchingGroup[]): MatchingGroup[] =>
  groups.map((group) => ({
    ...group,
    runs: group.runs.filter(({ seed }) => groups.every(({ runs }) => runs.some((run) => run.seed === seed))),
  }));

function endTable(groups: readonly MatchingGroup[]): Table {
  const diagonal = ({ runs }: MatchingGroup, measure: 'first' | 'second'): string => {
    const values = runs.flatMap(({ looks }) => looks.at(-1)![measure] ?? []);
    return values.length > 0 ? percent(lowerMedian(values)) : '';
  };
  const reached = ({ runs }: MatchingGroup) => runs.flatMap((run) => riseOf(run).to ?? []);
  return tableOf<MatchingGroup>(
    'At the end of training, median seeds',
    [
      { title: 'task', align: 'left', text: titleOf },
      { title: 'gamma', align: 'right', text: exponentOf },
      { title: 'norm', align: 'left', text: ({ normalisation }) => normalisation },
      { title: 'noise', align: 'left', dispensable: 1, text: ({ noise }) => (noise === 'none' ? '' : noise) },
      { title: 'steps', align: 'right', dispensable: 2, text: ({ steps }) => String(steps) },
      { title: 'trained', align: 'right', text: (group) => percent(endOf(group, 'trained')) },
      { title: 'unseen', align: 'right', text: (group) => percent(endOf(group, 'unseen')) },
      { title: 'h1', align: 'right', dispensable: 4, text: (group) => diagonal(group, 'first') },
      { title: 'h2', align: 'right', dispensable: 3, text: (group) => diagonal(group, 'second') },
      {
        title: 'unseen above 90 %',
        align: 'right',
        text: (group) => `${reached(group).length} of ${group.runs.length}`,
      },
    ],
    groups,
  );
}

function notesOf(groups: readonly MatchingGroup[]): string[] {
  const asked = groups.reduce((sum, group) => sum + group.asked, 0);
  const measured = groups.reduce((sum, { runs }) => sum + runs.length, 0);
  const seeds = Math.max(0, ...groups.map(({ runs }) => runs.length));
  return [
    `${plural(seeds, 'seed')} at most; medians are lower medians, intervals the least and the most of the seeds. Settings are compared by the ` +
      'seeds that all of them have.',
    ...(measured < asked ? [`${plural(asked - measured, 'training')} of ${asked} missing.`] : []),
    'Unseen pairs have other differences modulo 5 than all pairs that are trained, and the same tokens. Trained pairs are in inputs kept ' +
      'from training.',
    'h1 and h2 are computed from weights alone: norms, biases and positions are left out, so that in pre-norm blocks they say little.',
    'Gamma is the exponent of the standard deviation fanIn^-gamma with which all weight matrices begin: the larger, the smaller.',
    "Ours, not the paper's: 40 tokens instead of 81, few pairs, a small model, fresh data instead of a fixed set, a larger rate and " +
      'fewer steps; the formulas of h1, h2 and of the noise, which we did not see in the paper.',
  ];
}
