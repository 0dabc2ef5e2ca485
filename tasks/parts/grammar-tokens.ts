import { invalid, shown } from './grammar-rules';
import { classIn, type GrammarSource, lineOf, quotedText, type RuleText, slashed } from './grammar-source';

/** A token of a right side in which symbols stand in quotes. */
export type Token = { readonly place: number; readonly text: string } & (
  | { readonly kind: 'symbols'; readonly symbols: readonly string[] }
  | { readonly kind: 'name' | 'word' | 'sign' | 'expression' }
  /** One of these characters, or one of all others of the grammar. */
  | { readonly kind: 'class'; readonly characters: readonly string[]; readonly isNegated: boolean }
  /** What is before it, so many times. */
  | { readonly kind: 'times'; readonly least: number; readonly most: number }
);

const patternOf = (text: string) =>
  new RegExp(
    [
      `(?<quoted>${quotedText})(?<flag>i\\b)?`,
      String.raw`<(?<angled>[^<>\n]*)>`,
      `(?<set>${classIn(text)})`,
      `(?<slashed>${slashed})`,
      String.raw`#x(?<code>[0-9A-Fa-f]+)`,
      String.raw`\{\s*(?<least>\d+)\s*(?<comma>,)?\s*(?<most>\d*)\s*\}`,
      String.raw`~\s*(?<exactly>\d+)(?:\s*\.\.\s*(?<upTo>\d+))?`,
      String.raw`(?<range>\.\.)`,
      String.raw`(?<word>[\p{L}_][\p{L}\p{N}_-]*′*|\d+)`,
      String.raw`(?<sign>\S)`,
    ].join('|'),
    'gsu',
  );

/** @throws invalid-language */
export function tokensOf({ text, names, isOfCharacters }: GrammarSource, { from, to }: RuleText): Token[] {
  const tokens: Token[] = [];
  for (const { 0: found, index, groups } of text.slice(from, to).matchAll(patternOf(text))) {
    const place = from + index;
    const at = { place, text: found };
    const line = () => `line ${lineOf(text, place)}`;
    const { quoted, flag, angled, set, code, least, comma, most, exactly, upTo, word } = groups!;
    if (quoted !== undefined) {
      if (flag) throw invalid(`${line()}: ${found} ignores case, which is not read; write both letters`);
      const content = unescaped(quoted.slice(1, -1));
      if (!isOfCharacters && /\s/.test(content)) throw invalid(`${line()}: white space is no symbol`);
      tokens.push({
        ...at,
        kind: 'symbols',
        symbols: isOfCharacters ? [...content].map(shown) : content ? [content] : [],
      });
    } else if (angled !== undefined) tokens.push({ ...at, kind: 'name', text: angled.trim() });
    else if (set !== undefined) {
      // [a b] may be an option: its content are names of rules then.
      const content = set.slice(1, -1);
      if (!isOfCharacters && content.split(/\s+/).every((each) => names.has(each)))
        tokens.push(...optionOf(content, place));
      else tokens.push({ ...at, kind: 'class', ...classOf(content, line()) });
    } else if (groups!.slashed !== undefined) tokens.push({ ...at, kind: 'expression' });
    else if (code !== undefined)
      tokens.push({ ...at, kind: 'symbols', symbols: [shown(String.fromCodePoint(parseInt(code, 16)))] });
    else if (least !== undefined)
      tokens.push({
        ...at,
        kind: 'times',
        least: Number(least),
        most: comma ? (most ? Number(most) : Infinity) : Number(least),
      });
    else if (exactly !== undefined)
      tokens.push({ ...at, kind: 'times', least: Number(exactly), most: Number(upTo ?? exactly) });
    else if (word !== undefined) tokens.push(...wordTokens(word, place, names));
    else tokens.push({ ...at, kind: 'sign' });
  }
  return tokens;
}

const optionOf = (name: string, place: number): Token[] => [
  { kind: 'sign', text: '[', place },
  ...name.split(/\s+/).map((each): Token => ({ kind: 'name', text: each, place })),
  { kind: 'sign', text: ']', place },
];

/** A hyphen belongs to a name only where a rule is called so. */
function wordTokens(word: string, place: number, names: ReadonlySet<string>): Token[] {
  if (names.has(word) || !word.includes('-')) return [{ kind: names.has(word) ? 'name' : 'word', text: word, place }];
  let at = place;
  return word.split(/(-)/).flatMap((part): Token[] => {
    const token: Token = { kind: part === '-' ? 'sign' : names.has(part) ? 'name' : 'word', text: part, place: at };
    at += part.length;
    return part ? [token] : [];
  });
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** One character of a quoted text or a class, as it is written. */
const character = /\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\u\{([0-9A-Fa-f]+)\}|\\(.)|(.)/gsu;

function charactersOf(text: string): { character: string; isPlain: boolean }[] {
  return [...text.matchAll(character)].map(([, x, u, long, braced, escaped, plain]) => {
    const code = x ?? u ?? long ?? braced;
    if (code !== undefined) return { character: String.fromCodePoint(parseInt(code, 16)), isPlain: false };
    return { character: plain ?? escapes[escaped!] ?? escaped!, isPlain: plain !== undefined };
  });
}

/** Two letters behind a backslash mean one character; a backslash alone is a symbol. */
const unescaped = (text: string) =>
  text === '\\'
    ? text
    : charactersOf(text)
        .map(({ character: each }) => each)
        .join('');

const mostCharacters = 256;

function classOf(content: string, line: string): { characters: string[]; isNegated: boolean } {
  const isNegated = content.startsWith('^');
  const listed = charactersOf(isNegated ? content.slice(1) : content);
  const characters: string[] = [];
  for (let at = 0; at < listed.length; at++) {
    const [first, dash, last] = [listed[at]!, listed[at + 1], listed[at + 2]];
    if (dash?.character !== '-' || !dash.isPlain || !last) {
      characters.push(shown(first.character));
      continue;
    }
    const [from, to] = [first.character.codePointAt(0)!, last.character.codePointAt(0)!];
    if (to < from) throw invalid(`${line}: the range ${first.character}-${last.character} is empty`);
    if (to - from >= mostCharacters) {
      if (isNegated) continue; // those of the grammar are far fewer; control characters are excluded so
      throw invalid(`${line}: the range ${first.character}-${last.character} has more than ${mostCharacters} symbols`);
    }
    for (let code = from; code <= to; code++) characters.push(shown(String.fromCodePoint(code)));
    at += 2;
  }
  return { characters, isNegated };
}
