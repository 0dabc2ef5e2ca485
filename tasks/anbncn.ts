import { task } from '../registry';
import { countersOf } from './parts/column-theory';
import { EqualBlocks } from './parts/equal-blocks';
import { ac0 } from './parts/references';

/** a^m b^m c^m, the simplest language that is not context-free. */
@task({
  id: 'anbncn',
  version: 1,
  title: 'a^n b^n c^n',
  summary: "A string over a, b and c; whether it is a's, then as many b's, then as many c's.",
  level: 'counter',
  circuitClass: ac0,
  reference: {
    authors: 'Gers and Schmidhuber 2001',
    title: 'LSTM recurrent networks learn simple context-free and context-sensitive languages',
    identifier: 'doi:10.1109/72.963769',
  },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: countersOf(2),
  otherNames: [{ name: 'Counter-3', source: 'Bhattamishra et al. 2020' }],
})
export class AnBnCn extends EqualBlocks {
  constructor() {
    super(['a', 'b', 'c']);
  }
}
