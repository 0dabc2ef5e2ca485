import { groupBy } from '../../data/split';
import { plural } from '../capability/drawing/wording';
import { lowerMedian } from '../statistics/summaries';
import { boundsOf, favourable, inOrder, stepsReached } from './parallel-bound';
import { jump, riseOf, type MatchingGroup } from './runs';
import { chanceOf, exponentOf, percent, startTitleOf, titleOf } from './wording';

/** Share that counts as learnt. */
const learnt = 0.9;

/** Middle of the seeds at the end. */
export const endOf = ({ runs }: MatchingGroup, measure: 'trained' | 'unseen'): number =>
  lowerMedian(runs.map(({ looks }) => looks.at(-1)![measure]));

/** Whether answers to unseen pairs come all at once, when tokens begin to match themselves. */
export function riseStatements(groups: readonly MatchingGroup[]): string[] {
  return groups.map((group) => {
    const rises = group.runs.map(riseOf);
    const jumps = rises.filter(({ isJump }) => isJump).length;
    const reached = rises.filter(({ to }) => to !== null);
    const spans = reached.map(({ from, to }) => to! - from!);
    const lags = reached.flatMap(({ to, matches }) => (matches === null ? [] : matches - to!));
    const found =
      reached.length === 0
        ? `no seed answers more than ${percent(jump.high)} of unseen pairs`
        : `unseen pairs go from below ${percent(jump.low)} to above ${percent(jump.high)} in ${reached.length} of ` +
          `${plural(rises.length, 'seed')}, within ${listOf(spans)} steps`;
    const matched = lags.length === 0 ? '' : `; half of all tokens match themselves in h1 ${lagOf(lags)}`;
    return (
      `${titleOf(group)}: ${found}${matched}. All of it within ${jump.steps} steps in ${jumps} of ${plural(rises.length, 'seed')}` +
      `${jumps === rises.length ? ', as expected of all' : '; expected of all'}.`
    );
  });
}

const listOf = (values: readonly number[]): string => [...values].sort((a, b) => a - b).join(', ');

/** Steps from the one to the other. */
function lagOf(lags: readonly number[]): string {
  const told = [...lags].sort((a, b) => a - b);
  return `${told.map((lag) => (lag === 0 ? 'then' : `${Math.abs(lag)} steps ${lag < 0 ? 'before' : 'after'}`)).join(', ')}`;
}

/** Whether norms behind the sums and a smaller start help. */
export function startStatements(groups: readonly MatchingGroup[]): string[] {
  const ordered = [...groups].sort((a, b) => (a.exponent ?? Infinity) - (b.exponent ?? Infinity));
  const byExponent = [...groupBy(ordered, exponentOf)];
  const of = (own: readonly MatchingGroup[], normalisation: 'pre' | 'post') =>
    own.find((group) => group.normalisation === normalisation && group.runs.length > 0);
  const pairs = byExponent.flatMap(([gamma, own]) => {
    const [pre, post] = [of(own, 'pre'), of(own, 'post')];
    return pre && post ? [{ gamma, pre: endOf(pre, 'unseen'), post: endOf(post, 'unseen') }] : [];
  });
  const ahead = pairs.filter(({ pre, post }) => post > pre);
  const told = pairs.map(({ gamma, pre, post }) => `${percent(post)} and ${percent(pre)} at gamma ${gamma}`).join(', ');
  return [
    ...(pairs.length > 0
      ? [
          `Post-norm and pre-norm answer, of unseen pairs, ${told} (median seeds): post-norm is ahead at ${ahead.length} of ` +
            `${pairs.length}. The paper has post-norm ahead.`,
        ]
      : []),
    ...(['post', 'pre'] as const).flatMap((normalisation) => {
      const own = groups.filter(
        (group) => group.normalisation === normalisation && group.exponent !== null && group.runs.length > 0,
      );
      if (own.length < 2) return [];
      const best = [...own].sort((a, b) => endOf(b, 'unseen') - endOf(a, 'unseen'))[0]!;
      if (endOf(best, 'unseen') < jump.low)
        return [`${normalisation}-norm: no start tried answers ${percent(jump.low)} of unseen pairs by the end.`];
      const smallest = [...own].sort((a, b) => b.exponent! - a.exponent!)[0]!;
      const isSmallest = endOf(best, 'unseen') === endOf(smallest, 'unseen');
      return [
        `${normalisation}-norm: the best start is gamma ${isSmallest ? exponentOf(smallest) : exponentOf(best)}, which is ` +
          `${isSmallest ? 'the smallest start tried, as the paper says' : `not the smallest start tried (gamma ${exponentOf(smallest)}); the paper says that a small start helps`}.`,
      ];
    }),
  ];
}

