import fc from 'fast-check';
import type { ZooError } from '../../../src/core/errors';
import { parseGrammar } from '../../../tasks/parts/backus-naur';
import { ContextFreeLanguage } from '../../../tasks/parts/context-free';

/** The words of up to five symbols, each with its symbols apart, the shortest first. */
function wordsOf(text: string): string[] {
  const language = new ContextFreeLanguage(parseGrammar(text));
  const lengths = [0, 1, 2, 3, 4, 5];
  return lengths.flatMap((length) =>
    length > 0 && language.countTrees(length) === 0n
      ? []
      : language.first(length, 100_000).map((word) => word.map((id) => language.terminals[id]).join(' ')),
  );
}

const brackets = '<s> ::= "(" <s> ")" <s> | ""';
const twice = '<s> ::= "a" <s> "b" | "a" "b"';
const list = '<l> ::= "[" <i> "]"\n<i> ::= "x" | "x" "," <i>';
const dyck2 = '<s> ::= "(" <s> ")" <s> | "[" <s> "]" <s> | ""';
const expressions = '<e> ::= <t> "+" <e> | <t>\n<t> ::= "x" | "(" <e> ")"';

describe('notations', () => {
  it.each<[string, string, string]>([
    // Arrows and the other signs that define.
    ['quoted symbols behind an arrow', "S -> 'a' S 'b' | 'a' 'b'", twice],
    ['a true arrow and empty alternatives', 'S → "(" S ")" S |', brackets],
    ['an empty alternative in front', 'S → | "(" S ")" S', brackets],
    [':= and angles', '<s> := "a" <s> "b" | "a" "b"', twice],
    ['an equals sign', 'S = "a" S "b" | "a" "b" ;', twice],
    ['a colon', "s : 'a' s 'b'\n  | 'a' 'b'\n  ;", twice],
    ['=> and typographic quotes', 'S => ‘a’ S “b” | “a” ‘b’', twice],
    ['S itself with ::=', 'S ::= "a" S "b" | "a" "b"', twice],
    ['names with hyphens', 'a-list ::= "a" a-list "b" | "a" "b"', twice],
    // Several rules of one name, several lines, ends of rules.
    ['repeated left sides', 'S -> "a" S "b"\nS -> "a" "b"', twice],
    ['repeated left sides without quotes', 'S -> a S b\nS -> a b', twice],
    ['rules that end in semicolons', '<s> ::= "(" <s> ")" <s> ;\n<s> ::= "" ;', brackets],
    ['rules that end in full stops', 'L = "[" I "]" .\nI = "x" | "x" "," I .', list],
    ['one line, several rules', 'L -> "[" I "]"; I -> "x" | "x" "," I', list],
    ['rules without quotes that end in semicolons', 'L -> [ I ] ;\nI -> x | x , I ;', list],
    ['several lines a rule', 'S ->\n    "a"\n    S "b"\n  | "a"\n    "b"', twice],
    ['Windows lines and a byte order mark', '\uFEFF<s> ::= "a" <s> "b"\r\n  | "a" "b"\r\n', twice],
    // The empty word.
    ...['ε', 'λ', 'ϵ', 'eps', 'epsilon', '""', "''", '<empty>', ''].flatMap((empty): [string, string, string][] => [
      [`the empty word as "${empty}" without quotes`, `S -> ( S ) S | ${empty}`, brackets],
      [`the empty word as "${empty}" with quotes`, `S -> '(' S ')' S | ${empty}`, brackets],
      [`the empty word as "${empty}" with angles`, `<S> ::= ( <S> ) <S> | ${empty}`, brackets],
    ]),
    ['ε in quotes is a symbol', "S -> 'a' S 'ε' | 'a' 'ε'", '<s> ::= "a" <s> "ε" | "a" "ε"'],
    // Symbols without quotes.
    ['letters without blanks', 'S -> aSb | ab', twice],
    ['letters with blanks', 'S -> a S b | a b', twice],
    ['brackets without blanks', 'S->(S)S|[S]S|ε', dyck2],
    ['signs without blanks', 'E->T+E|T\nT->x|(E)', expressions],
    ['primes', "E -> T E'\nE' -> + T E' | ε\nT -> ( E ) | x", expressions],
    ['primes and quotes', "E -> T E'\nE' -> '+' T E' | ε\nT -> '(' E ')' | 'x'", expressions],
    ['words with blanks', 'E -> E plus id | id', '<e> ::= <e> "plus" "id" | "id"'],
    ['digits', 'S -> 0S1 | 01', '<s> ::= "0" <s> "1" | "0" "1"'],
    ['a mark of #', 'S -> a S a | b S b | #', '<s> ::= "a" <s> "a" | "b" <s> "b" | "#"'],
    ['small words beside quoted signs', "E -> E '+' T | T\nT -> '(' E ')' | x", expressions],
    ['angles around names only', '<e> ::= <t> + <e> | <t>\n<t> ::= x | ( <e> )', expressions],
    ['postfix signs with blanks', 'S -> S S + | S S * | a', '<s> ::= <s> <s> "+" | <s> <s> "*" | "a"'],
    // Comments.
    ['comments of lines', '# brackets\n<s> ::= "(" <s> ")" <s> # more\n  // and\n  | "" // nothing\n', brackets],
    ['comments of EBNF and C', '(* brackets *) S = "(" S ")" S /* or\n nothing */ | "" ;', brackets],
    ['signs of comments in quotes', '<s> ::= "#" <s> "//" | "#" "//"', '<s> ::= "#" <s> "//" | "#" "//"'],
    // EBNF.
    ['commas, options and repetitions', 'L = "[" , "x" , { "," , "x" } , "]" ;', list],
    ['an option', 'S = "a", [ S ], "b" ;', twice],
    ['an option of one name', 'S = "a" [S] "b" ;', twice],
    [
      '*, ?, + and groups',
      'S ::= "a" ("b" | "c" "d")* "e"? "f"+',
      '<s> ::= "a" <b> <e> <f>\n<b> ::= "b" <b> | "c" "d" <b> | ""\n<e> ::= "e" | ""\n<f> ::= "f" | "f" <f>',
    ],
    ['a number of times', 'S = 2 * "a", "b" ;', '<s> ::= "a" "a" "b"'],
    ['brackets within repetitions', 'S ::= ("(" S ")")*', brackets],
    ['classes of W3C', 'S ::= [a-c] #x64 "e"?', '<s> ::= <c> "d" <e>\n<c> ::= "a" | "b" | "c"\n<e> ::= "e" | ""'],
    // GBNF.
    ['GBNF', '# brackets\nroot ::= ("(" root ")")*\n', brackets],
    [
      'GBNF with characters, classes and counts',
      'item ::= [x-z]{1,2}\nroot ::= "ab" item [^a-y\\n]',
      '<r> ::= "a" "b" <i> "z"\n<i> ::= <x> | <x> <x>\n<x> ::= "x" | "y" | "z"',
    ],
    [
      'GBNF with quotes in a class',
      'root ::= "\\"" [^"\\\\a] "\\"" [ab"]',
      '<r> ::= "\\"" "b" "\\"" <a>\n<a> ::= "a" | "b" | "\\""',
    ],
    ['GBNF with a blank', 'root ::= "a b" "\\t"?', '<r> ::= "a" "␣" "b" <t>\n<t> ::= "␉" | ""'],
    // Lark.
    [
      'GBNF with blanks in a class',
      'root ::= "a" [ b]{1,2} "\\\\" [^\\\\\\x00-\\x1f] # end',
      '<r> ::= "a" <s> "\\\\" <o>\n<s> ::= <b> | <b> <b>\n<b> ::= "␣" | "b"\n<o> ::= "␣" | "a" | "b"',
    ],
    [
      'Lark with what it imports',
      '%import common (DIGIT, WS)\n%import common.SIGNED_INT -> INTEGER\n%ignore WS\nstart: INTEGER "." DIGIT',
      'start: ["+" | "-"] ("0".."9")+ "." "0".."9"',
    ],
    ['LaTeX', 'S \\to a S b \\mid a b', twice],
    ['numbered rules', '1. S -> a S b\n2. S -> a b', twice],
    ['tokens of Yacc', "s : A s 'b'\n  | A 'b'\n  ;", '<s> ::= "A" <s> "b" | "A" "b"'],
    ['Lark', '?start: sum\n?sum: product | sum "+" product -> add\nproduct: "x" | "(" sum ")"', expressions],
    [
      'Lark with terminals and directives',
      '%import common.WS\n%ignore WS\nstart: X ("," X)* // items\nX.2: "x" | /y[12]/',
      '<s> ::= <x> | <x> "," <s>\n<x> ::= "x" | "y" "1" | "y" "2"',
    ],
    [
      'Lark with ranges, counts and common terminals',
      'start: "a".."b" ~ 2 DIGIT?\n%import common.DIGIT',
      `<s> ::= <a> <a> | <a> <a> <d>\n<a> ::= "a" | "b"\n<d> ::= ${[...'0123456789'].map((digit) => `"${digit}"`).join(' | ')}`,
    ],
  ])('%s', (_, text, ours) => {
    expect(wordsOf(text)).toEqual(wordsOf(ours));
    expect(wordsOf(text).length).toBeGreaterThan(0);
  });

  it('starts with the first rule, and in GBNF and Lark with the one that is called so', () => {
    expect(wordsOf('A -> "a"\nB -> "b"')).toEqual(['a']);
    expect(wordsOf('item ::= "a"\nroot ::= item "b"')).toEqual(['a b']);
    expect(wordsOf('item: "a"\nstart: item "b"')).toEqual(['a b']);
  });

  it('has one order of symbols, whatever the order of rules', () => {
    const terminalsOf = (text: string) => new ContextFreeLanguage(parseGrammar(text)).terminals;
    expect(terminalsOf('S -> b S a | c')).toEqual(['a', 'b', 'c']);
    expect(terminalsOf('<e> ::= "x" | <e> "-" | <e> <e> "+"')).toEqual(['+', '-', 'x']);
  });
});

