import { task } from '../registry';
import { countersOf } from './parts/column-theory';
import { EqualBlocks } from './parts/equal-blocks';
import { ac0, counterLanguages } from './parts/references';

/** a^m b^m, the simplest language that is not regular. */
@task({
  id: 'anbn',
  version: 1,
  title: 'a^n b^n',
  summary: "A string over a and b; whether it is a's followed by as many b's.",
  level: 'counter',
  circuitClass: ac0,
  reference: counterLanguages,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: countersOf(1),
  otherNames: [{ name: 'Counter-2', source: 'Bhattamishra et al. 2020' }],
})
export class AnBn extends EqualBlocks {
  constructor() {
    super(['a', 'b']);
  }
}
