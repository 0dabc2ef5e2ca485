import { example, refuseUnread } from './unread-notations';
import { invalid } from './grammar-rules';

/** A grammar as a person wrote it, with what its first rule says of the notation; comments are blanked. */
export interface GrammarSource {
  readonly text: string;
  /** The same with every quoted symbol, class and expression replaced by zeros of its length. */
  readonly masked: string;
  /** Whether symbols stand in quotes: then other signs are operators. */
  readonly isQuoted: boolean;
  /** Whether names of rules stand in angle brackets. */
  readonly isAngled: boolean;
  /** Whether a quoted text is one symbol for each character, as in GBNF and Lark. */
  readonly isOfCharacters: boolean;
  /** Rules in their order, with the places of their right sides; a name may come several times. */
  readonly rules: readonly RuleText[];
  readonly names: ReadonlySet<string>;
}
export interface RuleText {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export const lineOf = (text: string, place: number): number => text.slice(0, place).split('\n').length;

const bareName = String.raw`[\p{L}_][\p{L}\p{N}_-]*′*`;
export const strongSigns = String.raw`::=|:==|:=|-->|->|=>|→|⟶|⇒|⟹|↦`;
/** A name with what defines it, at the beginning of a line. */
const firstRule = new RegExp(String.raw`^[^\S\n]*[?!]?(<[^<>\n]+>|${bareName})(?:\.\d+)?\s*(${strongSigns}|=|:)`, 'mu');

/** A text in quotes of any kind; a backslash alone in quotes is a symbol, and elsewhere it begins an escape. */
export const quotedText =
  String.raw`"\\"(?=[\s|)*+?;.,]|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|“[^”\n]*”|‘[^’\n]*’|` + '`[^`\\n]*`';
/** A class of characters: negated, without quotes and blanks, or with one double quote. */
const characterClass = String.raw`\[\^(?:\\.|[^\]\\\n]){0,400}\]|\[(?:\\.|[^\]\\\s"'|<]){1,400}\]|\[(?:\\.|[^\]\\\s"]){0,400}"(?:\\.|[^\]\\\s"]){0,400}\]`;

/** In GBNF square brackets are classes, whatever they hold. */
const anyClass = String.raw`\[(?:\\.|[^\]\\\n]){0,400}\]`;
const isGbnf = (text: string) => /^[^\S\n]*root\s*::=/m.test(text);
export const classIn = (text: string) => (isGbnf(text) ? anyClass : characterClass);

/** An expression between slashes, as Lark writes it. */
export const slashed = String.raw`\/(?![\/*\s])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^\/\\\n[])+\/[a-z]*`;

/** "1. S -> ..." */
const ruleNumber = new RegExp(
  String.raw`^[^\S\n]*\(?\d+[.):]\)?[^\S\n]+(?=(?:<[^<>\n]+>|[\p{L}_][\p{L}\p{N}_]*['’′]*)\s*(?:${strongSigns}))`,
  'gmu',
);

const commands: Readonly<Record<string, string>> = {
  ...{ to: '→', rightarrow: '→', longrightarrow: '→', Rightarrow: '→', mid: '|', vert: '|' },
  ...{ epsilon: 'ε', varepsilon: 'ε', lambda: 'λ', cdot: ' ', quad: ' ' },
};
const withoutLatex = (text: string) =>
  text.replaceAll(/(?<!["'\\\w])\\([A-Za-z]+)(?![A-Za-z"'])/g, (found, name: string) => commands[name] ?? found);

/** A quoted symbol, which stands apart, or a quote behind a letter. */
const primeOrQuoted = /(?<=^|[\s|([{,])'[^'\n]*'|(?<=[\p{L}\p{N}_′])['’]/gmu;

/** @throws invalid-language where no rule is found, or the notation is not read */
export function readSource(original: string): GrammarSource {
  // Where a rule is called E', quotes behind letters are primes.
  const hasPrimes = new RegExp(String.raw`^[^\S\n]*[\p{L}_][\p{L}\p{N}_]*['’]+\s*(?:${strongSigns}|=|:)`, 'mu').test(
    original,
  );
  const plain = withoutLatex(original.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')).replaceAll(ruleNumber, blanked);
  let text = withoutComments(
    hasPrimes ? plain.replaceAll(primeOrQuoted, (found) => (found.length > 1 ? found : '′')) : plain,
  );
  const isQuoted = [...text.matchAll(new RegExp(quotedText, 'gu'))].some(([found]) => found.length > 2);
  refuseUnread(text, maskedOf(text, isQuoted), isQuoted);
  const first = firstRule.exec(text);
  if (!first || /\S/.test(text.slice(0, first.index).replaceAll(/^[^\S\n]*%.*$/gm, ''))) {
    const line = lineOf(text, Math.max(0, text.search(/\S/)));
    throw invalid(
      text.trim() ? `line ${line}: a rule starts with <name> ::= or NAME ->; ${example}` : 'it names no symbol',
    );
  }
  const sign = first[2]!;
  const isAngled = first[1]!.startsWith('<');
  text = isQuoted ? withoutRemarks(text) : withoutClearRemarks(text);
  const isLark = sign === ':' && isQuoted && larkSign.test(text);
  if (isLark) text = withoutDirectives(text);
  const masked = maskedOf(text, isQuoted);
  const rules = rulesOf(masked, isAngled, /^[=:]$/.test(sign) ? `${sign}(?!=)` : strongSigns);
  const names = new Set(rules.map(({ name }) => name));
  const isGbnf = sign === '::=' && !isAngled && isQuoted && names.has('root');
  return { text, masked, isQuoted, isAngled, isOfCharacters: isGbnf || isLark, rules, names };
}

/** Blanks a text and keeps its lines, so that places stay. */
const blanked = (text: string) => text.replaceAll(/[^\n]/g, ' ');

const maskedOf = (text: string, isQuoted: boolean) =>
  text.replaceAll(new RegExp(isQuoted ? `${quotedText}|${classIn(text)}|${slashed}` : quotedText, 'gu'), (found) =>
    '\0'.repeat(found.length),
  );

/** Comments that are no symbols in any notation: whole lines with #, from // on, and those of C and of EBNF. */
function withoutComments(text: string): string {
  const comment = String.raw`(\(\*[\s\S]*?\*\)|\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*|^[^\S\n]*#(?!x[0-9A-Fa-f])[^\n]*)`;
  return text.replaceAll(new RegExp(`${quotedText}|${classIn(text)}|${comment}`, 'gmu'), (found, remark?: string) =>
    remark === undefined ? found : blanked(found),
  );
}

/** Behind a rule, # begins a comment where symbols stand in quotes. */
const withoutRemarks = (text: string) =>
  text.replaceAll(
    new RegExp(`${quotedText}|${classIn(text)}|` + String.raw`(\s#(?!x[0-9A-Fa-f])[^\n]*)`, 'gu'),
    (found, remark?: string) => (remark === undefined ? found : blanked(found)),
  );

/** Without quotes # may be a symbol: it is where nothing or an alternative follows it, and otherwise a person has to say. */
function withoutClearRemarks(text: string): string {
  const unclear = /\S[^\S\n]+#[^\S\n]+(?![|∣])\S/.exec(text);
  if (!unclear) return text;
  const line = lineOf(text, unclear.index);
  throw invalid(
    `line ${line}: # may be a symbol or begin a comment; write symbols in quotes, or comments on lines of their own`,
  );
}

const larkSign = /^[^\S\n]*%(?:import|ignore|declare)\b|^[^\S\n]*(?:\?[a-z_]\w*|start|[A-Z_][A-Z0-9_]*)(?:\.\d+)?\s*:/m;
/** Common terminals of Lark, as its library has them; what is ignored is white space, whatever kind. */
const common: Readonly<Record<string, string>> = {
  DIGIT: '"0".."9"',
  HEXDIGIT: '"a".."f" | "A".."F" | DIGIT',
  INT: 'DIGIT+',
  SIGNED_INT: '["+" | "-"] INT',
  DECIMAL: 'INT "." INT? | "." INT',
  FLOAT: 'INT ("e" | "E") SIGNED_INT | DECIMAL (("e" | "E") SIGNED_INT)?',
  SIGNED_FLOAT: '["+" | "-"] FLOAT',
  NUMBER: 'FLOAT | INT',
  SIGNED_NUMBER: '["+" | "-"] NUMBER',
  LCASE_LETTER: '"a".."z"',
  UCASE_LETTER: '"A".."Z"',
  LETTER: 'UCASE_LETTER | LCASE_LETTER',
  WORD: 'LETTER+',
  ESCAPED_STRING: String.raw`/"([^"\\]|\\.)*"/`,
  CNAME: '("_" | LETTER) ("_" | LETTER | DIGIT)*',
};
const ignorable = /^(?:WS|WS_INLINE|NEWLINE|CR|LF|SH_COMMENT|CPP_COMMENT|C_COMMENT)$/;

/** Modifiers and aliases say how trees look; what is ignored is white space, which is no symbol. */
function withoutDirectives(text: string): string {
  const imported = new Map<string, string>();
  const take = (name: string, as: string, line: number): void => {
    if (ignorable.test(name)) return;
    const definition = common[name];
    if (definition === undefined) throw invalid(`line ${line}: common.${name} is not known; write the terminal itself`);
    if (imported.has(as)) return;
    imported.set(as, definition);
    for (const [needed] of definition.matchAll(/[A-Z_]{2,}/g)) take(needed, needed, line);
  };
  const rest = text
    .replaceAll(
      /^[^\S\n]*%import\s+common\s*(?:\.(\w+)(?:\s*->\s*(\w+))?|\(([^()\n]*)\))[^\n]*$/gm,
      (found, ...groups) => {
        const [name, as, several, place] = groups as [string?, string?, string?, number?];
        const line = lineOf(text, place!);
        for (const each of name ? [name] : several!.split(/[\s,]+/).filter(Boolean)) take(each, as ?? each, line);
        return blanked(found);
      },
    )
    .replaceAll(/^[^\S\n]*%(?:ignore|declare)[^\n]*$/gm, blanked)
    .replaceAll(/^([^\S\n]*)[?!](?=[a-z_]\w*(?:\.\d+)?\s*:)/gm, '$1 ')
    .replaceAll(/->\s*[a-z_]\w*/g, blanked);
  const directive = /^[^\S\n]*%\w+.*$/m.exec(rest);
  if (directive) throw invalid(`line ${lineOf(rest, directive.index)}: "${directive[0].trim()}" of Lark is not read`);
  return rest + [...imported].map(([name, definition]) => `\n${name}: ${definition}`).join('');
}

/** Names in angle brackets begin a rule anywhere, others at the beginning of a line or behind the end of a rule. */
function rulesOf(masked: string, isAngled: boolean, sign: string): RuleText[] {
  const start = isAngled
    ? new RegExp(String.raw`<([^<>\n]+)>\s*(?:${sign})`, 'gu')
    : new RegExp(String.raw`(?=[\p{L}_])(?<=^[^\S\n]*|[;.][^\S\n]*)(${bareName})(?:\.\d+)?\s*(?:${sign})`, 'gmu');
  const found = [...masked.matchAll(start)];
  return found.map(({ 0: whole, 1: name, index }, at) => ({
    name: name!.trim(),
    from: index + whole.length,
    to: found[at + 1]?.index ?? masked.length,
  }));
}
