import { zooError } from '../../registry';

/** A symbol of a rule: a terminal that stood in quotes, or the name of a rule. */
export interface GrammarSymbol {
  readonly isTerminal: boolean;
  readonly name: string;
}

/** Alternatives of each rule; the first rule is the start. An empty alternative is the empty word. */
export type Rules = ReadonlyMap<string, readonly (readonly GrammarSymbol[])[]>;

/** A terminal in double or single quotes, a <name> with or without `::=` behind, `|`, or what does not belong. */
const token = /"([^"]*)"|'([^']*)'|<([^<>\n]+)>\s*(::=)?|(\|)|(\S)/g;

/**
 * Reads a grammar in Backus-Naur form: `<name> ::= alternatives`, separated by `|`. A quoted terminal is one symbol and
 * `""` the empty word. A rule may take several lines, and lines that begin with `#` are comments.
 */
export function parseGrammar(text: string): Rules {
  const rules = new Map<string, GrammarSymbol[][]>();
  let current: GrammarSymbol[][] | undefined;
  const source = text.replaceAll(/^\s*#.*$/gm, '');
  for (const { index, 1: double, 2: single, 3: name, 4: defines, 5: or, 6: other } of source.matchAll(token)) {
    const line = source.slice(0, index).split('\n').length;
    const terminal = double ?? single;
    if (other) throw invalid(`line ${line}: "${other}" is neither a quoted symbol nor <name>, ::= or |`);
    if (terminal && /\s/.test(terminal)) throw invalid(`line ${line}: white space is no symbol`);
    if (defines) {
      if (rules.has(name!)) throw invalid(`line ${line}: <${name}> is defined a second time`);
      rules.set(name!, (current = [[]]));
    } else if (!current) throw invalid(`line ${line}: a rule starts with <name> ::=`);
    else if (or) current.push([]);
    else if (name) current.at(-1)!.push({ isTerminal: false, name });
    else if (terminal) current.at(-1)!.push({ isTerminal: true, name: terminal });
  }
  const symbols = [...rules.values()].flat(2);
  const missing = symbols.find(({ isTerminal, name }) => !isTerminal && !rules.has(name));
  if (missing) throw invalid(`<${missing.name}> is not defined`);
  if (!symbols.some(({ isTerminal }) => isTerminal)) throw invalid('it names no symbol');
  return rules;
}

export const invalid = (problem: string) => zooError('invalid-language', { language: 'the grammar', problem });
