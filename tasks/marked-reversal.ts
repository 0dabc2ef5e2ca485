import { task } from '../registry';
import { stackOf } from './parts/column-theory';
import { MirroredHalves } from './parts/mirrored';
import { ac0, hopcroftUllman } from './parts/references';

/** Recognition of w#reverse(w): the word, a marker, and the word backwards. */
@task({
  id: 'marked-reversal',
  version: 1,
  title: 'Marked reversal',
  summary: 'A string over 0, 1 and #; whether it is some bits, #, and the same bits backwards.',
  level: 'deterministic-context-free',
  circuitClass: ac0,
  reference: hopcroftUllman,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: { ...stackOf, realTimeTape: true },
})
export class MarkedReversal extends MirroredHalves {
  constructor() {
    super({ isMarked: true, isReversed: true });
  }
}
