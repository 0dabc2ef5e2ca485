import { unitOf } from '../../registry/units';
import * as tomita from '../../tasks/tomita';
import { describeRecognition } from '../support/tasks/recognition';
import type { AutomatonTask } from '../../tasks/parts/automaton-task';

const count = (text: string, bit: string) => text.split(bit).length - 1;

/** The seven languages by other means than an automaton. */
const languages: Record<string, (text: string) => boolean> = {
  'tomita-1': (text) => /^1*$/.test(text),
  'tomita-2': (text) => /^(10)*$/.test(text),
  'tomita-3': (text) => !/(?<!1)1(11)*0(00)*(?!0)/.test(text),
  'tomita-4': (text) => !text.includes('000'),
  'tomita-5': (text) => count(text, '0') % 2 === 0 && count(text, '1') % 2 === 0,
  'tomita-6': (text) => (count(text, '0') - count(text, '1')) % 3 === 0,
  'tomita-7': (text) => /^0*1*0*1*$/.test(text),
};
/** Languages without a group in their syntactic monoid (Bhattamishra et al. 2020). */
const starFree = ['tomita-1', 'tomita-2', 'tomita-4', 'tomita-7'];

describe.each(Object.values(tomita).map((taskClass) => [unitOf(taskClass)!.meta.id, taskClass] as const))(
  '%s',
  (id, taskClass) => {
    const task = new taskClass() as AutomatonTask;

    describeRecognition(task, (input) => languages[id]!(input.join('')), { length: 10, perLength: 60 });

    it('is star-free where the literature says so', () => {
      expect(isAperiodic(task)).toBe(starFree.includes(id));
    });

    it('labels every prefix with its own answer', () => {
      for (let code = 0; code < 1024; code++) {
        const word = [...code.toString(2).padStart(10, '0')].map(Number);
        expect(task.aligned(word)).toEqual(word.map((_, i) => task.solve(word.slice(0, i + 1))[0]));
      }
    });
  },
);

/** Whether no word permutes states in a cycle: m^k = m^(k + 1) for every map m of states that words make. */
function isAperiodic(task: AutomatonTask): boolean {
  const states = task.alphabets.trace!.length;
  const automaton = (task as unknown as { automaton: { transitions: number[][] } }).automaton;
  const maps = new Map<string, number[]>();
  const generators = [0, 1].map((bit) => automaton.transitions.map((next) => next[bit]!));
  const queue = [...generators];
  for (let map = queue.pop(); map; map = queue.pop()) {
    if (maps.has(map.join())) continue;
    maps.set(map.join(), map);
    for (const generator of generators) queue.push(map.map((state) => generator[state]!));
  }
  return [...maps.values()].every((map) => {
    let power = map;
    for (let k = 0; k < states; k++) power = power.map((state) => map[state]!);
    return power.join() === power.map((state) => map[state]!).join();
  });
}
