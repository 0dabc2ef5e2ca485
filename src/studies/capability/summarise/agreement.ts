import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { Prediction } from '../../../core/contracts/theory';
import { withEnoughSeeds, type CheckedPrediction } from './statement';
import type { Verdict } from './verdict';

/** What a range has to say about a row. */
export interface RangeEvidence {
  /** Longest length that its verdict turns on; null where it was not evaluated. */
  readonly longest: number | null;
  /** Whether mastering it shows anything: not where guessing does as well. */
  readonly canShow: boolean;
  /** Whether failing in it shows anything: not where it could not be mastered at all, as its memory is too small. */
  readonly canFail: boolean;
}

/** What predictions are compared with. */
export interface MeasuredVerdict {
  readonly verdict: Verdict;
  /** Verdicts that noise leaves open; null where the verdict is no question of scores. */
  readonly verdictBounds: readonly [lowest: Verdict, highest: Verdict] | null;
  readonly seeds: number;
  /** Seeds that solve the task. */
  readonly solved: number;
  readonly ranges: Readonly<Record<LengthRange, RangeEvidence>>;
}

/** Citations of propositions, by id. */
export type Citations = ReadonlyMap<string, string>;

type Found = Pick<CheckedPrediction, 'agreement' | 'because' | 'isContrary'>;

/**
 * Compares what theory says with what was measured: whether the row can compute the column at all, and whether it is
 * expected to go on beyond the trained lengths. A theorem about all lengths is never refuted by a finite one.
 */
export function checkPrediction(
  prediction: Prediction,
  measured: MeasuredVerdict,
  citations: Citations,
): CheckedPrediction[] {
  const { expressible, extends: extension, evidence, extensionEvidence, propositions, reason, binds } = prediction;
  const source = propositions.map((id) => citations.get(id) ?? id).join('; ');
  const check = (of: (outcome: Outcome) => Found) => withEnoughSeeds(decided(of, measured), measured.seeds);
  const isSilent = expressible === 'no result' && extension === 'no result';
  return [
    ...(expressible !== 'no result' || isSilent
      ? [
          {
            kind: 'prediction' as const,
            about: 'expressibility' as const,
            says: binds === undefined ? wordsOf[expressible] : `cannot from length ${binds} on`,
            source,
            evidence,
            ...(isSilent
              ? { agreement: 'no result' as const, ...(reason !== undefined && { because: reason }) }
              : withWitness(
                  prediction,
                  measured,
                  check((outcome) => expressibility(prediction, outcome)),
                )),
          },
        ]
      : []),
    ...(extension !== 'no result'
      ? [
          {
            kind: 'prediction' as const,
            about: 'extension' as const,
            says: extension === 'expected' ? 'expected to extend' : 'not expected to extend',
            source,
            evidence: extensionEvidence,
            ...check((outcome) => extensionOf(extension === 'expected', outcome)),
          },
        ]
      : []),
  ];
}

const wordsOf: Readonly<Record<Prediction['expressible'], string>> = {
  cannot: 'cannot at all lengths',
  'cannot unless TC0 = NC1': 'cannot at all lengths unless TC0 = NC1',
  'cannot beyond a length': 'cannot beyond a length',
  can: 'can be expressed',
  'can with a chain of thought': 'can be expressed with a chain of thought',
  'can at a larger size': 'can be expressed at a larger size',
  'no result': 'no result',
};

/** How far a row gets, and what that shows. */
interface Outcome {
  /** Ranges that it masters, shortest first, as far as mastering them shows anything. */
  readonly mastered: number;
  /** Whether it fails in the range after those, and could have done otherwise. */
  readonly fails: boolean;
  /** Longest length that it masters, and that was evaluated; 0 without. */
  readonly masteredLength: number;
  readonly longestLength: number;
}

const rangesMastered: Readonly<Record<Verdict, number>> = {
  diverged: 0,
  'not learnt': 0,
  'learnt in range': 1,
  extends: 2,
  solves: 3,
};

function outcomeOf(verdict: Verdict, ranges: MeasuredVerdict['ranges']): Outcome {
  const all = lengthRanges.map((range) => ranges[range]);
  const reached = rangesMastered[verdict];
  const shown = all.slice(0, reached).findLastIndex(({ canShow }) => canShow) + 1;
  const next = all[reached];
  return {
    mastered: shown,
    fails: shown === reached && next !== undefined && next.longest !== null && next.canFail,
    masteredLength: all[shown - 1]?.longest ?? 0,
    longestLength: Math.max(0, ...all.map(({ longest }) => longest ?? 0)),
  };
}

/** The same for every verdict that noise leaves open, or not decided. */
function decided(of: (outcome: Outcome) => Found, { verdict, verdictBounds, ranges }: MeasuredVerdict): Found {
  if (verdict === 'diverged') return undecided('training diverged');
  const found = [verdict, ...(verdictBounds ?? [])].map((each) => of(outcomeOf(each, ranges)));
  const [usual] = found;
  return found.every(({ agreement }) => agreement === usual!.agreement) ? usual! : noise;
}

function expressibility({ expressible, binds }: Prediction, outcome: Outcome): Found {
  const { mastered, fails, masteredLength, longestLength } = outcome;
  switch (expressible) {
    case 'can':
    case 'can with a chain of thought':
      if (mastered >= 2) return { agreement: 'agrees' };
      return fails ? { agreement: 'learnability gap' } : unseen;
    case 'can at a larger size':
      return undecided('nothing is known at this size');
    case 'cannot beyond a length':
      if (binds === undefined) return undecided('it is not known where the bound binds');
      if (binds > longestLength)
        return undecided(`evaluated up to ${longestLength}, where the bound does not bind yet`);
      return masteredLength >= binds ? { agreement: 'disagrees' } : bound(mastered, fails);
    default:
      if (mastered === lengthRanges.length)
        return { ...undecided(`solves up to ${masteredLength}, and all lengths are meant`), isContrary: true };
      return bound(mastered, fails);
  }
}

/** What a row shows about a bound that it keeps. */
function bound(mastered: number, fails: boolean): Found {
  if (!fails) return unseen;
  return mastered > 0
    ? { agreement: 'agrees' }
    : { agreement: 'consistent, not a test', because: 'the trained lengths are not learnt' };
}

function extensionOf(isExpected: boolean, { mastered, fails }: Outcome): Found {
  if (mastered === 0) return undecided('the trained lengths are not learnt');
  if (mastered >= 2) {
    if (isExpected) return { agreement: 'agrees' };
    return { agreement: 'disagrees', ...(mastered === 2 && { because: 'weakly: it extends, and does not solve' }) };
  }
  if (!fails) return unseen;
  return { agreement: isExpected ? 'disagrees' : 'agrees' };
}

/** That something can be expressed is shown by one run that does it, whatever others do. */
function withWitness(
  { expressible }: Prediction,
  { solved, seeds, verdict, ranges }: MeasuredVerdict,
  found: Found,
): Found {
  const isThere = expressible === 'can' || expressible === 'can with a chain of thought';
  const isShown = solved > 0 && ranges.far.canShow && verdict !== 'diverged';
  if (!isThere || !isShown || found.agreement !== 'not decided') return found;
  return { agreement: 'agrees', because: `${solved} of ${seeds} seeds solve` };
}

function undecided(because: string): Found {
  return { agreement: 'not decided', because };
}

const noise = undecided('noise leaves another verdict open');
const unseen = undecided('no longer inputs show anything');
