import type { LanguageAnalysis, RepeatedWord, Word } from '../../tasks/parts/algebra/language-analysis';
import type { ColumnProperties } from '../core/contracts/theory';

/** One fact of a column, in words. */
export type Fact = readonly [what: string, said: string];

/** How a word is written: its symbols side by side where each is one character. */
export type Writing = (word: Word) => string;

export function writingIn(alphabet: readonly string[]): Writing {
  const isSpaced = alphabet.some((symbol) => [...symbol].length > 1);
  return (word) => {
    const written = word.map((id) => alphabet[id]).join(isSpaced ? ' ' : '');
    return isSpaced ? `"${written}"` : written;
  };
}

/** What propositions ask of a column, in words, with what shows it; nothing of what is not known or does not apply. */
export function columnFacts(properties: ColumnProperties, analysis: LanguageAnalysis | null, write: Writing): Fact[] {
  const facts: (Fact | false | null)[] = [
    properties.isRegular !== null && ['automaton', automaton(properties)],
    properties.starFree !== null && ['star-free', starFree(properties, analysis, write)],
    groups(properties, analysis),
    ['C-RASP', cRasp(properties, analysis, write)],
    ['with positions', cRaspWithPositions(properties)],
    alternation(properties, analysis, write),
    memory(properties),
    properties.hardFor && ['hard for', properties.hardFor],
  ];
  return facts.filter((fact) => !!fact);
}

const plural = (count: number, what: string) => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

function automaton({ isRegular, states, letters, monoid }: ColumnProperties): string {
  if (!isRegular) return 'no finite automaton is enough';
  if (states === null) return 'finite, and too large to be built';
  const size = `${plural(states, 'state')}, ${plural(letters, 'letter')}, minimal`;
  return `${size}; ${monoid === null ? 'its monoid is too large to be computed' : `its monoid has ${plural(monoid, 'element')}`}`;
}

function starFree({ starFree }: ColumnProperties, analysis: LanguageAnalysis | null, write: Writing): string {
  if (starFree) return 'yes: no word moves states around a cycle';
  const group = analysis?.witnesses.group;
  return group ? `no: the word ${write(group.word)} moves states around a cycle of ${group.order}` : 'no';
}

function groups(
  { starFree, solvable, group, abelian }: ColumnProperties,
  analysis: LanguageAnalysis | null,
): Fact | false {
  if (starFree !== false) return false;
  const orders = analysis?.groupOrders?.slice(0, mostOrders).join(', ');
  const more = (analysis?.groupOrders?.length ?? 0) > mostOrders ? ', ...' : '';
  const are = solvable === null ? '' : solvable ? 'solvable' : 'not all solvable';
  const whole = group && `the monoid is a group${abelian ? ', and commutative' : ''}`;
  return ['groups', [orders && `of order ${orders}${more}`, are, whole].filter(Boolean).join('; ')];
}

/** Orders of groups that are told. */
const mostOrders = 6;

function cRasp(properties: ColumnProperties, analysis: LanguageAnalysis | null, write: Writing): string {
  const { cRasp, rTrivial, starFree, passesCRaspTest } = properties;
  if (cRasp) {
    if (rTrivial) return 'yes: R-trivial, no two words lead to one another';
    return analysis ? 'yes: counts of letters at every prefix tell the state' : 'yes';
  }
  const [first, second] = analysis?.witnesses.idempotents?.map(write) ?? [];
  if (cRasp === false) {
    if (starFree === false) return 'no: there is a group in the monoid';
    if (first) return `no: two idempotents, ${first} and ${second}, lie in one R-class`;
    return 'no';
  }
  if (passesCRaspTest) return 'not known: no group, and at most one idempotent in each R-class';
  return 'not known';
}

function cRaspWithPositions({
  cRasp,
  cRaspWithPositions,
  isRegular,
  quasiAperiodic,
  states,
}: ColumnProperties): string {
  if (cRaspWithPositions === null) return 'not known';
  if (!cRaspWithPositions) return isRegular && quasiAperiodic === false ? 'no: words of one length make a group' : 'no';
  return cRasp || states === null ? 'yes' : 'yes: R-trivial over windows of symbols and positions modulo a number';
}

/** "with period 2 (even) when 1 is repeated". */
function alternation(properties: ColumnProperties, analysis: LanguageAnalysis | null, write: Writing): Fact | false {
  const { evenCycle, oddCycle, blockEvenCycle, blockOddCycle } = properties;
  const { even, odd, blockEven, blockOdd }: LanguageAnalysis['witnesses'] = analysis?.witnesses ?? {};
  const repeated = (is: boolean | null, found: RepeatedWord | undefined, kind: string) =>
    is &&
    (found
      ? `with period ${found.period} (${kind}) when ${write(found.word)} is repeated`
      : `with a period that is ${kind}`);
  const [anEven, notPower] = ['even', 'no power of two'];
  const told = [
    repeated(evenCycle, even, anEven) || repeated(blockEvenCycle, blockEven, anEven),
    repeated(oddCycle, odd, notPower) || repeated(blockOddCycle, blockOdd, notPower),
  ].filter((each) => !!each);
  if (told.length > 0) return ['alternates', told.join('; ')];
  return analysis !== null && blockEvenCycle === false && blockOddCycle === false && ['alternates', 'never'];
}

function memory({ memory, counters, pushdown, realTimeTape }: ColumnProperties): Fact | null {
  const sizes = { bounded: 'bounded', logarithmic: 'that of counts', linear: 'in proportion to the length' };
  const enough = [
    counters && plural(counters, 'counter'),
    pushdown && `a ${pushdown} stack`,
    realTimeTape && 'a tape with an action per symbol',
  ].filter(Boolean);
  const told = [memory && sizes[memory], enough.length > 0 && `enough: ${enough.join(', ')}`].filter(Boolean);
  return told.length > 0 ? ['memory', told.join('; ')] : null;
}
