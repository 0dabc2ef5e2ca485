import type { Claim } from '../src/core/contracts/architecture';
import type { OtherName } from '../src/core/contracts/other-name';
import { lengthRanges, type Reference } from '../src/core/contracts/reference';
import { chomskyLevels } from '../src/core/contracts/chomsky-level';
import type { CircuitClass, TaskMeta } from '../src/core/contracts/task';
import {
  type DeclaredColumn,
  type DeclaredRow,
  externalMemories,
  hardClasses,
  memories,
  pushdowns,
  transitionForms,
} from '../src/core/contracts/declared-theory';
import { nearestNames } from '../src/core/nearest';
import { isPlainObject, joinPath, quoted } from '../src/core/validation';
import type { UnitKind, UnitMetas } from './units';

/** What is wrong with a value, and the nearest names of a misspelt key. */
export interface MetaProblem {
  readonly text: string;
  readonly nearest: readonly string[];
}
type Rule = (value: unknown, path: string) => MetaProblem[];
interface Field {
  readonly rule: Rule;
  readonly optional?: boolean;
}
type Fields<T> = { readonly [K in keyof Required<T>]: Rule | Field };

const wrong = (what: string): Rule => {
  return (value, path) => [{ text: `${path || 'it'} is ${shown(value)}: must be ${what}`, nearest: [] }];
};
const shown = (value: unknown): string => (typeof value === 'function' ? `${value.name || 'a'}()` : quoted(value));

const rule = (what: string, holds: (value: unknown) => boolean): Rule => {
  const refuse = wrong(what);
  return (value, path) => (holds(value) ? [] : refuse(value, path));
};
const wholeNumber = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

/** A class that can be made without arguments: its fields are the defaults. */
function classWithDefaults(value: unknown, path: string): MetaProblem[] {
  const refuse = wrong('a class whose fields are the defaults');
  if (typeof value !== 'function') return refuse(value, path);
  try {
    return isPlainObject(Reflect.construct(value, [])) ? [] : refuse(value, path);
  } catch (error) {
    return [{ text: `${path} is ${shown(value)}, which cannot be made: ${(error as Error).message}`, nearest: [] }];
  }
}

function optional(of: Rule): Field {
  return { rule: of, optional: true };
}

function oneOf(values: readonly string[]): Rule {
  const refuse = wrong(`one of ${values.join(', ')}`);
  return (value, path) =>
    values.includes(value as string)
      ? []
      : refuse(value, path).map((problem) => ({ ...problem, nearest: nearestNames(String(value), values) }));
}

const nullOr = (of: Rule): Rule => {
  return (value, path) => (value === null ? [] : of(value, path));
};

function listOf(each: Rule, least = 0): Rule {
  const refuse = wrong(least ? `a list of ${least} or more` : 'a list');
  return (value, path) => {
    if (!Array.isArray(value) || value.length < least) return refuse(value, path);
    return value.flatMap((one, at) => each(one, joinPath(path, at)));
  };
}

function object<T>(fields: Fields<T>): Rule {
  const refuse = wrong('an object');
  return (value, path) => {
    if (!isPlainObject(value)) return refuse(value, path);
    const keys = Object.keys(fields);
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(fields, key));
    const free = keys.filter((key) => value[key] === undefined);
    const misspelt = unknown.map((key) => ({
      text: `${joinPath(path, key)} is not a key here; keys are ${keys.join(', ')}`,
      nearest: [...new Set([...nearestNames(key, free), ...nearestNames(key, keys)])].slice(0, 3),
    }));
    const broken = keys.flatMap((key) => {
      const field = (fields as Readonly<Record<string, Rule | Field>>)[key]!;
      const { rule: check, optional: mayLack = false }: Field = typeof field === 'function' ? { rule: field } : field;
      if (mayLack && value[key] === undefined) return [];
      return check(value[key], joinPath(path, key));
    });
    return [...misspelt, ...broken];
  };
}

const text = rule('a text that is not empty', (value) => typeof value === 'string' && value.trim() !== '');
const name = rule(
  'lower-case words joined by hyphens',
  (value) => typeof value === 'string' && /^([a-z0-9-]+\/)?[a-z0-9]+(-[a-z0-9]+)*$/.test(value),
);
const count = rule('a whole number from 1', (value) => wholeNumber(value, 1, Number.MAX_SAFE_INTEGER));
const year = rule('a year, such as 1997', (value) => wholeNumber(value, 1900, 2200));
const flag = rule('true or false', (value) => typeof value === 'boolean');
const share = rule('a number from 0 to 1', (value) => typeof value === 'number' && value >= 0 && value <= 1);
const callable = rule('a class or a function', (value) => typeof value === 'function');
const reference = object<Reference>({
  authors: text,
  title: text,
  identifier: text,
  place: optional(text),
});
const otherNames = listOf(
  object<OtherName>({ name: text, source: text, here: optional(text), differs: optional(text) }),
);
const claim = object<Claim>({
  task: text,
  range: oneOf(lengthRanges),
  atLeast: optional(share),
  atMost: optional(share),
  reference,
});

