import { fewNames } from '../../../core/few-names';
import { cellName, plural, thousands } from '../drawing/wording';
import { columnsOf, type MatrixCell } from '../summarise/matrix';
import { isAtLeast } from '../summarise/verdict';
import type { Surveyed } from './surveyed';
import { counted, difference, listed, shareOf, withInterval } from './wording';

/** What a matrix shows, a sentence for each question that it answers. */
export const statementsOf = (found: Surveyed): string[] =>
  said(found, [size, howFar, ranking, byKind, extension, hardest, theory, gaps, published, variants, seeds, rates]);

/** Of the same those that stand for all where there is no room for more. */
export const headlinesOf = (found: Surveyed): string[] => said(found, [size, howFar, extension, theory, gaps]);

type Say = (found: Surveyed) => string | null;
const said = (found: Surveyed, all: readonly Say[]): string[] => all.flatMap((say) => say(found) ?? []);

const trained = ({ matrix }: Surveyed): MatrixCell[] =>
  matrix.cells.filter(({ row, summary }) => row.kind === 'architecture' && summary);

const size: Say = (found) => {
  const { matrix, spent } = found;
  const cells = trained(found);
  const rows = new Set(cells.map(({ row }) => row.id)).size;
  const columns = new Set(cells.map(({ column }) => column.id)).size;
  const searched = spent.trials
    ? `; with the ${thousands(spent.trials)} trials of ${plural(spent.searches, 'search', 'searches')} that chose settings, ${thousands(spent.runs + spent.trials)} models were trained`
    : '';
  return `${plural(rows, 'row')} on ${plural(columns, 'column')} of ${plural(matrix.groups.length, 'level')} make ${thousands(cells.length)} cells and ${thousands(spent.runs)} measured trainings${searched}, ${(spent.steps / 1e6).toFixed(1)} million steps in ${(spent.seconds / 3600).toFixed(1)} hours of one core.`;
};

const howFar: Say = ({ outcomes: { measured, learnt, extends: extended, solves } }) =>
  `Of ${measured} cells ${counted(learnt)} are learnt at the trained lengths, ${counted(extended)} extend beyond them and ${counted(solves)} are solved at all evaluated lengths.`;

const ranking: Say = ({ leaderboard: { overall, compared } }) => {
  const ranked = overall.filter(({ rank, kind }) => kind === 'architecture' && rank !== null);
  const [first] = ranked;
  if (!first || ranked.length < 2) return null;
  const leaders = ranked.filter(({ rank }) => rank === 1);
  const last = ranked.at(-1)!;
  const next = ranked[leaders.length];
  const told = ({ architecture, capability, capabilityInterval }: typeof first) =>
    `${architecture} with ${withInterval(capability!, capabilityInterval!)}`;
  const behind = next ? `; the next is ${told(next)}` : '';
  const end = last === next || last.rank === 1 ? '' : `, the last ${told(last)}`;
  return `Over the ${compared.length} columns that all ranked rows have, the best ${leaders.length === 1 ? 'is' : 'are'} ${listed(leaders.map(told))}${behind}${end}.`;
};

const byKind: Say = ({ kinds }) => {
  if (kinds.length < 2) return null;
  const parts = kinds.map(({ kind, outcomes: { measured, solves } }) => `${kind} ${shareOf(solves.cells, measured)}`);
  return `Cells that are solved, by kind of row: ${parts.join(', ')}.`;
};

/** Of what is learnt at the trained lengths, how much is carried on: what tells kinds of rows apart when fitting does not. */
const extension: Say = ({ kinds }) => {
  const learnt = kinds.filter(({ outcomes }) => outcomes.learnt.cells > 0);
  if (learnt.length < 2) return null;
  const parts = learnt.map(
    ({ kind, outcomes }) =>
      `${kind} ${outcomes.extends.cells} of ${outcomes.learnt.cells} (${shareOf(outcomes.extends.cells, outcomes.learnt.cells)})`,
  );
  return `Of the cells that are learnt at the trained lengths these extend: ${parts.join(', ')}.`;
};

const hardest: Say = (found) => {
  const cells = trained(found);
  const by = columnsOf(found.matrix).map(({ id }) => ({ id, own: cells.filter(({ column }) => column.id === id) }));
  const none = (least: 'learnt in range' | 'solves') =>
    by.flatMap(({ id, own }) =>
      own.length > 0 && own.every(({ summary }) => !isAtLeast(summary!.verdict, least)) ? id : [],
    );
  const [unlearnt, unsolved] = [none('learnt in range'), none('solves')];
  const onlyUnsolved = unsolved.filter((id) => !unlearnt.includes(id));
  const all = by.flatMap(({ id, own }) =>
    own.length > 0 && own.every(({ summary }) => summary!.verdict === 'solves') ? id : [],
  );
  const parts = [
    unlearnt.length > 0 && `no row learns ${listed(unlearnt)} even at the trained lengths`,
    onlyUnsolved.length > 0 && `none solves ${listed(onlyUnsolved)} at all lengths`,
    all.length > 0 && `every row solves ${listed(all)}`,
  ].filter(Boolean);
  return parts.length === 0 ? null : `Of the columns: ${parts.join('; ')}.`;
};

