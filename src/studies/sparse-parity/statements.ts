import { groupBy } from '../../data/split';
import { thousands } from '../capability/drawing/wording';
import { lowerMedian } from '../statistics/summaries';
import type { ParityGroup, ParityRun } from './runs';
import { rowTitles } from './wording';

/** From here on we call growth exponential: so many times as many samples for each secret bit more. */
const exponential = 1.7;
/** A head below this is sparse. */
export const sparse = 0.3;
/** Samples within which we expected a chain of thought to be perfect. */
const few = 100_000;

/** Middle of the seeds; Infinity where that one is not perfect by the cap. */
export const medianSamples = ({ runs }: Pick<ParityGroup, 'runs'>): number =>
  lowerMedian(runs.map(({ perfectAt }) => perfectAt ?? Infinity));

/** From two secrets on, how many times as many samples each more takes; where the next is beyond the cap, at least so many. */
export function growth(groups: readonly ParityGroup[]): { readonly factor: number; readonly isBound: boolean }[] {
  const ordered = groups
    .filter(({ secrets, runs }) => secrets >= 2 && runs.length > 0)
    .sort((a, b) => a.secrets - b.secrets);
  return ordered.flatMap((group, at) => {
    const before = ordered[at - 1];
    if (!before || group.secrets !== before.secrets + 1 || medianSamples(before) === Infinity) return [];
    const median = medianSamples(group);
    const isBound = median === Infinity;
    return { factor: (isBound ? group.cap : median) / medianSamples(before), isBound };
  });
}

/** What samples by secrets say: how few with a chain of thought, how they grow, and what filler changes. */
export function samplesStatements(groups: readonly ParityGroup[]): string[] {
  const titles = rowTitles(groups);
  return [...groupBy(groups, ({ bits }) => String(bits))].flatMap(([bits, ofLength]) => {
    const byRow = [...groupBy(ofLength, ({ row }) => row)];
    return [
      ...byRow.flatMap(([row, own]) => [
        ...reached(bits, titles.get(row)!, own),
        ...grown(bits, titles.get(row)!, own),
      ]),
      ...likeDirect(bits, ofLength),
    ];
  });
}

/** "1 to 5 secret bits". */
const secretsOf = (groups: readonly ParityGroup[]): string => {
  const counts = groups.map(({ secrets }) => secrets).sort((a, b) => a - b);
  const told = counts.length > 2 ? `${counts[0]} to ${counts.at(-1)}` : counts.join(' and ');
  return `${told} secret ${told === '1' ? 'bit' : 'bits'}`;
};

function reached(bits: string, title: string, groups: readonly ParityGroup[]): string[] {
  const own = groups.filter(({ runs }) => runs.length > 0);
  if (own.length === 0 || own[0]!.mode !== 'chain-of-thought') return [];
  const most = Math.max(...own.map(medianSamples));
  const found =
    most === Infinity
      ? `not perfect by the cap with ${own
          .filter((group) => medianSamples(group) === Infinity)
          .map(({ secrets }) => secrets)
          .join(', ')}`
      : `perfect within ${thousands(most)} samples`;
  const compared = most <= few ? 'at most the 100,000 that we looked for' : 'more than the 100,000 that we looked for';
  return [`${bits} bits, ${title}: with ${secretsOf(own)} the median seed is ${found}, ${compared}.`];
}

function grown(bits: string, title: string, groups: readonly ParityGroup[]): string[] {
  const factors = growth(groups);
  if (factors.length === 0) return [];
  const told = factors.map(({ factor, isBound }) => `${isBound ? 'at least ' : ''}${factor.toFixed(1)}`).join(', ');
  const mean = Math.exp(factors.reduce((sum, { factor }) => sum + Math.log(factor), 0) / factors.length);
  const steps = factors.filter(({ factor }) => factor >= exponential).length;
  const compared =
    groups[0]!.mode === 'chain-of-thought'
      ? `${mean.toFixed(1)} on average, and the paper has nearly flat growth here`
      : `at least ${exponential} in ${steps} of ${factors.length} steps, ${mean.toFixed(1)} on average, and the paper has exponential growth here`;
  return [`${bits} bits, ${title}: each secret bit more, from 2 on, takes ${told} times as many samples; ${compared}.`];
}

function likeDirect(bits: string, groups: readonly ParityGroup[]): string[] {
  const of = (mode: string, secrets: number) =>
    groups.find((group) => group.mode === mode && group.secrets === secrets && group.runs.length > 0);
  const ratios = groups.flatMap((filler) => {
    const direct = filler.mode === 'filler' && filler.runs.length > 0 ? of('direct', filler.secrets) : undefined;
    const ratio = direct ? medianSamples(filler) / medianSamples(direct) : NaN;
    return Number.isFinite(ratio) && ratio > 0 ? ratio : [];
  });
  if (ratios.length === 0) return [];
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return [
    `${bits} bits: filler tokens take ${least.toFixed(1)} to ${most.toFixed(1)} times the samples that answers without chain of ` +
      `thought take, where both become perfect.`,
  ];
}

