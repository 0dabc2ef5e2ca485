/** A regular expression as JavaScript writes it, and where each of its characters stood in what a person wrote. */
export interface WrittenExpression {
  readonly pattern: string;
  /** places[i]: the place in the original of character i; one more for the end. */
  readonly places: readonly number[];
}

/** What is not read, with what to write instead; a place from 1 where it has one. */
export interface Unreadable {
  readonly problem: string;
}

/** Signs of formal-language texts, as JavaScript writes them. */
const signs: Readonly<Record<string, string>> = {
  ...allOf('εϵλΛ𝜀𝜖', '(?:)'),
  ...allOf('∅', '[]'),
  ...allOf('∪⋃∣｜', '|'),
  ...allOf('·⋅∘•∙', ''),
  ...allOf('⁎∗⋆＊', '*'),
  '⁺': '+',
  Σ: '.',
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((digit, value) => [digit, `{${value}}`])),
};
/** Operators that have no expression of their own. */
const operators: Readonly<Record<string, string>> = {
  '∩': 'intersection',
  '¬': 'the complement',
  '∁': 'the complement',
  ᶜ: 'the complement',
  '∖': 'the difference',
  '⊕': 'the symmetric difference',
};

function allOf(characters: string, means: string): Record<string, string> {
  return Object.fromEntries([...characters].map((character) => [character, means]));
}

/** An escape, a class, a superscript number, a textbook power behind an operand, or one character. */
const part =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|.)|\[(?:\\.|[^\]\\])*\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<=[^(|^])\^(?:[*+]|\d+|\{\d+\}|\{?\p{L}\}?)|./gsu;

/**
 * Signs of formal-language texts mean what they mean there: the empty word, the empty language, union, concatenation,
 * superscripts and the whole alphabet. Within a class or behind a backslash every character means itself.
 */
export function readExpression(expression: string): WrittenExpression | Unreadable {
  let pattern = '';
  const places: number[] = [];
  for (const { 0: found, index } of expression.matchAll(part)) {
    const operator = operators[found];
    if (operator)
      return {
        problem: `position ${index + 1}: "${found}" is ${operator}, which is not read; write an automaton instead (automaton:FILE), or [${found}] for the symbol`,
      };
    if (isStrange(found) && !(found in signs))
      return {
        problem: `position ${index + 1}: "${found}" is no sign of expressions; write [${found}] for the symbol`,
      };
    if (/^\^[\p{L}{]/u.test(found))
      return { problem: `position ${index + 1}: powers are numbers, and "${found}" is none; a^3 is written a{3}` };
    const written = translated(found);
    pattern += written;
    for (let i = 0; i < written.length; i++) places.push(index);
  }
  places.push(expression.length);
  return unionProblem(expression) ?? { pattern, places };
}

/** Signs of mathematics and small letters and digits above or below the line. */
const isStrange = (found: string) =>
  /^[\p{Sm}\p{No}\u02b0-\u02b8\u1d2c-\u1d6a\u2071-\u209c]$/u.test(found) && !/^[+|<>=~]$/.test(found);

function translated(found: string): string {
  if (found.length > 1 && /^[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/.test(found))
    return `{${[...found].map((digit) => signs[digit]!.slice(1, -1)).join('')}}`;
  if (/^\^./.test(found)) return /^\^\d/.test(found) ? `{${found.slice(1)}}` : found.slice(1);
  return /^\\\P{ASCII}$/u.test(found) ? found.slice(1) : (signs[found] ?? found);
}

/**
 * In textbooks (a+b)* is a union, in JavaScript it repeats a. Where an expression can be read both ways, with every plus
 * between two operands, one of them in a group, and nothing that only JavaScript writes, a person has to say which.
 */
function unionProblem(expression: string): Unreadable | undefined {
  const place = expression.search(/(?<!\\)\+/);
  const plain = expression.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gs, '\0').replaceAll(/\s/g, '');
  if (!plain.includes('+')) return undefined;
  const isOfTextbooks = /\s\+\s/.test(expression) || /[εϵλ∅]\+|\+[εϵλ∅]|\*\+|\+\*/u.test(plain);
  const isOfJavaScript = /[\0|?{}^$.]|\+\)|\+$|\+\+/.test(plain);
  if (!isOfTextbooks && (isOfJavaScript || !hasPlusInGroup(plain))) return undefined;
  const union = expression.replaceAll(/\s*\+\s*/g, '|');
  const repeated = expression.replaceAll(/\s*\+\s*/g, '{1,}');
  const asRepeated = isOfTextbooks ? '' : `, or mean one or more, which is then written {1,} (${repeated})`;
  return { problem: `position ${place + 1}: "+" may be a union, which is written | (${union})${asRepeated}` };
}

function hasPlusInGroup(expression: string): boolean {
  let depth = 0;
  return [...expression].some((character, at) => {
    if (character === '(') depth++;
    if (character === ')') depth--;
    return character === '+' && depth > 0 && expression[at - 1] !== '(';
  });
}