const theory: Say = ({
  theory: { predicted, predictedAndLearnt, agrees, disagrees, againstTheorems, disagreements },
}) => {
  if (predicted === 0) return null;
  const contrary =
    againstTheorems.length === 0
      ? 'none of them with a theorem'
      : `${againstTheorems.length} of them with a theorem (${fewNames(againstTheorems.map(({ cell }) => cellName(cell)))})`;
  const told =
    disagrees === 0 ? 'none disagrees' : `${disagrees} ${disagrees === 1 ? 'disagrees' : 'disagree'}, ${contrary}`;
  const which =
    disagreements.length > 0 ? `: ${fewNames([...new Set(disagreements.map(({ cell }) => cellName(cell)))])}` : '';
  return `Theory says something of ${predicted} cells, of which ${predictedAndLearnt} learnt their trained lengths, so that what lies beyond is a test: ${agrees} ${agrees === 1 ? 'agrees' : 'agree'} and ${told}${which}.`;
};

const gaps: Say = ({ theory: { gaps: all } }) => {
  if (all.length === 0) return null;
  const counts = new Map<string, number>();
  for (const { row } of all) counts.set(row.id, (counts.get(row.id) ?? 0) + 1);
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, 3);
  return `${all.length} cells are learnability gaps: some weights of the row compute the column at all lengths, and training did not find them; most are of ${listed(most.map(([row, count]) => `${row} (${count})`))}.`;
};

const published: Say = ({ published: all }) => {
  if (all.length === 0) return null;
  const against = all.filter(({ statement }) => statement.agreement === 'disagrees');
  const which = against.length > 0 ? ` (${fewNames([...new Set(against.map(({ cell }) => cellName(cell)))])})` : '';
  return `Of ${all.length} published figures of these cells ${all.length - against.length} agree with what was measured and ${against.length} do not${which}.`;
};

const variants: Say = ({ variants: pairs }) => {
  if (pairs.length === 0) return null;
  const apart = pairs.filter(({ overall }) => overall.answer !== 'cannot be told apart');
  const eachOnce = apart.filter((pair, at) => apart.findIndex(({ variant }) => variant === pair.variant) === at);
  const told = eachOnce.slice(0, 4).map(({ base, variant, overall }) => {
    const [better, worse] = overall.answer === 'B' ? [variant, base] : [base, variant];
    const sign = overall.answer === 'B' ? 1 : -1;
    const { low, high } = overall.interval;
    const interval = sign > 0 ? { low, high } : { low: -high, high: -low };
    return `${better} over ${worse} by ${difference(sign * overall.difference, interval)}`;
  });
  const most = told.length > 0 ? `: ${told.join(', ')}${apart.length > told.length ? ' and others' : ''}` : '';
  return `Of ${plural(pairs.length, 'pair')} of rows of one family ${apart.length} can be told apart${most}.`;
};

const seeds: Say = (found) => {
  const several = trained(found).filter(({ summary }) => summary!.seeds.length > 1);
  if (several.length === 0) return null;
  const differ = several.filter(({ summary }) => new Set(summary!.seeds.map(({ verdict }) => verdict)).size > 1);
  return `In ${differ.length} of ${several.length} cells (${shareOf(differ.length, several.length)}) seeds come to different verdicts.`;
};

/** Which settings searches chose, where they tried one. */
const rates: Say = (found) => {
  const searches = new Map(
    trained(found).flatMap(({ summary }) => (summary!.search ? [[summary!.search.key, summary!.search] as const] : [])),
  );
  if (searches.size === 0) return null;
  const chosen = new Map<string, number>();
  for (const { trials, chosen: at } of searches.values()) {
    const words = Object.entries(trials[at]!.settings)
      .map(
        ([path, value]) =>
          `${path
            .split('.')
            .at(-1)!
            .replace(/(?=[A-Z])/g, ' ')
            .toLowerCase()} ${String(value)}`,
      )
      .join(', ');
    chosen.set(words, (chosen.get(words) ?? 0) + 1);
  }
  const parts = [...chosen]
    .sort(([, a], [, b]) => b - a)
    .map(([words, count]) => `${words} in ${shareOf(count, searches.size)}`);
  return `Searches chose ${listed(parts.slice(0, 6))}.`;
};
