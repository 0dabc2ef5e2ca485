import { analyse, type LanguageAnalysis } from '../../tasks/parts/algebra/language-analysis';
import { circuitClassOf } from '../../tasks/parts/algebra/circuit-class';
import type { DeclaredColumn } from '../core/contracts/declared-theory';
import type { Task, TaskMeta } from '../core/contracts/task';
import type { ColumnProperties } from '../core/contracts/theory';
import { declaredTheory } from './declared-column';

/** Every property that is declared, null where nothing is known. */
export const nothingKnown = {
  hardFor: null,
  states: null,
  monoid: null,
  starFree: null,
  rTrivial: null,
  passesCRaspTest: null,
  quasiAperiodic: null,
  cRasp: null,
  cRaspWithPositions: null,
  evenCycle: null,
  oddCycle: null,
  blockEvenCycle: null,
  blockOddCycle: null,
  group: null,
  abelian: null,
  solvable: null,
  moved: null,
  points: null,
  pointsMoved: null,
  resetLayers: null,
  counters: null,
  memory: null,
  pushdown: null,
  realTimeTape: null,
} satisfies Required<Omit<DeclaredColumn, 'because' | 'level' | 'circuitClass' | 'isRegular' | 'letters'>>;

/**
 * What propositions ask of a column: what its automaton shows, else what it declares. `hyperparameters` are those of `task`, the
 * defaults where they are absent.
 */
export function columnProperties(meta: TaskMeta, task: Task, hyperparameters?: object): ColumnProperties {
  const analysis = analysisOf(task);
  const { because: _, level: special, circuitClass: _class, ...declared } = declaredTheory(meta, hyperparameters);
  const level = analysis ? 'regular' : (special ?? meta.level);
  const circuitClass = circuitClassIn(meta, analysis, hyperparameters);
  const stated: Omit<ColumnProperties, 'level' | 'circuitClass' | 'hasTrace'> = {
    ...nothingKnown,
    hardFor: hardClassOf(circuitClass),
    isRegular: level === 'unknown' ? null : level === 'regular',
    letters: task.alphabets.input.length,
    ...defined(declared),
    ...(analysis && { ...known(analysis.shown), counters: null, pushdown: null, realTimeTape: null }),
  };
  return {
    level,
    circuitClass,
    hasTrace: task.trace !== undefined,
    ...stated,
    ...(stated.group && { points: stated.points ?? stated.states, pointsMoved: stated.pointsMoved ?? stated.moved }),
    // Every regular language is read with bounded memory.
    memory: stated.memory ?? (stated.isRegular ? 'bounded' : null),
  };
}

const analyses = new WeakMap<Task, LanguageAnalysis | null>();

/** What the automaton of a column shows; null where it has none that is small enough. Kept for a task that is asked again. */
export function analysisOf(task: Task): LanguageAnalysis | null {
  const kept = analyses.get(task);
  if (kept !== undefined) return kept;
  const automaton = task.answerAutomaton?.();
  const analysis = automaton ? analyse(automaton) : null;
  analyses.set(task, analysis);
  return analysis;
}

/**
 * Name of the circuit class of a column: what its automaton shows, where that is small enough, else what is declared of these
 * settings, else what is declared. NC0 is declared where AC0 is shown.
 */
function circuitClassIn(meta: TaskMeta, analysis: LanguageAnalysis | null, hyperparameters?: object): string {
  const declared = declaredTheory(meta, hyperparameters).circuitClass ?? meta.circuitClass.name;
  if (!analysis || analysis.shown.solvable === null || analysis.shown.quasiAperiodic === null) return declared;
  const shown = circuitClassOf(analysis.shown).name;
  return shown === 'AC0' && declared === 'NC0' ? declared : shown;
}

/** What a column declares that its automaton contradicts, in words. */
export function contradictions(meta: TaskMeta, task: Task, hyperparameters?: object): string[] {
  const analysis = analysisOf(task);
  if (!analysis) return [];
  const declared = defined(declaredTheory(meta, hyperparameters)) as Readonly<Record<string, unknown>>;
  return Object.entries(known(analysis.shown)).flatMap(([property, value]) => {
    const said = declared[property] ?? value;
    return said === value ? [] : [`${property} is declared to be ${said}, and its automaton shows ${value}`];
  });
}

/** A class that is named as complete is one the problem is hard for. */
function hardClassOf(circuitClass: string): ColumnProperties['hardFor'] {
  const complete = /^(NC1|L|P)-complete/.exec(circuitClass)?.[1];
  return (complete as ColumnProperties['hardFor']) ?? null;
}

const defined = (declared: DeclaredColumn): DeclaredColumn =>
  Object.fromEntries(Object.entries(declared).filter(([, value]) => value !== undefined));

const known = <T extends object>(shown: T): Partial<T> =>
  Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null)) as Partial<T>;
