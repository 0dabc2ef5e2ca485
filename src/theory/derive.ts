import type { ColumnProperties, Evidence, Expressibility, Extension, RowProperties } from '../core/contracts/theory';
import { compare, parseComparison, parseSum, valueOf, type Numbers } from './formula';
import { holds } from './properties';
import { expressibleOf, extensionOf, type Case, type Conditions, type Proposition } from './proposition';
import { theory } from './propositions';
import { whyNothing } from './why-nothing';

/** A proposition that speaks of a cell, in the case that does. */
export interface Match {
  readonly proposition: Proposition;
  readonly case: Case;
  /** Sizes that the row does not have, or that are not known. */
  readonly unmet: readonly string[];
  /** First length at which it binds. */
  readonly binds?: number;
}

/** What follows for a cell, and from what. */
export interface Derivation {
  readonly expressible: Expressibility;
  readonly evidence: Evidence;
  readonly deciding?: Match;
  readonly extends: Extension;
  readonly extensionEvidence: Evidence;
  readonly extending?: Match;
  /** What speaks of the cell and decides nothing, as its `neverDecides` says. */
  readonly told: readonly Match[];
  /** Pairs that contradict each other: none is known. */
  readonly conflicts: readonly (readonly [Match, Match])[];
  /** Where nothing follows. */
  readonly reason?: string;
}

/** What the propositions say of a row on a column, under precedence: rules C.1 to C.4 of docs/theory.md. */
export function derive(row: RowProperties, column: ColumnProperties, { propositions } = theory()): Derivation {
  if (row.mode === 'chain-of-thought' && !column.hasTrace) return { ...nothing, reason: noTrace };
  const matches = propositions.flatMap((proposition) => matchOf(proposition, row, column) ?? []);
  const deciding = matches.filter(({ proposition }) => proposition.neverDecides === undefined);
  const of = (...words: readonly string[]) =>
    deciding.filter(({ proposition }) => words.includes(proposition.concludes!));

  const cannot = [...of('cannot', 'cannot beyond a length')].sort(
    (a, b) => severity(a) - severity(b) || (a.binds ?? Infinity) - (b.binds ?? Infinity) || 0,
  )[0];
  const [can, larger] = [true, false].map(
    (isMet) =>
      of('can', 'can with a chain of thought')
        .filter(({ unmet }) => (unmet.length === 0) === isMet)
        .sort(byEvidence)[0],
  );
  const [goesOn, ends] = [of('extends').sort(byEvidence)[0], of('does not extend').sort(byEvidence)[0]];
  const expressed = cannot && can ? (outweighs(can, cannot) ? can : cannot) : (cannot ?? can ?? larger);
  const extending = goesOn && ends ? [goesOn, ends].sort(byEvidence)[0] : (goesOn ?? ends);
  const conflicts = [
    ...(cannot && can ? [[cannot, can] as const] : []),
    ...(goesOn && ends ? [[goesOn, ends] as const] : []),
    ...(cannot && goesOn ? [[cannot, goesOn] as const] : []),
  ];
  return {
    ...nothing,
    ...(expressed && {
      expressible: expressibleOfMatch(expressed),
      evidence: evidenceOf(expressed.proposition),
      deciding: expressed,
    }),
    ...(extending && {
      extends: extensionOf[extending.proposition.concludes!]!,
      extensionEvidence: evidenceOf(extending.proposition),
      extending,
    }),
    told: matches.filter(({ proposition }) => proposition.neverDecides !== undefined),
    conflicts,
    ...(!expressed && !extending && { reason: whyNothing(row, column, propositions) }),
  };
}

const nothing: Derivation = {
  expressible: 'no result',
  evidence: 'none',
  extends: 'no result',
  extensionEvidence: 'none',
  told: [],
  conflicts: [],
};
const noTrace = 'The column has no chain of thought to be written, so the row is not measured on it.';

/** The proposition with the case of it that holds, one whose sizes are met before others. */
function matchOf(proposition: Proposition, row: RowProperties, column: ColumnProperties): Match | undefined {
  const cases = (proposition.cases ?? []).filter((each) => hold(each.row, row) && hold(each.column, column));
  if (cases.length === 0) return undefined;
  const numbers: Numbers = { ...row, ...column };
  const matches = cases.map((each) => ({
    proposition,
    case: each,
    unmet: [
      ...(each.sizes ?? []).filter((size) => compare(parseComparison(size)!, numbers) !== true),
      ...(each.unknownSize ? [each.unknownSize] : []),
    ],
    ...bindsFrom(each, numbers),
  }));
  return matches.find(({ unmet }) => unmet.length === 0) ?? matches[0];
}

export const hold = (conditions: Conditions, properties: object): boolean =>
  Object.entries(conditions).every(([name, condition]) =>
    holds(condition, (properties as Readonly<Record<string, unknown>>)[name]),
  );

function bindsFrom({ binds }: Case, numbers: Numbers): { binds?: number } {
  const length = binds === undefined ? null : valueOf(parseSum(binds)!, numbers);
  return length === null || !Number.isSafeInteger(length) ? {} : { binds: length };
}

function expressibleOfMatch({ proposition: { concludes, unless }, unmet }: Match): Expressibility {
  if (unmet.length) return 'can at a larger size';
  if (unless) return 'cannot unless TC0 = NC1';
  return expressibleOf[concludes!]!;
}

/** What stands behind a proposition. */
export function evidenceOf({ mark, strength = 'theorem' }: Proposition): Evidence {
  if (mark === 'D') return 'our derivation';
  if (mark === 'S') return 'as summarised by others';
  return strength === 'theorem' ? 'theorem' : 'empirical law';
}

/** Theorem before conditional theorem before summary and derivation before a bound that binds from some length on. */
function severity({ proposition }: Match): number {
  if (proposition.concludes === 'cannot beyond a length') return 3;
  if (evidenceOf(proposition) !== 'theorem') return 2;
  return proposition.unless ? 1 : 0;
}

const strongestFirst: readonly Evidence[] = [
  'theorem',
  'as summarised by others',
  'our derivation',
  'empirical law',
  'none',
];
const weight = ({ proposition }: Match) => strongestFirst.indexOf(evidenceOf(proposition));
const byEvidence = (a: Match, b: Match) => weight(a) - weight(b);
/** A lower bound that is a theorem stands against an upper bound that is none. */
const outweighs = (can: Match, cannot: Match) => weight(can) === 0 && severity(cannot) >= 2;

/** The id of a match and those it rests on, in the order of the reasoning. */
export const idsOf = ({ proposition, case: { from = [] } }: Match): string[] => [
  ...new Set([proposition.id, ...(proposition.from ?? []), ...from]),
];
