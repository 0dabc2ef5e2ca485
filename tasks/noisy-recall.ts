import { IsInt, IsNumber, Max, Min } from 'class-validator';
import { task } from '../registry';
import { ContextRecall, recallTheory, RecallHyperparameters } from './parts/recall';
import { ac0, poli2024 } from './parts/references';

export class NoisyRecallHyperparameters extends RecallHyperparameters {
  /** Symbols of noise, beside keys and values. */
  @IsInt() @Min(1) @Max(8192) noiseVocabulary = 16;
  /** Probability that a pair is noise; one pair never is. */
  @IsNumber() @Min(0) @Max(0.99) noiseFraction = 0.2;
}

/** In-context recall between pairs of noise (noisy in-context recall of MAD). */
@task({
  id: 'noisy-recall',
  version: 1,
  title: 'Noisy in-context recall',
  summary: 'Pairs of a key and a value, some pairs noise; then keys alone, whose values are the answer.',
  level: 'context-sensitive',
  circuitClass: ac0,
  reference: { ...poli2024, place: 'noisy in-context recall' },
  answerLengthRule: 'the number of keys asked for: about a third of the input, or 1',
  labels: { final: true, aligned: false },
  theory: recallTheory,
  hyperparameters: NoisyRecallHyperparameters,
  otherNames: [
    {
      name: 'noisy-in-context-recall',
      source: 'MAD (Poli et al. 2024)',
      differs: 'queries stand at the end here, not in place',
    },
  ],
})
export class NoisyRecall extends ContextRecall {
  constructor(hyperparameters = new NoisyRecallHyperparameters()) {
    super('noisy-recall', hyperparameters, hyperparameters);
  }
}
