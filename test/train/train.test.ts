import type { CellProgress } from '../../src/core/contracts/execution';
import type { Engine } from '../../src/core/contracts/engine';
import type { Protocol } from '../../src/core/protocol';
import { Split } from '../../src/data/split';
import { createFormat } from '../../src/data/format';
import { selectEngine } from '../support/engine-choice';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/train/checkpoint';
import { Interrupted, train, type Reorder } from '../../src/train/train';
import type { TrainingState } from '../../src/train/training-state';
import { createRng } from '../../src/core/random';
import { ParameterLayout } from '../../src/model/parameters';
import { Parity } from '../../tasks/parity';
import { Reversal } from '../../tasks/reversal';
import { bigram, byPlace, shortProtocol } from './support/run';

const format = createFormat(new Reversal(), 'chain-of-thought');
let engine: Engine;
beforeAll(async () => (engine = await selectEngine('cpu', { threads: 1 })));
afterAll(() => engine.dispose());

interface Given {
  readonly checkpoint?: TrainingState;
  /** Aborts when this step is reported. */
  readonly abortAt?: number;
  /** Default: a bigram. */
  readonly model?: typeof bigram;
  /** Seconds from one look at the clock to the next. */
  readonly tick?: number;
  readonly reorder?: Reorder;
}

/** One run, with what it saved and reported. */
async function run(
  protocol: Protocol,
  { checkpoint, model = bigram, abortAt = Infinity, tick = 10, reorder }: Given = {},
) {
  const saved: Uint8Array[] = [];
  const progress: CellProgress[] = [];
  const controller = new AbortController();
  let seconds = 0;
  const outcome = await train(
    {
      ...{ engine, model: model(format.vocabulary.size), format, protocol, reorder },
      ...{
        split: new Split(format.task, protocol.trainingLengths.maximum),
        seed: 1,
        label: 'bigram',
        taskId: 'reversal',
      },
    },
    {
      checkpoint: checkpoint ?? null,
      saveCheckpoint: async (state) => void saved.push(encodeCheckpoint(state)),
      onProgress: (report) => {
        progress.push(report);
        if (report.step >= abortAt) controller.abort();
      },
      now: () => (seconds += tick),
      signal: controller.signal,
    },
  ).catch((error: unknown) => error as Error);
  const states = saved.map((content) => decodeCheckpoint(content, format.vocabulary.size ** 2)!);
  return { outcome, states, progress };
}

async function trained(protocol: Protocol, given?: Given) {
  const { outcome, ...rest } = await run(protocol, given);
  if (outcome instanceof Error) throw outcome;
  return { outcome, ...rest };
}

