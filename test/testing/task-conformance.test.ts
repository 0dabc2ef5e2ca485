import type { Rng } from '../../src/core/contracts/random';
import type { Task } from '../../src/core/contracts/task';
import { unitOf, task, type UnitClass } from '../../registry/units';
import { taskConformance } from '../../src/testing/task-conformance';
import { Parity } from '../../tasks/parity';

/** Parity with something changed, declared as a task of its own. */
function broken(
  change: (parity: Parity) => Partial<Record<keyof Task, unknown>>,
  meta: object = {},
): UnitClass<'task'> {
  class Broken extends Parity {
    constructor() {
      super();
      Object.assign(this, change(new Parity()));
    }
  }
  return task({ ...unitOf(Parity)!.meta, ...meta } as never)(Broken);
}

const failures = (taskClass: UnitClass<'task'>): string[] =>
  taskConformance(taskClass).flatMap((check) => {
    if (!check.applies) return [];
    try {
      check.run();
      return [];
    } catch (error) {
      return [`${check.name}: ${(error as Error).message}`];
    }
  });

describe('taskConformance', () => {
  it('passes a good task', () => expect(failures(Parity)).toEqual([]));

  it('says which checks a task has nothing for', () => {
    const unapplied = (taskClass: UnitClass<'task'>) =>
      taskConformance(taskClass).flatMap(({ applies, name }) => (applies ? [] : [name]));
    const ofCollections = 'has each input of its collection in one part and with an answer';
    expect(unapplied(Parity)).toEqual([ofCollections]);
    const bare = broken(() => ({ trace: undefined, traceLength: undefined, aligned: undefined }));
    expect(unapplied(bare)).toEqual([
      'traces over the trace alphabet, within the trace length',
      'has traces that lead to the answer',
      'labels every prefix',
      ofCollections,
    ]);
  });

  it.each<[string, RegExp, UnitClass<'task'>]>([
    ['a bad id', /describes itself/, broken(() => ({}), { id: 'Bad Id' })],
    ['an unknown level', /no level "trivial"/, broken(() => ({}), { level: 'trivial' })],
    [
      'a repeated symbol',
      /names a symbol twice/,
      broken(() => ({ alphabets: { input: ['0', '1'], output: ['x', 'x'], trace: ['e', 'o'] } })),
    ],
    [
      'a wrong length',
      /asked for/,
      broken((parity) => ({ sample: (rng: Rng, length: number) => parity.sample(rng, length).concat(0) })),
    ],
    [
      'an ignored seed',
      /the seed is ignored/,
      broken(() => ({ sample: (_: Rng, length: number) => Array.from({ length }, (_, i) => i % 2) })),
    ],
    ['hidden randomness', /two streams of one seed/, broken(() => hiddenRandomness())],
    ['an answer outside the alphabet', /leaves the output alphabet/, broken(() => ({ solve: () => [2] }))],
    ['an answer that is too long', /exceed answerLength/, broken(() => ({ solve: () => [0, 0] }))],
    ['nothing scored', /0 of 1 positions are scored/, broken(() => ({ scored: () => 0 }))],
    ['a trace without its length', /come together or not at all/, broken(() => ({ traceLength: undefined }))],
    ['a long trace', /exceed traceLength/, broken(() => ({ traceLength: () => 0 }))],
    ['a trace that changes its mind', /two traces of/, broken(() => changingTraces())],
    ['a trace that says nothing', /goes with two answers/, broken(() => ({ trace: () => [0] }))],
    [
      'an input in two parts',
      /\[0,1\] is in two parts/,
      broken(() => ({ collection: { lengths: () => [2], inputs: () => [[0, 1]] } })),
    ],
    [
      'a length without inputs',
      /training names the length 2 and has no input of it/,
      broken(() => ({ collection: { lengths: () => [2], inputs: () => [] } })),
    ],
    ['missing aligned labels', /labels.aligned and the method disagree/, broken(() => ({ aligned: undefined }))],
    [
      'aligned labels that end wrong',
      /last label/,
      broken(() => ({ aligned: (input: number[]) => input.map(() => 0) })),
    ],
  ])('catches %s', (_, message, taskClass) => expect(failures(taskClass).join('\n')).toMatch(message));
});

/** The right trace, and every other time one with the first symbol changed. */
function changingTraces() {
  let calls = 0;
  const trace = (input: number[]) =>
    new Parity().trace(input).map((symbol, i) => (i || calls++ % 2 ? symbol : 1 - symbol));
  return { trace };
}

/** A sampler that counts its calls instead of asking its generator. */
function hiddenRandomness() {
  let calls = 0;
  return { sample: (_: Rng, length: number) => Array.from({ length }, () => (calls++ % 7 < 3 ? 1 : 0)) };
}
