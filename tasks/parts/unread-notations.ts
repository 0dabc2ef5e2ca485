import { invalid } from './grammar-rules';

/** What gives a notation away that is not read, in a text without comments whose quoted symbols are blanked. */
const notations: readonly (readonly [name: string, sign: RegExp])[] = [
  ['JSON (automaton:FILE reads automata)', /^\s*[{[]\s*(?=[\n"\0}\]])/],
  ['XML', /^\s*<[?!]?\w[^>\n]*\/?>\s*(?:<|\n\s*<)(?![^<>\n]*>\s*(?:::=|:=|->|→|=|:))/],
  [
    'ANTLR',
    /^[^\S\n]*(?:(?:lexer|parser)\s+)?grammar\s+\w+\s*;|^[^\S\n]*fragment\s+\w+|->\s*(?:skip|channel\(|pushMode|popMode)/m,
  ],
  ['Yacc or Bison', /^%%|^%(?:token|left|right|nonassoc|union|type)\b/m],
  ['nearley', /^@(?:builtin|include|preprocessor)|\{%|:[+*](?:\s|$)/m],
  ['Prolog', /-->[^|]*\[[^\]]*\]/],
  ['tree-sitter', /module\.exports\s*=\s*grammar/],
  ['PEG', /^[^\S\n]*\w+\s*(?:<-|←)|^[^\S\n]*\w+\s*=[^|\n]*\S\s+\/\s+\S|(?:^|\s)[&!](?=[\w(\0])/m],
  ['ABNF', /%[xdb][0-9A-Fa-f]+|^[\w-]+\s*=\/|(?:^|\s)\d*\*\d*(?=[\w("\0])/m],
  [
    'ISO EBNF with exceptions or special sequences',
    /[\w\0)}\]]\s+-\s+[\w\0({[]|(?:^|[\s=|,])\?[^?\n:]+\?(?=\s*[;,|)]|\s*$)/m,
  ],
  ['Lark with templates or imports', /^[^\S\n]*%(?:extend|override)|^[^\S\n]*_?\w+\{[^{}\n]*\}\s*:/m],
];

/** The probability of an alternative, which would pass for a class of characters. */
const probability = /\[(?:\d*\.\d+|1(?:\.0*)?)\]/;

/** @throws invalid-language naming the notation, its line, and how the language is written here */
export function refuseUnread(text: string, masked: string, isQuoted: boolean): void {
  const chance = probability.exec(text);
  if (chance) throw unread('a probabilistic grammar', text, chance.index);
  for (const [name, sign] of notations) {
    // Without quotes these signs may well be symbols.
    if (!isQuoted && /^(?:PEG|ABNF|ISO)/.test(name) && !/^[^\S\n]*\w+\s*(?:<-|←|=\/)|%x/m.test(masked)) continue;
    const found = sign.exec(masked);
    if (!found) continue;
    throw unread(name, masked, found.index + found[0].search(/\S|$/));
  }
}

const unread = (name: string, text: string, place: number) =>
  invalid(`line ${text.slice(0, place).split('\n').length}: this looks like ${name}, which is not read; ${example}`);

export const example = 'brackets, for example, are written <S> ::= "(" <S> ")" <S> | ""';
