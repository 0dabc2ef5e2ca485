import { verdictOf, type Verdict } from '../../../src/studies/recurrence/verdict';

it.each<[Verdict, thought: number | null, direct: number | null, filler: number | null]>([
  ['trace pays', 0.95, 0.69, 0.2],
  ['trace helps', 0.95, 0.7, 0.2],
  ['trace helps', 1, 0.2, 0.94],
  ['direct suffices', 1, 0.95, 0.2],
  ['direct suffices', 0.3, 0.95, 1],
  ['filler suffices', 1, 0.94, 0.95],
  ['none learns', 0.94, 0.94, 0.94],
  ['none learns', 0.2, 0.3, 0.4],
  ['not measured', null, 1, 1],
  ['not measured', 1, null, 0.2],
  ['not measured', 1, 0.2, null],
])('%s: %s with a chain of thought, %s direct, %s with filler', (verdict, thought, direct, filler) =>
  expect(verdictOf({ 'chain-of-thought': thought, direct, filler })).toBe(verdict),
);
