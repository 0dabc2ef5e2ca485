import type { ColumnProperties, Evidence, Expressibility, RowProperties } from '../core/contracts/theory';
import { cite, listed } from './cite';
import { derive, idsOf, type Derivation, type Match } from './derive';
import { compare, filledIn, parseComparison, type Numbers } from './formula';
import type { Proposition } from './proposition';
import { theory } from './propositions';
import { columnWords, rowWords, told } from './words';

/** A row on a column, by their names. */
export interface Cell {
  readonly architecture: string;
  readonly task: string;
  readonly row: RowProperties;
  readonly column: ColumnProperties;
}

/** The longest evaluated length of the default protocol; a test holds it to that. */
export const longestMeasured = 256;

/**
 * One paragraph that can be cited: what is predicted, whose result it is, which conditions of this row and column it holds
 * under, what it assumes, where it binds, what would change it, and what it does not say.
 */
export function explain(cell: Cell, derivation = derive(cell.row, cell.column)): string {
  const { deciding, extending, reason } = derivation;
  return [
    verdict(cell, derivation),
    ...(deciding ? groundsOf(cell, deciding) : []),
    ...(extending ? [extensionVerdict(cell, derivation), ...groundsOf(cell, extending)] : []),
    ...(reason ? [reason] : []),
    ...limits(derivation),
    ...besides(derivation),
  ]
    .filter(Boolean)
    .join(' ');
}

const by: Readonly<Record<Evidence, string>> = {
  theorem: 'by a theorem',
  'as summarised by others': 'by a result that was read in a summary',
  'our derivation': 'by a derivation of ours',
  'empirical law': 'by an empirical law',
  none: '',
};

const expressed: { readonly [K in Expressibility]: (row: string, column: string) => string } = {
  cannot: (row, column) => `${row} cannot compute ${column} at all lengths`,
  'cannot unless TC0 = NC1': (row, column) => `Unless TC0 = NC1, ${row} cannot compute ${column} at all lengths`,
  'cannot beyond a length': (row, column) => `Beyond some length ${row} cannot compute ${column}`,
  can: (row, column) => `Some weights of ${row} at this size compute ${column} at all lengths`,
  'can with a chain of thought': (row, column) => `With a chain of thought ${row} can compute ${column} at all lengths`,
  'can at a larger size': (row, column) => `A larger ${row} can compute ${column}, and nothing is known of this size`,
  'no result': () => '',
};

function verdict({ architecture, task }: Cell, { expressible, evidence, extending }: Derivation): string {
  const said = expressed[expressible](architecture, task);
  if (said) return `${said}, ${by[evidence]}.`;
  return extending ? '' : `No proposition here says whether ${architecture} can compute ${task}.`;
}

function extensionVerdict({ architecture, task }: Cell, { extends: extension, extensionEvidence }: Derivation): string {
  const not = extension === 'not expected' ? 'not ' : '';
  return `Once it fits the trained lengths, ${architecture} is ${not}expected to extend beyond them on ${task}, ${by[extensionEvidence]}.`;
}

/** Whose result, in which conditions of the cell, under which assumptions, resting on what, and where it binds. */
function groundsOf({ architecture, task, row, column }: Cell, match: Match): string[] {
  const { proposition, case: one, unmet, binds } = match;
  const ofRow = told(rowWords, row, Object.keys(one.row));
  const ofColumn = told(columnWords, column, Object.keys(one.column));
  const numbers = { ...row, ...column };
  const sizes = (one.sizes ?? []).map((size) => sizeTold(size, unmet.includes(size), numbers));
  return [
    `${proposition.id} (${cite(proposition)}): ${proposition.statement}`,
    `It holds here because ${architecture} has ${listed(ofRow)}, and ${task} ${listed(ofColumn)}.`,
    ...sizes,
    ...(one.unknownSize ? [`The size that it takes is not known here: ${one.unknownSize}.`] : []),
    ...(proposition.assumptions.length ? [`It assumes: ${proposition.assumptions.join('; ')}.`] : []),
    ...supports(match),
    ...(binds === undefined ? [] : [bindingAt(binds)]),
    ...(proposition.lifting ? [`What would change it: ${proposition.lifting}`] : []),
  ];
}

function sizeTold(size: string, isUnmet: boolean, numbers: Numbers): string {
  const isKnown = compare(parseComparison(size)!, numbers) !== null;
  const compared = `${spaced(size)}, which here is ${spaced(filledIn(size, numbers))}`;
  if (!isKnown) return `It would take ${compared}, of which not all is known.`;
  return isUnmet ? `It would take ${compared}.` : `Its size is enough: ${compared}.`;
}

/** `headWidth` as words. */
const spaced = (text: string): string => text.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function supports(match: Match): string[] {
  const [, ...others] = idsOf(match);
  const found = theory().propositions.filter(({ id }) => others.includes(id));
  return found.map((one) => `It rests on ${one.id} (${cite(one)}): ${one.statement}`);
}

const bindingAt = (length: number): string =>
  `It binds from length ${length.toLocaleString('en')} on${length > longestMeasured ? `, and records stop at ${longestMeasured}: there it explains nothing` : ''}.`;

/** What a prediction does not say. */
function limits({ expressible, deciding, extends: extension }: Derivation): string[] {
  const isBound = expressible === 'cannot' || expressible === 'cannot unless TC0 = NC1';
  return [
    ...(isBound
      ? [
          `It is a statement about all lengths and names none: any finite set of lengths is within reach of some weights, and records stop at ${longestMeasured}.`,
        ]
      : []),
    ...(expressible === 'cannot beyond a length' && deciding?.binds === undefined
      ? [`The length is far beyond ${longestMeasured}, where records stop: there it explains nothing.`]
      : []),
    ...(expressible.startsWith('can ') || expressible === 'can'
      ? ['It does not say that training finds such weights, nor that what is learnt at the trained lengths extends.']
      : []),
    ...(extension === 'no result'
      ? []
      : ['It does not say that training fits the trained lengths in the first place.']),
  ];
}

/** Where it cannot, only what says so too is worth telling. */
const besides = ({ expressible, told: aside }: Derivation): string[] =>
  aside
    .filter(({ proposition }) => !expressible.startsWith('cannot') || proposition.concludes === 'cannot')
    .map(({ proposition }) => asideOf(proposition));

const asideOf = (proposition: Proposition): string =>
  `${proposition.id} (${cite(proposition)}) speaks of this cell as well and decides nothing: ${proposition.neverDecides}.`;