/** What matrices in the products of attention do. */
export function noiseStatements(groups: readonly MatchingGroup[]): string[] {
  return [...groupBy(groups, startTitleOf)].flatMap(([title, own]) => {
    const of = (noise: string) => own.find((group) => group.noise === noise && group.runs.length > 0);
    const plain = of('none');
    return (['random', 'identity'] as const).flatMap((noise) => {
      const group = of(noise);
      if (!plain || !group) return [];
      const [without, added] = [endOf(plain, 'unseen'), endOf(group, 'unseen')];
      const expected = noise === 'random' ? 'helps' : 'does not';
      return [
        `${title}, ${noise === 'random' ? 'random matrices' : 'the identity'} in the products of attention: ${percent(added)} of unseen ` +
          `pairs at the end, ${percent(without)} without (median seeds), ${reachedAt(group)} against ${reachedAt(plain)}. The paper's ` +
          `authors report that it ${expected}.`,
      ];
    });
  });
}

function reachedAt({ runs }: MatchingGroup): string {
  const steps = runs.map((run) => riseOf(run).to ?? Infinity);
  const middle = lowerMedian(steps);
  return middle === Infinity ? `not above ${percent(jump.high)}` : `above ${percent(jump.high)} after ${middle} steps`;
}

/** How many hops layers reach, computed and trained. */
export function hopsStatements(groups: readonly MatchingGroup[]): string[] {
  const simulated = [2, 3, 4, 5, 6].map((layers) => {
    const { most } = boundsOf(layers);
    return `${stepsReached(inOrder(most + 1), layers)} to ${stepsReached(favourable(layers), layers)}`;
  });
  return [
    `Looking tokens up in parallel, 2, 3, 4, 5 and 6 layers reach at least and at most ${simulated.join(', ')} hops, by simulation: ` +
      '2^(L-1) - 1 to (3^(L-1) - 1)/2, as published.',
    ...[...groupBy(groups, ({ layers, pairs }) => `${layers} layers, ${pairs} pairs`)].flatMap(([title, own]) => {
      const measured = own.filter(({ runs }) => runs.length > 0).sort((a, b) => a.order - b.order);
      if (measured.length < 2) return [];
      const told = measured.map(
        (group) =>
          `${percent(endOf(group, 'trained'))} and ${percent(endOf(group, 'unseen'))} at ${group.order} (a guess: ${percent(chanceOf(group))})`,
      );
      const { least, most } = boundsOf(measured[0]!.layers);
      return [
        `${title}: trained and unseen pairs answered ${told.join(', ')} hops (median seeds); looking up in parallel reaches ${least === most ? least : `${least} to ${most}`}.`,
      ];
    }),
  ];
}

/** Two chains, and an order that is given. */
export function chainStatements(groups: readonly MatchingGroup[]): string[] {
  return groups
    .filter(({ runs }) => runs.length > 0)
    .map((group) => {
      const [trained, unseen] = [endOf(group, 'trained'), endOf(group, 'unseen')];
      const verdict = unseen > learnt ? 'learnt' : trained > learnt ? 'learnt for trained pairs alone' : 'not learnt';
      return (
        `${titleOf(group)}: ${percent(trained)} of trained and ${percent(unseen)} of unseen pairs (median seeds; a guess among possible ` +
        `answers: ${percent(chanceOf(group))}), ${verdict}.`
      );
    });
}
