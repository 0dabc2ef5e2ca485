import { task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { MirroredHalves } from './parts/mirrored';
import { ac0, hopcroftUllman } from './parts/references';

/** Recognition of w#w: the word, a marker, and the word again. */
@task({
  id: 'marked-copy',
  version: 1,
  title: 'Marked copy',
  summary: 'A string over 0, 1 and #; whether it is some bits, #, and the same bits again.',
  level: 'context-sensitive',
  circuitClass: ac0,
  reference: hopcroftUllman,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: remembersHalf,
})
export class MarkedCopy extends MirroredHalves {
  constructor() {
    super({ isMarked: true, isReversed: false });
  }
}
