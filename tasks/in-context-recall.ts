import { task } from '../registry';
import { ContextRecall, recallTheory, RecallHyperparameters } from './parts/recall';
import { ac0, poli2024 } from './parts/references';

/** Values of keys that were given before (in-context recall of MAD). */
@task({
  id: 'in-context-recall',
  version: 1,
  title: 'In-context recall',
  summary:
    'Pairs of a key and a value, keys coming back with their values; then keys alone, whose values are the answer.',
  level: 'context-sensitive',
  circuitClass: ac0,
  reference: { ...poli2024, place: 'in-context recall' },
  answerLengthRule: 'the number of keys asked for: about a third of the input, or 1',
  labels: { final: true, aligned: false },
  theory: recallTheory,
  hyperparameters: RecallHyperparameters,
})
export class InContextRecall extends ContextRecall {
  constructor(hyperparameters = new RecallHyperparameters()) {
    super('in-context-recall', hyperparameters);
  }
}