it.each<[string, RegExp]>([
  ['', /made of the grammar: it names no symbol/],
  ['hello', /line 1: a rule starts with <name> ::= or NAME ->/],
  ['<s> ::= "a" b', /line 1: "b" is neither a quoted symbol nor <name>, ::= or \|/],
  ['<s> ::= "a b"', /line 1: white space is no symbol/],
  ['<s> ::= "a" <tt>\n<t> ::= "b"', /<tt> is not defined; did you mean <t>\?/],
  ['S -> "a" T', /line 1: "T" is neither a quoted symbol nor the name of a rule/],
  ['S ::= "a"\n  ( "b"', /line 2: "\(" is not closed by "\)"/],
  ['S ::= "a" )', /line 1: "\)" closes nothing/],
  ['S -> ab | ba', /line 1: "ab" may be one symbol or 2 of them; write symbols in quotes, or with blanks between them/],
  ['S -> a+ b', /line 1: "\+" behind "a" may be a symbol or repeat what is before it/],
  ['S -> SS+ | a', /line 1: "\+" behind "SS" may be a symbol/],
  ['S -> a S # more\nS -> b', /line 1: # may be a symbol or begin a comment/],
  ['S -> aSb, S -> ε', /line 1: "->" is there a second time; rules begin on lines of their own/],
  ['s --> [a], s, [b].\ns --> [].', /line 1: this looks like Prolog/],
  ['S -> ∅ | a b', /∅ is the empty language/],
  ['S ::= "a"i', /line 1: "a"i ignores case/],
  [
    'grammar Brackets;\ns : "(" s ")" s | ;',
    /line 1: this looks like ANTLR, which is not read; brackets, for example, are written <S> ::= "\(" <S> "\)" <S> \| ""/,
  ],
  ["s : '(' s ')' ;\nWS : [ \\t]+ -> skip ;", /line 2: this looks like ANTLR/],
  ['S <- "(" S ")" / ""', /line 1: this looks like PEG/],
  ['S = "(" S ")" / ""', /looks like PEG/],
  ['s = "(" s ")" / %x28', /looks like (PEG|ABNF)/],
  ['s = 1*"a"', /looks like ABNF/],
  ["%token ID\n%%\ns : '(' s ')' | ;", /line 1: this looks like Yacc/],
  ['@builtin "number.ne"\ns -> "(" s ")"', /looks like nearley/],
  ['S = "a" - "b" ;', /looks like ISO EBNF with exceptions/],
  ['S = "a", ? anything ? ;', /looks like ISO EBNF with exceptions or special sequences/],
  ["S -> 'a' S [0.7] | 'b' [0.3]", /looks like a probabilistic grammar/],
  ['{"alphabet": ["a"]}', /looks like JSON/],
  ['start: x\n%import common.PYTHON_ID\nx: "a"', /common.PYTHON_ID is not known; write the terminal itself/],
  ['S ::= "a"{6000}', /written out it has more than 5000 rules/],
])('%j is refused with place and remedy', (text, message) => {
  expect(() => parseGrammar(text)).toThrow(message);
});

it('reads any text or says what is wrong with it (fast-check)', () => {
  const piece = fc.constantFrom(
    ...[
      'S',
      'T',
      'a',
      'b',
      '"x"',
      "'y'",
      '<S>',
      ' -> ',
      ' ::= ',
      ' : ',
      ' = ',
      '\n',
      '|',
      ' ',
      ';',
      '.',
      ',',
      '*',
      '+',
      '?',
    ],
    ...[
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      'ε',
      '#',
      '//',
      '(*',
      '*)',
      '"',
      "'",
      '\\',
      '/',
      '~',
      '..',
      '%',
      '1',
      '-',
      '<',
      '>',
      "'",
      '^',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      try {
        new ContextFreeLanguage(parseGrammar(pieces.join('')));
      } catch (error) {
        expect((error as ZooError).code).toBe('invalid-language');
      }
    }),
    { numRuns: 1500 },
  );
});

it.each([
  [
    'rules of rules',
    Array.from({ length: 300 }, (_, i) => `A${i} -> A${i + 1} a | b A${i + 1} A${i + 1} | A${i + 1}`).join('\n'),
    /normal form has more than 2000 pairs/,
  ],
  ['many symbols', `A300 -> ${'a '.repeat(6000)}`, /written out it has more than 5000 symbols/],
  ['brackets within brackets', `A300 ::= ${'('.repeat(5000)}"a"`, /brackets are nested more than 100 deep/],
  ['signs behind one another', `A300 ::= "a"${'*'.repeat(5000)}`, /"\*" is neither/],
  ['much text', ' '.repeat(60_000), /it has more than 50000 characters/],
])('a grammar that would take too long is refused: %s', (_, text, problem) => {
  expect(() => new ContextFreeLanguage(parseGrammar(`${text}\nA300 -> c`))).toThrow(problem);
});
