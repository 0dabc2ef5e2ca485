import fc from 'fast-check';
import { Protocol } from '../../src/core/protocol';
import {
  afterEvaluation,
  afterStep,
  hasDiverged,
  isEvaluationDue,
  isOver,
  lastScore,
  stopsEarly,
  type TrainingState,
} from '../../src/train/training-state';

const vector = () => new Float32Array(1);
const weights = { parameters: vector(), firstMoment: vector(), secondMoment: vector() };
const start: TrainingState = {
  step: 0,
  weights,
  evaluated: vector(),
  curve: [],
  lossSum: 0,
  seconds: 0,
  resumed: 0,
};

function protocolOf(steps: number, every: number, stopAt: number | null = null, patience = 1): Protocol {
  const protocol = Object.assign(new Protocol(), { steps });
  Object.assign(protocol.heldOut, { every, stopAt, patience });
  return protocol;
}

/** A run with these losses, evaluated where that is due with these accuracies, one after the other. */
function run(protocol: Protocol, losses: readonly number[], accuracies: readonly number[]): TrainingState {
  let state = start;
  for (const loss of losses) {
    if (isOver(state, protocol)) break;
    state = afterStep(state, { weights, loss, seconds: state.seconds + 1 });
    if (hasDiverged(state) || !isEvaluationDue(state, protocol)) continue;
    const exact = accuracies[state.curve.length] ?? 0;
    const score = { exact, token: exact };
    state = afterEvaluation(state, { score, parameters: Float32Array.of(state.step) });
  }
  return state;
}

const loss = fc.double({ min: 0, max: 10, noNaN: true });

describe('the state of a run', () => {
  it('has a point of the curve for each evaluation: the mean loss of the steps since the one before', () => {
    fc.assert(
      fc.property(fc.array(loss, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (losses, every) => {
        const { curve, step, seconds, evaluated } = run(protocolOf(losses.length, every), losses, []);
        const ends = losses.map((_, i) => i + 1).filter((end) => end % every === 0 || end === losses.length);
        expect([step, seconds]).toEqual([losses.length, losses.length]);
        expect(curve.map((point) => point.step)).toEqual(ends);
        curve.forEach((point, i) => {
          const since = losses.slice(ends[i - 1] ?? 0, ends[i]);
          expect(point.loss).toBe(since.reduce((sum, value) => sum + value, 0) / since.length);
        });
        expect([...evaluated]).toEqual([losses.length]);
      }),
      { seed: 1 },
    );
  });

  it('is over early after `patience` good evaluations in a row', () => {
    const good = fc.array(fc.boolean(), { maxLength: 12 });
    fc.assert(
      fc.property(good, fc.integer({ min: 1, max: 4 }), (evaluations, patience) => {
        const protocol = protocolOf(1000, 1, 0.9, patience);
        const accuracies = evaluations.map((isGood) => (isGood ? 0.95 : 0.85));
        const state = run(
          protocol,
          accuracies.map(() => 1),
          accuracies,
        );
        const runs = evaluations.map((_, at) => evaluations.slice(Math.max(0, at + 1 - patience), at + 1));
        const end = runs.findIndex((latest) => latest.length === patience && latest.every(Boolean));
        expect(stopsEarly(state, protocol)).toBe(end >= 0);
        expect(state.step).toBe(end < 0 ? evaluations.length : end + 1);
      }),
      { seed: 1 },
    );
  });

  it('is not over before its last step, however good it is, where it is to stop at null', () => {
    const protocol = protocolOf(5, 1, null);
    expect(run(protocol, [1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1]).step).toBe(5);
  });

  it.each([NaN, Infinity, -Infinity])('is over after a loss of %p, which no evaluation follows', (bad) => {
    const protocol = protocolOf(100, 2);
    const state = run(protocol, [1, 2, 3, bad, 4], [0.5]);
    expect([state.step, hasDiverged(state), isOver(state, protocol)]).toEqual([4, true, true]);
    expect(state.curve).toHaveLength(1);
    expect([...state.evaluated]).toEqual([2]);
    expect(lastScore(state)).toEqual({ exact: 0.5, token: 0.5 });
  });

  it('has no score before the first evaluation', () => expect(lastScore(start)).toBeNull());
});
