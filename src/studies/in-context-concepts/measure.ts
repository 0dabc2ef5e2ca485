import { setImmediate } from 'node:timers/promises';
import type { Engine, Handle } from '../../core/contracts/engine';
import type { Rng } from '../../core/contracts/random';
import type { Measured, MeasureContext } from '../../core/contracts/study';
import { createRng } from '../../core/random';
import type { Named } from '../../model/named-program';
import { Interrupted } from '../../train/train';
import type { ConceptsBody, EpochResult } from './body';
import { Examination } from './examination';
import { readWeights, uploadPrompts, uploadWeights } from './handles';
import { trainingStep, type Weights } from './programs';
import { projections } from './projections';
import { drawConcepts, drawPrompts, shifts, taken, type Concepts, type Prompts, type Shift } from './prompts';
import type { ConceptSettings } from './settings';

/** Trains one seed, and looks at it before the first epoch and after each. It is short: what was stopped begins anew. */
export async function measureConcepts(
  settings: ConceptSettings,
  seed: number,
  { engine: open, onProgress, now, signal }: MeasureContext,
): Promise<Measured<ConceptsBody>> {
  const engine = await open();
  const rng = createRng(seed);
  const concepts = drawConcepts(settings, rng.split('concepts'));
  const training = drawPrompts(settings, concepts, {
    count: settings.prompts,
    shift: 'none',
    rng: rng.split('training'),
  });
  const looks = await Looks.open(engine, settings, concepts, training, rng);
  const step = await trainingStep(settings).compile(engine, { label: 'in-context concepts, training step' });
  const learningRate = engine.upload(Float32Array.of(settings.learningRate), { shape: [], dtype: 'float32' });
  let weights = uploadWeights(engine, settings, initialWeights(settings, rng.split('initial')));
  const started = now();
  let trainingSeconds = 0;
  try {
    const epochs = [await looks.at(0, weights)];
    for (let epoch = 1; epoch <= settings.epochs; epoch++) {
      await setImmediate();
      if (signal.aborted) throw new Interrupted('in-context-concepts');
      const before = now();
      for (const chosen of batches(settings, rng.split('order').split(epoch))) {
        const batch = uploadPrompts(engine, taken(training, chosen));
        const { loss, ...next } = await step.run({ ...weights, ...batch, learningRate });
        engine.release([...Object.values(weights), ...Object.values(batch), loss]);
        weights = next;
      }
      trainingSeconds += now() - before;
      const found = await looks.at(epoch, weights);
      epochs.push(found);
      onProgress({ phase: 'training', step: epoch, steps: settings.epochs, loss: found.trainLoss });
    }
    return {
      body: { epochs },
      provenance: { trainingSeconds, evaluationSeconds: now() - started - trainingSeconds, resumed: 0 },
    };
  } finally {
    engine.release([...Object.values(weights), learningRate]);
    await looks.close();
    await step.dispose();
  }
}

/** A(0) = attention I + noise, w(0) = noise */
function initialWeights(
  { dimension, hidden, attention, initialNoise }: ConceptSettings,
  rng: Rng,
): Named<Weights, Float32Array> {
  const noise = (count: number, stream: Rng) =>
    Float32Array.from({ length: count }, () => initialNoise * stream.normal());
  const scores = noise(dimension ** 2, rng.split('attention'));
  for (let i = 0; i < dimension; i++) scores[i * dimension + i]! += attention;
  return { attention: scores, readOut: noise(hidden * dimension, rng.split('readOut')) };
}

/** All prompts in random order, as many at a time as fill a batch; what is left over is passed over. */
function batches({ prompts, batchSize }: ConceptSettings, rng: Rng): number[][] {
  const order = rng.shuffle(Array.from({ length: prompts }, (_, at) => at));
  return Array.from({ length: Math.floor(prompts / batchSize) }, (_, at) =>
    order.slice(at * batchSize, (at + 1) * batchSize),
  );
}

/** Everything that is looked at once an epoch. */
class Looks {
  private constructor(
    private readonly engine: Engine,
    private readonly settings: ConceptSettings,
    private readonly concepts: Concepts,
    private readonly training: Examination,
    private readonly tests: ReadonlyMap<Shift, Examination>,
    private readonly rng: Rng,
  ) {}

  static async open(engine: Engine, settings: ConceptSettings, concepts: Concepts, training: Prompts, rng: Rng) {
    const tests = new Map<Shift, Examination>();
    for (const shift of shifts) {
      const drawn = { count: settings.testPrompts, shift, rng: rng.split('test').split(shift) };
      tests.set(shift, await Examination.open(engine, settings, drawPrompts(settings, concepts, drawn)));
    }
    const trained = await Examination.open(engine, settings, training);
    return new Looks(engine, settings, concepts, trained, tests, rng);
  }

  async at(epoch: number, weights: Named<Weights, Handle>): Promise<EpochResult> {
    const errors: Partial<Record<Shift, number>> = {};
    for (const [shift, test] of this.tests) errors[shift] = (await test.look(weights)).error;
    const [trained, tested] = [await this.training.look(weights), await this.tests.get('none')!.look(weights)];
    const read = await readWeights(this.engine, weights);
    return {
      epoch,
      trainLoss: trained.loss,
      testLoss: tested.loss,
      correctAttention: Math.min(1, tested.correct), // a mean of float32 sums may exceed 1 by a rounding
      errors: errors as EpochResult['errors'],
      ...projections(this.settings, this.concepts, read, this.rng.split('directions')),
    };
  }

  async close(): Promise<void> {
    for (const each of [this.training, ...this.tests.values()]) await each.close();
  }
}
