import { task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { MirroredHalves } from './parts/mirrored';
import { ac0, hopcroftUllman } from './parts/references';

/** Recognition of w reverse(w): even palindromes, whose middle only a guess finds. */
@task({
  id: 'palindrome',
  version: 1,
  title: 'Palindrome',
  summary: 'A string of bits; whether it is the same backwards.',
  level: 'context-free',
  circuitClass: ac0,
  reference: hopcroftUllman,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: { ...remembersHalf, pushdown: 'nondeterministic' },
  otherNames: [{ name: 'unmarked-reversal', source: 'FLaRe (Butoi et al. 2025)' }],
})
export class Palindrome extends MirroredHalves {
  constructor() {
    super({ isMarked: false, isReversed: true });
  }
}
