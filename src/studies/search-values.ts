import { IsObject, ValidateBy } from 'class-validator';
import { searchRules, type SearchRule } from '../core/contracts/search';
import { all, isPlainObject } from '../core/validation';

/** How the values of a search are tried. */
export interface SearchOptions {
  /** Trainings of every row on every column; default: one for each combination of the values. */
  readonly trials?: number;
  /** Default: the first. */
  readonly rule?: SearchRule;
  /** Draws the combinations where there are more of them than trials, and begins the streams of the trials; default 1. */
  readonly seed?: number;
}
/** Values by path of what is searched, and how, as an experiment writes it. */
export type SearchValues = SearchOptions & Readonly<Record<string, unknown>>;

const optionNames = ['trials', 'rule', 'seed'] as const satisfies readonly (keyof SearchOptions)[];
/** Trials of one search, and combinations of its values. */
export const mostTrials = 1024;

/** The lists of values alone. */
export const searchedValues = (search: SearchValues): [path: string, values: readonly unknown[]][] =>
  Object.entries(search).filter(([path]) => !(optionNames as readonly string[]).includes(path)) as [
    string,
    readonly unknown[],
  ][];

/** How many combinations of the values there are. */
export const combinationsOf = (search: SearchValues): number =>
  searchedValues(search).reduce((product, [, { length }]) => product * length, 1);

/** What is wrong with a search, whatever the units; empty where nothing is. */
function problemsOf(search: unknown): string[] {
  if (!isPlainObject(search)) return ['must be an object, or false in a row'];
  const { trials, rule, seed } = search;
  const lists = searchedValues(search);
  const isCount = (value: unknown, most: number) =>
    Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;
  const isScalar = (value: unknown) => value === null || ['number', 'string', 'boolean'].includes(typeof value);
  const wrong = lists.filter(
    ([, values]) =>
      !Array.isArray(values) || values.length === 0 || !values.every(isScalar) || new Set(values).size < values.length,
  );
  const problems = [
    ...(trials === undefined || isCount(trials, mostTrials)
      ? []
      : [`trials must be a whole number from 1 to ${mostTrials}`]),
    ...(rule === undefined || searchRules.some((known) => known === rule)
      ? []
      : [`rule must be one of ${searchRules.join(', ')}`]),
    ...(seed === undefined || isCount(seed, 2 ** 31) ? [] : [`seed must be a whole number from 1 to ${2 ** 31}`]),
    ...(lists.length > 0 ? [] : ['must have a list of values, such as "optimiser.learningRate": [0.01, 0.003]']),
    ...wrong.map(([path]) => `"${path}" must be a list of different numbers, texts, true, false or null`),
  ];
  if (problems.length > 0) return problems;
  const combinations = combinationsOf(search);
  if (combinations > mostTrials) return [`its values have ${combinations} combinations, more than ${mostTrials}`];
  if (trials !== undefined && Number(trials) > combinations)
    return [`trials is ${Number(trials)}, and its values have ${combinations} combinations`];
  return [];
}

/** A search; `false` where `canBeNone`: none. */
export const IsSearch = ({ canBeNone = false } = {}): PropertyDecorator =>
  all(
    ...(canBeNone ? [] : [IsObject()]),
    ValidateBy({
      name: canBeNone ? 'searchOrNone' : 'search',
      validator: {
        validate: (search: unknown) => (canBeNone && search === false) || problemsOf(search).length === 0,
        defaultMessage: (given) => problemsOf(given?.value).join('; '),
      },
    }),
  );
