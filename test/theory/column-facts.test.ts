import { columnFacts, writingIn } from '../../src/theory/column-facts';
import { analysisOf, columnProperties } from '../../src/theory/column-properties';
import { createRegexTask } from '../../tasks/regex';
import { unitOf, type Unit, type UnitClass } from '../../registry/units';
import type { Task, TaskMeta } from '../../src/core/contracts/task';
import { createTask, taskUnits } from '../support/tasks/discover';

const factsOf = (meta: TaskMeta, task: Task) =>
  Object.fromEntries(columnFacts(columnProperties(meta, task), analysisOf(task), writingIn(task.alphabets.input)));
const of = (id: string) => factsOf(taskUnits.find(({ meta }) => meta.id === id)!.meta, createTask(id));

function ofRegex(expression: string) {
  const taskClass = createRegexTask(expression);
  return factsOf((unitOf(taskClass) as Unit<'task'>).meta, new (taskClass as UnitClass<'task'>)());
}

it('says why a language is not in C-RASP, in words of the language', () => {
  expect(ofRegex('(ab|aabb)*')).toMatchInlineSnapshot(`
   {
     "C-RASP": "no: two idempotents, ba and baab, lie in one R-class",
     "alternates": "never",
     "automaton": "5 states, 2 letters, minimal; its monoid has 21 elements",
     "memory": "bounded",
     "star-free": "yes: no word moves states around a cycle",
     "with positions": "yes: R-trivial over windows of symbols and positions modulo a number",
   }
  `);
  expect(of('tomita-3')).toMatchInlineSnapshot(`
   {
     "C-RASP": "no: there is a group in the monoid",
     "alternates": "with period 2 (even) when 0 is repeated",
     "automaton": "5 states, 2 letters, minimal; its monoid has 26 elements",
     "groups": "of order 2; solvable",
     "memory": "bounded",
     "star-free": "no: the word 0 moves states around a cycle of 2",
     "with positions": "not known",
   }
  `);
});

it('says what makes answers alternate, of blocks where no letter does', () => {
  expect(of('modular-arithmetic')).toMatchInlineSnapshot(`
   {
     "C-RASP": "no: there is a group in the monoid",
     "alternates": "with period 4 (even) when 2* is repeated; with period 5 (no power of two) when 1+ is repeated",
     "automaton": "51 states, 8 letters, minimal; its monoid has 518 elements",
     "groups": "of order 5, 4; solvable",
     "memory": "bounded",
     "star-free": "no: the word 0+1+ moves states around a cycle of 5",
     "with positions": "no: words of one length make a group",
   }
  `);
  expect(of('s5-swaps')).toMatchInlineSnapshot(`
   {
     "C-RASP": "no: there is a group in the monoid",
     "alternates": "with period 2 (even) when "21345" is repeated; with period 3 (no power of two) when "21345 32145" is repeated",
     "automaton": "120 states, 10 letters, minimal; its monoid has 120 elements",
     "groups": "of order 120; not all solvable; the monoid is a group",
     "hard for": "NC1",
     "memory": "bounded",
     "star-free": "no: the word "21345" moves states around a cycle of 2",
     "with positions": "no: words of one length make a group",
   }
  `);
});

it('says what is enough where no automaton is', () => {
  expect(of('dyck')).toMatchInlineSnapshot(`
   {
     "C-RASP": "no",
     "automaton": "no finite automaton is enough",
     "memory": "in proportion to the length; enough: a deterministic stack",
     "with positions": "no",
   }
  `);
  expect(of('majority')).toMatchInlineSnapshot(`
   {
     "C-RASP": "yes",
     "automaton": "no finite automaton is enough",
     "memory": "that of counts; enough: 1 counter, a deterministic stack, a tape with an action per symbol",
     "with positions": "yes",
   }
  `);
  expect(of('circuit-value')).toMatchInlineSnapshot(`
   {
     "C-RASP": "no",
     "automaton": "no finite automaton is enough",
     "hard for": "P",
     "memory": "in proportion to the length",
     "with positions": "no",
   }
  `);
});

it('says which of sufficient and necessary is missing', () => {
  expect(ofRegex('(ab|bba)*')['C-RASP']).toMatchInlineSnapshot(
    `"not known: no group, and at most one idempotent in each R-class"`,
  );
  expect(ofRegex('(ab)*')['C-RASP']).toMatchInlineSnapshot(`"yes: counts of letters at every prefix tell the state"`);
  expect(of('lis')).toMatchInlineSnapshot(`
   {
     "C-RASP": "yes: R-trivial, no two words lead to one another",
     "automaton": "finite, and too large to be built",
     "memory": "bounded",
     "star-free": "yes: no word moves states around a cycle",
     "with positions": "yes",
   }
  `);
});
