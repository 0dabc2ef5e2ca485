import type { LengthRange } from '../../core/contracts/reference';
import type { ClaimCondition } from '../../literature/claim-schema';
import type { CataloguedClaim } from '../../literature/claim-catalogue';
import { rangeNames } from '../capability/drawing/wording';
import type { ClaimCheck, ClaimFinding, JudgedClaim } from './judge';
import type { Estimate } from './measured';

/** "far", "at the longest near length". */
const where = (range: LengthRange, longest?: boolean): string =>
  longest ? `at the longest length ${rangeNames[range]}` : rangeNames[range];

const percent = (share: number): string => (100 * share).toFixed(1).replace(/\.0$/, '');
const thousands = (count: number): string => (count >= 10_000 ? `${Math.round(count / 1000)}k` : String(count));

type Reading = Pick<ClaimCondition, 'reading'>;

const numberOf = (value: number, { reading }: Reading): string =>
  reading === 'sequences' ? thousands(value) : percent(value);

/** "99.2 (98.1-99.7)"; of sequences that were not enough "more than 500k". */
export function estimateWords({ value, low, high, isExceeded }: Estimate, of: Reading): string {
  if (isExceeded) return `more than ${numberOf(value, of)}`;
  if (low === value && high === value) return numberOf(value, of);
  return `${numberOf(value, of)} (${numberOf(low, of)}-${high === Infinity ? 'no end' : numberOf(high, of)})`;
}

const unitOf = { exact: 'of answers', token: 'of symbols', sequences: 'sequences until learnt' } as const;

/** What has to hold: "at least 99 % of answers, near and far, in the best seed". */
export function conditionWords(condition: ClaimCondition): string {
  const { reading, ranges, longest, overSeeds, chance, seeds, some, above } = condition;
  const bounds = boundsOf(condition);
  const unit = reading === 'sequences' ? unitOf[reading] : `% ${unitOf[reading]}`;
  const wheres = ranges?.map((range) => where(range, longest)).join(' and ');
  const over =
    seeds === undefined ? `${overSeeds === 'median' ? 'median' : overSeeds} of the seeds` : `${seeds} seeds or more`;
  const than = above && `more than ${above.row}`;
  return [
    [bounds && `${bounds} ${unit}`, than].filter(Boolean).join(' and '),
    chance !== undefined && `scaled from chance ${percent(chance)}`,
    wheres,
    over,
    some && 'one of the cells is enough',
  ]
    .filter(Boolean)
    .join(', ');
}

function boundsOf(condition: ClaimCondition): string {
  const { atLeast, atMost } = condition;
  return [
    atLeast !== undefined && `at least ${numberOf(atLeast, condition)}`,
    atMost !== undefined && `at most ${numberOf(atMost, condition)}`,
  ]
    .filter(Boolean)
    .join(' and ');
}

/** "lstm x parity, far: 100 (99.3-100); seeds 1: 100, 2: 100, 3: 99.8". */
export function findingWords({ cell, range, measured }: ClaimFinding, of: Reading & { longest?: boolean }): string {
  const name = `${cell.row} x ${cell.column}${range ? `, ${where(range, of.longest)}` : ''}`;
  if (!measured) return `${name}: no records in ${cell.folder}`;
  const seeds = measured.seeds.map((each) => `${each.seed}: ${estimateWords(each, of)}`);
  return `${name}: ${estimateWords(measured.reduced, of)}; seeds ${seeds.join(', ')}`;
}

const signs: Readonly<Record<ClaimCheck['outcome'], string>> = { holds: 'holds', fails: 'fails', open: 'open' };

export function checkWords(check: ClaimCheck, condition: ClaimCondition): string {
  const { other, outcome, why } = check;
  const beside = other ? ` -- ${findingWords(other, condition)}` : '';
  return `${signs[outcome]}${why === undefined ? '' : ` (${why})`}: ${findingWords(check, condition)}${beside}`;
}

/** "Grazzi et al. 2025, table 3, arXiv:2411.12537". */
export const sourceWords = ({ sources }: CataloguedClaim): string =>
  sources.map(({ authors, place, identifier }) => `${authors}, ${place}, ${identifier}`).join('; ');

/** What trains the cells anew that a claim rests on, a line for each folder. */
export function commandsOf({ conditions, tried }: JudgedClaim): string[] {
  const findings = [
    ...conditions.flatMap(({ checks }) => checks.flatMap((check) => [check, ...(check.other ? [check.other] : [])])),
    ...tried.flatMap(({ findings: all }) => all),
  ];
  const cells = new Map<string, Set<string>>();
  for (const { cell } of findings) {
    const known = cells.get(cell.folder) ?? new Set();
    cells.set(cell.folder, known.add(`${cell.row} x ${cell.column}`));
  }
  return [...cells].map(([folder, names]) => `zoo run ${folder.split('/').at(-1)} --only "${[...names].join(',')}"`);
}
