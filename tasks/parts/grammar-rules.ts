import { zooError } from '../../registry';

/** A symbol of a rule: a terminal, or the name of a rule. */
export interface GrammarSymbol {
  readonly isTerminal: boolean;
  readonly name: string;
}

/** Alternatives of each rule; the first rule is the start. An empty alternative is the empty word. */
export type Rules = ReadonlyMap<string, readonly (readonly GrammarSymbol[])[]>;

export const invalid = (problem: string) => zooError('invalid-language', { language: 'the grammar', problem });

/** How the empty word is written, where no rule and no quoted symbol is called so. */
export const emptyWords: ReadonlySet<string> = new Set([
  ...['ε', 'ϵ', 'λ', 'Λ', '𝜀', '𝜖', 'eps', 'epsilon', 'lambda', '""', "''", '“”', '‘’'],
  ...['<empty>', '<epsilon>', '<eps>', '<lambda>', '<ε>', '<λ>', '<>'],
]);

/** Names that characters of white space have as symbols, because words are written with blanks between them. */
const shownSpaces: Readonly<Record<string, string>> = { ' ': '␣', '\t': '␉', '\n': '␊', '\r': '␍' };
export const shown = (character: string): string => shownSpaces[character] ?? character;