describe('training', () => {
  test('goes on from any of its checkpoints to the same model and the same curve', async () => {
    const protocol = shortProtocol();
    const whole = await trained(protocol);
    expect(whole.outcome.result).toMatchObject({ outcome: 'completed', steps: 10 });
    expect(whole.outcome.result.curve.map(({ step }) => step)).toEqual([3, 6, 9, 10]);
    expect(whole.states.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10]);
    for (const checkpoint of whole.states) {
      const { outcome } = await trained(protocol, { checkpoint });
      expect(outcome.result).toEqual(whole.outcome.result);
      expect(outcome.parameters).toEqual(whole.outcome.parameters);
      expect(outcome.resumed).toBe(1);
      expect(outcome.seconds).toBeGreaterThan(checkpoint.seconds);
    }
  });

  test('goes on with the same finite training set, and tells of it', async () => {
    const protocol = shortProtocol({ trainingSequences: 7 });
    const whole = await trained(protocol);
    expect(whole.outcome.result.trainingSet).toEqual({ sequences: 7, distinct: 7, epochs: 40 / 7 });
    for (const checkpoint of whole.states) {
      const { outcome } = await trained(protocol, { checkpoint });
      expect(outcome.result).toEqual(whole.outcome.result);
      expect(outcome.parameters).toEqual(whole.outcome.parameters);
    }
    const endless = await trained(shortProtocol());
    expect(endless.outcome.result).not.toHaveProperty('trainingSet');
    expect(endless.outcome.parameters).not.toEqual(whole.outcome.parameters);
  });

  test('learns one sequence by heart, and nothing else by it', async () => {
    const protocol = shortProtocol({ steps: 300, trainingSequences: 1 }, { every: 100 });
    Object.assign(protocol.trainingLengths, { minimum: 6 });
    Object.assign(protocol.optimiser, { learningRate: 0.1, weightDecay: 0 });
    const { curve, trainingSet } = (await trained(protocol, { model: byPlace })).outcome.result;
    expect(trainingSet).toEqual({ sequences: 1, distinct: 1, epochs: 1200 });
    expect(curve.at(-1)!.loss).toBeLessThan(0.01);
    expect(curve.at(-1)!.heldOut!.exact).toBe(0);
    const endless = await trained({ ...protocol, trainingSequences: undefined }, { model: byPlace });
    expect(endless.outcome.result.curve.at(-1)!.loss).toBeGreaterThan(0.3);
  });

  test('saves where it was when it is interrupted, and counts how often it went on', async () => {
    const protocol = shortProtocol();
    // So slow a clock that no checkpoint is due.
    const first = await run(protocol, { abortAt: 1, tick: 1e-6 });
    expect(first.outcome).toBeInstanceOf(Interrupted);
    expect(first.states.map(({ step, resumed }) => [step, resumed])).toEqual([[1, 0]]);
    const second = await run(protocol, { checkpoint: first.states[0], abortAt: 2, tick: 1e-6 });
    expect(second.states.map(({ step, resumed }) => [step, resumed])).toEqual([[2, 1]]);
    const last = await trained(protocol, { checkpoint: second.states[0] });
    expect(last.outcome.resumed).toBe(2);
    expect(last.outcome.result).toEqual((await trained(protocol)).outcome.result);
  });

  test('reports every look at held-out inputs, and other steps no more often than a person can read', async () => {
    expect((await trained(shortProtocol())).progress.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const { progress, outcome } = await trained(shortProtocol(), { tick: 1e-6 });
    expect(progress.map(({ step }) => step)).toEqual([1, 3, 6, 9, 10]);
    expect(progress.flatMap(({ look }) => look ?? [])).toEqual(outcome.result.curve);
  });

  test('keeps the parameters of the last evaluation when it diverges, and saves nothing after that', async () => {
    const protocol = shortProtocol();
    const { states } = await trained(protocol);
    const third = states.find(({ step }) => step === 3)!;
    const broken = { ...third.weights, parameters: third.weights.parameters.map(() => NaN) };
    const { outcome, states: after } = await trained(protocol, { checkpoint: { ...third, weights: broken } });
    expect(outcome.result).toMatchObject({ outcome: 'diverged', steps: 4, curve: third.curve });
    expect(outcome.parameters).toEqual(third.evaluated);
    expect(after).toEqual([]);
  });

  test('stops early when validation is good enough', async () => {
    const { outcome } = await trained(shortProtocol({}, { stopAt: 0, patience: 2 }));
    expect(outcome.result).toMatchObject({ outcome: 'stopped-early', steps: 6 });
    expect(outcome.result.heldOut).toEqual(outcome.result.curve.at(-1)!.heldOut);
  });

  test('stops as futile after as many looks without progress, also when it goes on from a checkpoint', async () => {
    const protocol = shortProtocol({ steps: 60, stop: { futile: 4 } });
    Object.assign(protocol.optimiser, { learningRate: 0 });
    const { outcome, states } = await trained(protocol);
    expect(outcome.result.outcome).toBe('stopped-futile');
    expect(outcome.result.steps).toBeLessThan(60);
    expect(
      outcome.result.curve.slice(-5).every(({ heldOut }) => heldOut!.exact === outcome.result.heldOut!.exact),
    ).toBe(true);
    const resumed = await trained(protocol, { checkpoint: states[7] });
    expect(resumed.outcome.result).toEqual(outcome.result);
    const patient = await trained({ ...protocol, stop: { futile: null } });
    expect(patient.outcome.result.outcome).toBe('completed');
  });

  test('draws shorter lengths first, also when it goes on from a checkpoint', async () => {
    const protocol = shortProtocol({ steps: 12 });
    Object.assign(protocol.trainingLengths, { curriculum: 1 });
    const lengths = new Map<number, number>();
    const { outcome, states } = await trained(protocol, {
      reorder: (batch, step) => {
        lengths.set(step, Math.max(...batch.scored.map(({ first }) => first)));
        return batch;
      },
    });
    const longest = [...lengths].sort(([a], [b]) => a - b).map(([, first]) => first);
    expect(longest.slice(0, 2)).toEqual([longest[0], longest[0]]);
    expect(longest.at(-1)).toBeGreaterThan(longest[0]!);
    const resumed = await trained(protocol, { checkpoint: states[5] });
    expect(resumed.outcome.parameters).toEqual(outcome.parameters);
    expect((await trained(shortProtocol({ steps: 12 }))).outcome.parameters).not.toEqual(outcome.parameters);
  });

  test('names the lengths that its budget leaves out, and refuses to train on none', async () => {
    const { outcome } = await trained(shortProtocol({ steps: 1, trainingTokenBudget: 12 }));
    const excluded = [1, 2, 3, 4, 5, 6].filter((length) => format.maximumTokens(length) > 12);
    expect(excluded.length).toBeGreaterThan(0);
    expect(outcome.result.excludedLengths).toEqual(excluded);
    const none = await run(shortProtocol({ trainingTokenBudget: 2 }));
    expect(none.outcome).toMatchObject({ code: 'no-trainable-length' });
  });
});

describe('labels', () => {
  /** Which places of a model that knows places alone a training has changed, on parity of inputs of length 3. */
  async function changedPlaces(labels?: 'aligned') {
    const task = new Parity();
    const parity = createFormat(task, 'direct');
    const protocol = shortProtocol({ labels, steps: 1 });
    Object.assign(protocol.trainingLengths, { minimum: 3, maximum: 3 });
    protocol.optimiser.weightDecay = 0;
    const model = byPlace(parity.vocabulary.size);
    const { parameters, result } = await train(
      {
        ...{ engine, model, format: parity, protocol, seed: 1, label: 'by place', taskId: 'parity' },
        split: new Split(task, 3),
      },
      {
        checkpoint: null,
        saveCheckpoint: async () => undefined,
        onProgress: () => undefined,
        now: () => 0,
        signal: new AbortController().signal,
      },
    );
    const before = new ParameterLayout(model.parameters).initialise(createRng(1).split('initial'));
    const { size } = parity.vocabulary;
    const places = [0, 1, 2, 3, 4, 5].filter((place) =>
      parameters.subarray(place * size, (place + 1) * size).some((value, at) => value !== before[place * size + at]),
    );
    return { places, heldOut: result.heldOut };
  }

  test('final: training asks for the answer alone', async () => {
    expect((await changedPlaces()).places).toEqual([4]); // three bits, <equals>, <slot>
  });

  test('aligned: it asks for the label of every prefix as well; validation asks for the answer alone', async () => {
    const { places, heldOut } = await changedPlaces('aligned');
    expect(places).toEqual([0, 1, 2, 3, 4]);
    expect(heldOut!.exact).toBe(heldOut!.token); // one scored position
  });
});
