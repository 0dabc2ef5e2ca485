import fc from 'fast-check';
import { associativeForm } from '../../../tasks/parts/associative-form';
import { ContextFreeLanguage } from '../../../tasks/parts/context-free';
import type { Rules } from '../../../tasks/parts/grammar-rules';
import { automatonOf, usefulRules } from '../../../tasks/parts/regular-grammar';
import { everyWord } from '../../support/tasks/every-word';

const longest = 5;

/** All words of each rule up to a length, by putting together what is known until nothing is new. */
function wordsOf(rules: Rules): Set<string> {
  const known = new Map([...rules.keys()].map((name) => [name, new Set<string>()]));
  for (let before = -1, now = 0; before < now;) {
    before = now;
    for (const [name, alternatives] of rules)
      for (const alternative of alternatives) {
        let words = [''];
        for (const { isTerminal, name: part } of alternative)
          words = words.flatMap((start) =>
            (isTerminal ? [part] : [...known.get(part)!]).map((end) => start + end).filter((w) => w.length <= longest),
          );
        for (const word of words) known.get(name)!.add(word);
      }
    now = [...known.values()].reduce((sum, words) => sum + words.size, 0);
  }
  return known.get([...rules.keys()][0]!)!;
}

const written = fc.constantFrom('a', 'b', 'S', 'T').map((name) => ({ isTerminal: /[ab]/.test(name), name }));
const side = fc.array(fc.array(written, { maxLength: 3 }), { minLength: 1, maxLength: 4 });
const grammar = fc.tuple(side, side).map(
  ([s, t]): Rules =>
    new Map([
      ['S', s],
      ['T', t],
    ]),
);

it('keeps the language of a grammar, and so do its normal form and its automaton (fast-check)', () => {
  fc.assert(
    fc.property(grammar, (rules) => {
      const words = wordsOf(rules);
      const language = new ContextFreeLanguage(rules, ['a', 'b']);
      const useful = usefulRules(rules);
      const automata = [useful, usefulRules(associativeForm(useful))].map((each) => automatonOf(each, ['a', 'b']));
      for (let length = 0; length <= longest; length++)
        for (const word of everyWord(2, length)) {
          const isWord = words.has(word.map((id) => 'ab'[id]).join(''));
          expect(language.contains(word)).toBe(isWord);
          for (const automaton of automata) if (automaton) expect(automaton.accepts(word)).toBe(isWord);
        }
      expect(wordsOf(associativeForm(rules))).toEqual(words);
    }),
    { numRuns: 400 },
  );
});
