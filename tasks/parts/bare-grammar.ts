import { emptyWords, type GrammarSymbol, invalid } from './grammar-rules';
import { type GrammarSource, lineOf, type RuleText, strongSigns } from './grammar-source';

/** A piece of a rule's right side without blanks. */
interface Chunk {
  readonly text: string;
  readonly place: number;
}

/**
 * Right sides without quotes: whatever is no name of a rule is a symbol, and | parts alternatives. A run of letters is one
 * symbol where blanks stand between symbols, and several where names stand in such runs, as in S -> aSb.
 * @throws invalid-language where it can be read in two ways
 */
export function bareAlternatives(source: GrammarSource): (readonly (readonly GrammarSymbol[])[])[] {
  const isTerminated = endsWithSign(source);
  const sides = source.rules.map((rule) => alternativesOf(source, rule, isTerminated));
  const isSplit = areWordsSplit(source, sides.flat());
  return sides.map((alternatives) =>
    alternatives.map((chunks) => chunks.flatMap((chunk) => symbolsOf(chunk, source, isSplit))),
  );
}

const secondSign = new RegExp(strongSigns, 'u');

function alternativesOf({ text }: GrammarSource, rule: RuleText, sign: string | undefined): Chunk[][] {
  const side = text.slice(rule.from, rule.to).trimEnd();
  const another = secondSign.exec(side);
  if (another)
    throw invalid(
      `line ${lineOf(text, rule.from + another.index)}: "${another[0]}" is there a second time; rules begin on lines of their own`,
    );
  const content = sign !== undefined && side.endsWith(sign) ? side.slice(0, -1) : side;
  let place = rule.from;
  return content.split(/[|∣｜]/u).map((alternative) => {
    const chunks = [...alternative.matchAll(/\S+/g)].map(({ 0: found, index }) => ({
      text: found,
      place: place + index,
    }));
    place += alternative.length + 1;
    return chunks;
  });
}

/** The sign that ends every rule, but perhaps the last; undefined where it may be a symbol. */
function endsWithSign({ text, rules }: GrammarSource): string | undefined {
  const sides = rules.map(({ from, to }) => text.slice(from, to).trim());
  return [';', '.'].find((sign) => {
    const others = sides.slice(0, -1);
    const ended = sides.filter((side) => side.endsWith(sign));
    const isElsewhere =
      sides.some((side) => side.slice(0, -1).includes(sign)) || ended.some((side) => /(?:^|\|)\s*.$/.test(side));
    return ended.length > 0 && others.every((side) => side.endsWith(sign)) && !isElsewhere;
  });
}

/** Names of rules in angle brackets, runs of letters and digits, and other signs one by one. */
const piece = /<[^<>\s]+>|[\p{L}\p{N}_]+′*|./gsu;
const isWord = (text: string) => /^[\p{L}\p{N}_]{2,}/u.test(text);

function areWordsSplit({ text, names, isAngled }: GrammarSource, alternatives: readonly (readonly Chunk[])[]): boolean {
  const chunks = alternatives.flat().filter(({ text }) => !emptyWords.has(text));
  const words = chunks.flatMap((chunk) =>
    [...chunk.text.matchAll(piece)].flatMap(({ 0: word }) =>
      isWord(word) && !names.has(word) ? [{ word, chunk }] : [],
    ),
  );
  if (!isAngled && words.some(({ word }) => holdsName(word, names))) return true;
  const isSpaced = alternatives.some((list) => list.length > 1);
  const unclear = words.find(({ word, chunk }) => !isSpaced || (isAngled && word !== chunk.text));
  if (!unclear) return false;
  const { word, chunk } = unclear;
  throw invalid(
    `line ${lineOf(text, chunk.place)}: "${word}" may be one symbol or ${[...word].length} of them; write symbols in quotes, or with blanks between them`,
  );
}

/** Whether a run of letters is names and symbols without blanks between: what is no name in it is written otherwise. */
function holdsName(word: string, names: ReadonlySet<string>): boolean {
  const parts = splitWord(word, names);
  const areCapitals = [...names].every((name) => /^\p{Lu}/u.test(name));
  return (
    parts.some((part) => names.has(part)) &&
    parts.every((part) => names.has(part) || !(areCapitals && /^\p{Lu}/u.test(part)))
  );
}

/** Names, the longest first, and single characters. */
function splitWord(word: string, names: ReadonlySet<string>): string[] {
  const ordered = [...names].sort((a, b) => b.length - a.length);
  const parts: string[] = [];
  for (let rest = word; rest.length > 0;) {
    const part = ordered.find((name) => rest.startsWith(name) && rest[name.length] !== '′') ?? [...rest][0]!;
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
}

function symbolsOf(
  { text, place }: Chunk,
  { text: whole, names, isAngled }: GrammarSource,
  isSplit: boolean,
): GrammarSymbol[] {
  const symbol = (name: string): GrammarSymbol => ({ isTerminal: !names.has(name), name });
  if (!isAngled && names.has(text)) return [symbol(text)];
  if (emptyWords.has(text)) return [];
  if (/[\p{L}\p{N}_)\]}>][*+?]$/u.test(text))
    throw invalid(
      `line ${lineOf(whole, place)}: "${text.at(-1)}" behind "${text.slice(0, -1)}" may be a symbol or repeat what is before it; write symbols in quotes, or with blanks between them`,
    );
  return [...text.matchAll(piece)].flatMap(({ 0: found }) => {
    const bracketed = /^<(.+)>$/.exec(found);
    if (bracketed && isAngled) {
      if (emptyWords.has(found) && !names.has(bracketed[1]!)) return [];
      return [{ isTerminal: false, name: bracketed[1]! }];
    }
    if (bracketed) return [...found].map(symbol);
    if (isAngled) return [{ isTerminal: true, name: found }];
    if (found === '∅')
      throw invalid(`line ${lineOf(whole, place)}: ∅ is the empty language, not a symbol or the empty word (ε)`);
    if (isSplit && !names.has(found))
      return splitWord(found, names).flatMap((part) => (emptyWords.has(part) ? [] : [symbol(part)]));
    return emptyWords.has(found) ? [] : [symbol(found)];
  });
}
