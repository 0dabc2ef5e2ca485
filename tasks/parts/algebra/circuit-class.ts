import type { AnswerAutomaton, CircuitClass } from '../../../registry';
import { ac0, nonSolvableGroup, solvableGroup } from '../references';
import { analyse, type ShownByAutomaton } from './language-analysis';

/**
 * The circuit class of the language of an automaton, from its syntactic semigroup (Barrington, Compton, Straubing
 * and Therien 1992): AC0 where the words of no one length make a group, ACC0 where every group is solvable, complete for
 * NC1 otherwise. NC1, which holds of every regular language, is all that is said where the semigroup is too large to tell.
 */
export function circuitClassOf({ quasiAperiodic, solvable }: Pick<ShownByAutomaton, 'quasiAperiodic' | 'solvable'>) {
  if (quasiAperiodic) return ac0;
  if (solvable === null) return { ...nonSolvableGroup, name: 'NC1' } satisfies CircuitClass;
  if (!solvable) return nonSolvableGroup;
  return quasiAperiodic === false ? solvableGroup : ({ ...solvableGroup, name: 'ACC0' } satisfies CircuitClass);
}

/** The same of a language that is recognised. */
export const circuitClassOfLanguage = ({ transitions, accepting }: Recogniser): CircuitClass =>
  circuitClassOf(analyse(answersOf({ transitions, accepting })).shown);

interface Recogniser {
  readonly transitions: readonly (readonly number[])[];
  readonly accepting: readonly boolean[];
}

/** Answers are 1 where a word is in the language. */
export const answersOf = ({ transitions, accepting }: Recogniser): AnswerAutomaton => ({
  transitions,
  answers: accepting.map(Number),
});