const known = rule('true, false or null', (value) => value === null || typeof value === 'boolean');
const countOrNull = rule('a whole number or null', (value) => value === null || wholeNumber(value, 0, 2 ** 53));
const numberOrNull = rule('a number or null', (value) => value === null || Number.isFinite(value));
const declaredRow = object<DeclaredRow>({
  transition: optional(oneOf(['fixed', 'elementwise', 'matrix'])),
  transitionForm: optional(oneOf(transitionForms)),
  factors: optional(countOrNull),
  realEigenvalues: optional(known),
  leastEigenvalue: optional(numberOrNull),
  positions: optional(text),
  counts: optional(known),
  units: optional(countOrNull),
  headWidth: optional(countOrNull),
  externalMemory: optional(oneOf(externalMemories)),
});
const declaredColumn = object<DeclaredColumn>({
  hardFor: optional(nullOr(oneOf(hardClasses))),
  isRegular: optional(known),
  level: optional(oneOf(chomskyLevels)),
  circuitClass: optional(text),
  states: optional(countOrNull),
  letters: optional(count),
  monoid: optional(countOrNull),
  starFree: optional(known),
  rTrivial: optional(known),
  passesCRaspTest: optional(known),
  quasiAperiodic: optional(known),
  cRasp: optional(known),
  cRaspWithPositions: optional(known),
  evenCycle: optional(known),
  oddCycle: optional(known),
  blockEvenCycle: optional(known),
  blockOddCycle: optional(known),
  group: optional(known),
  abelian: optional(known),
  solvable: optional(known),
  moved: optional(countOrNull),
  points: optional(countOrNull),
  pointsMoved: optional(countOrNull),
  resetLayers: optional(countOrNull),
  counters: optional(countOrNull),
  memory: optional(nullOr(oneOf(memories))),
  pushdown: optional(nullOr(oneOf(pushdowns))),
  realTimeTape: optional(known),
  because: optional(text),
});

/** Of kinds that look at models, or change them. */
const ofModels = {
  id: name,
  version: count,
  title: text,
  summary: text,
  reference: optional(reference),
  hyperparameters: optional(classWithDefaults),
};

/** What each kind says of itself, by the types of `src/core/contracts`: a class without types is held against it too. */
const rules: { readonly [K in UnitKind]: Rule } = {
  architecture: object<UnitMetas['architecture']>({
    id: name,
    version: count,
    title: text,
    year,
    summary: text,
    reference,
    capabilities: object<UnitMetas['architecture']['capabilities']>({ causal: flag }),
    mode: optional(oneOf(['direct', 'chain-of-thought', 'filler'])),
    hyperparameters: classWithDefaults,
    claims: optional(listOf(claim)),
    variantOf: optional(text),
    otherNames: optional(otherNames),
    theory: optional((value, path) => (typeof value === 'function' ? [] : declaredRow(value, path))),
  }),
  task: object<UnitMetas['task']>({
    id: name,
    version: count,
    title: text,
    summary: text,
    level: oneOf(chomskyLevels),
    circuitClass: object<CircuitClass>({ name: text, reference, conjectured: optional(flag) }),
    reference,
    answerLengthRule: text,
    labels: object<TaskMeta['labels']>({ final: flag, aligned: flag }),
    hyperparameters: optional(classWithDefaults),
    variantOf: optional(text),
    otherNames: optional(otherNames),
    // What a function says is checked with the column, under its settings.
    theory: optional((value, path) => (typeof value === 'function' ? [] : declaredColumn(value, path))),
  }),
  baseline: object<UnitMetas['baseline']>({
    id: name,
    version: count,
    title: text,
    summary: text,
    usesSolver: optional(flag),
  }),
  engine: object<UnitMetas['engine']>({
    id: name,
    title: text,
    summary: text,
    revision: count,
    compiled: flag,
    threads: flag,
    automatic: optional(count),
  }),
  executor: object<UnitMetas['executor']>({
    id: name,
    title: text,
    summary: text,
    automatic: optional(callable),
    settings: optional(classWithDefaults),
  }),
  study: object<UnitMetas['study']>({
    id: name,
    version: count,
    title: text,
    summary: text,
    experiment: classWithDefaults,
    record: callable,
    contradiction: optional(callable),
    presents: listOf(text, 1),
  }),
  view: object<UnitMetas['view']>({ id: text, of: text, format: name, title: text, summary: text }),
  plot: object<UnitMetas['plot']>({ id: name, study: text, title: text, summary: text, by: optional(listOf(text, 1)) }),
  probe: object<UnitMetas['probe']>(ofModels),
  intervention: object<UnitMetas['intervention']>(ofModels),
  log: object<UnitMetas['log']>({ id: name, title: text, summary: text }),
};

/** Everything that is wrong with what a row says of itself for theory, once it knows its hyperparameters. */
export const declaredRowProblems = (declared: unknown): MetaProblem[] => declaredRow(declared, 'theory');

/** Everything that is wrong with what a unit says of itself. */
export const metaProblems = (kind: UnitKind, meta: unknown): MetaProblem[] => rules[kind](meta, '');