/** What attention looks like where parity is learnt, and where it is not. */
export function entropyStatements(groups: readonly ParityGroup[]): string[] {
  const runs = groups.filter(({ secrets }) => secrets >= 2).flatMap((group) => group.runs);
  const withHeads = runs.filter(({ leastEntropy }) => leastEntropy !== undefined);
  const solved = withHeads.filter(({ perfectAt }) => perfectAt !== null);
  const unsolved = withHeads.filter(({ perfectAt }) => perfectAt === null);
  if (solved.length === 0) return [];
  const heads = solved.flatMap(({ looks }) => looks.at(-1)!.entropies);
  const share = heads.filter((entropy) => entropy < sparse).length / heads.length;
  const sparseRuns = solved.filter(({ leastEntropy }) => leastEntropy! < sparse).length;
  const when = solved.flatMap(sparseAt);
  return [
    `Of ${solved.length} runs that become perfect with at least 2 secret bits, ${sparseRuns} end with a head whose entropy is below ` +
      `${sparse}; so are ${percentOf(share)} of all their heads.`,
    ...(when.length > 0
      ? [
          `The first head is that sparse after ${percentOf(lowerMedian(when))} of the samples that it takes to be perfect (median of runs).`,
        ]
      : []),
    ...(unsolved.length > 0
      ? [
          `Of ${unsolved.length} runs that do not, ${unsolved.filter(({ leastEntropy }) => leastEntropy! < sparse).length} end with such a ` +
            'head: attention can be sparse and look at other bits.',
        ]
      : []),
  ];
}

/** Where the first head becomes sparse, as a share of the samples until perfect. */
function sparseAt({ looks, perfectAt }: ParityRun): number[] {
  const first = looks.find(({ entropies }) => Math.min(...entropies) < sparse);
  return first && perfectAt !== null ? [first.samples / perfectAt] : [];
}

const percentOf = (share: number): string => `${Math.round(100 * share)} %`;

/** What training on the same inputs over and over does, beside fresh ones. */
export function reuseStatements(groups: readonly ParityGroup[]): string[] {
  const titles = rowTitles(groups);
  return [...groupBy(groups, ({ bits, secrets, row }) => JSON.stringify([bits, secrets, row])).values()].map((own) => {
    const { bits, secrets, row } = own[0]!;
    const outcomes = bySet(own).map((group) => {
      const { set, runs } = group;
      return `from ${set === null ? 'fresh inputs' : `${thousands(set)} inputs (${epochsOf(runs, set)})`} ${outcomeOf(group)}`;
    });
    return `${secrets} of ${bits} bits, ${titles.get(row)}, the median seed learns ${outcomes.join('; ')}.`;
  });
}

/** Smallest set first, fresh inputs last. */
export const bySet = (groups: readonly ParityGroup[]): ParityGroup[] =>
  [...groups].sort((a, b) => (a.set ?? Infinity) - (b.set ?? Infinity));

function outcomeOf(group: ParityGroup): string {
  const { runs } = group;
  if (medianSamples(group) < Infinity) return `within ${thousands(medianSamples(group))} samples`;
  const entropies = runs.flatMap(({ leastEntropy }) => leastEntropy ?? []);
  const entropy = entropies.length > 0 ? `, its lowest entropy ${lowerMedian(entropies).toFixed(2)}` : '';
  return `not all (${percentOf(lowerMedian(runs.map(({ exact }) => exact)))} right at the end${entropy})`;
}

const epochsOf = (runs: readonly ParityRun[], set: number): string => {
  const epochs = lowerMedian(runs.map(({ drawn }) => drawn)) / set;
  return `${epochs < 10 ? epochs.toFixed(1) : thousands(Math.round(epochs))} epochs`;
};

/** Which numbers of layers and heads learn it. */
export function sizesStatements(groups: readonly ParityGroup[]): string[] {
  const titles = rowTitles(groups);
  return [...groupBy(groups, ({ bits, secrets, row }) => JSON.stringify([bits, secrets, row]))].flatMap(([, own]) => {
    const measured = own.filter(({ runs }) => runs.length > 0);
    if (measured.length < 2) return [];
    const { bits, secrets, row } = measured[0]!;
    const learnt = measured.filter((group) => medianSamples(group) !== Infinity);
    const medians = learnt.map(medianSamples);
    const span =
      learnt.length > 0
        ? ` after ${thousands(Math.min(...medians))} to ${thousands(Math.max(...medians))} samples`
        : '';
    return [
      `${secrets} of ${bits} bits, ${titles.get(row)}: the median seed becomes perfect with ${learnt.length} of ${measured.length} numbers of ` +
        `layers and heads${span}.`,
    ];
  });
}
