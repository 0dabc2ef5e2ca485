import { readdirSync } from 'node:fs';
import { readJsonFile } from '../core/json-file';
import { zooError } from '../core/errors';
import { isPlainObject, validated } from '../core/validation';
import { parseComparison, parseSum, namesIn } from './formula';
import { columnKinds, conditionProblem, rowKinds } from './properties';
import type { Case, Proposition, Source, Theory } from './proposition';
import { PropositionFile, WrittenSource } from './schema';

const sourcesFile = 'sources.json';
/** Names of the files of a folder that hold propositions. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder)
    .sort()
    .filter((file) => file.endsWith('.json') && file !== sourcesFile);

/** Propositions and sources of a folder, judged as a whole. @throws invalid-json or invalid-value naming file and place */
export function readTheory(folder: string): Theory {
  const sources = sourcesOf(readJsonFile(sourcesFile, 'sources of propositions', folder));
  const files = filesOf(folder).map((file) => {
    const { propositions } = validated(PropositionFile, readJsonFile(file, 'propositions', folder), { place: file });
    return { file, propositions };
  });
  const propositions = files.flatMap((each) => each.propositions);
  const ids = propositions.map(({ id }) => id);
  for (const { file, propositions: own } of files) {
    const problems = own.flatMap((one) => problemsOf(one, ids, sources).map((problem) => `${one.id}: ${problem}`));
    if (problems.length) throw zooError('invalid-value', { place: file, problems });
  }
  return { propositions, sources };
}

function sourcesOf(plain: unknown): Record<string, Source> {
  if (!isPlainObject(plain))
    throw zooError('invalid-value', { place: sourcesFile, problems: ['it must be an object'] });
  const sources = Object.entries(plain).map(
    ([id, source]) => [id, validated(WrittenSource, source, { place: sourcesFile, path: id })] as const,
  );
  return Object.fromEntries(sources);
}

/** What is wrong with a proposition beside the types of its fields. */
function problemsOf(one: Proposition, ids: readonly string[], sources: Readonly<Record<string, Source>>): string[] {
  const {
    id,
    mark,
    source,
    place,
    also = [],
    summarisedBy = [],
    from = [],
    cases = [],
    concludes,
    kind,
    strength,
  } = one;
  const rests = [...from, ...cases.flatMap((each) => each.from ?? [])];
  const cited = [...(source === undefined ? [] : [source]), ...also.map((each) => each.source), ...summarisedBy];
  const isCited = source !== undefined && place !== undefined;
  return [
    ...(ids.filter((other) => other === id).length > 1 ? ['the id is there twice'] : []),
    ...(mark !== 'D' && !isCited ? [`a proposition marked ${mark} names its source and the place in it`] : []),
    ...(mark === 'D' && source !== undefined ? ['a derivation of ours has no source'] : []),
    ...((mark === 'S') === summarisedBy.length > 0 ? [] : ['summarisedBy is for the mark S, which needs it']),
    ...cited.filter((each) => !Object.hasOwn(sources, each)).map((each) => `${sourcesFile} has no source ${each}`),
    ...rests.filter((each) => !ids.includes(each)).map((each) => `it rests on ${each}, which there is not`),
    ...(cases.length > 0 === (concludes !== undefined) ? [] : ['cases and what they conclude come together']),
    ...((kind === 'length generalisation') === (strength !== undefined)
      ? []
      : ['strength is for length generalisation, which needs it']),
    ...cases.flatMap((each, at) => caseProblems(each).map((problem) => `cases[${at}].${problem}`)),
  ];
}

function caseProblems({ row, column, sizes = [], binds }: Case): string[] {
  const conditions = (side: string, kinds: object, of: object) =>
    Object.entries(of).flatMap(([name, condition]) => {
      const kind = Object.hasOwn(kinds, name) ? (kinds as typeof rowKinds)[name as keyof typeof rowKinds] : undefined;
      const problem = conditionProblem(kind, condition);
      return problem ? [`${side}.${name}: ${problem}`] : [];
    });
  const formulas = [
    ...sizes.map((text) => ({ text, names: namesOfComparison(text) })),
    ...(binds === undefined ? [] : [{ text: binds, names: namesOfSum(binds) }]),
  ];
  return [
    ...conditions('row', rowKinds, row),
    ...conditions('column', columnKinds, column),
    ...formulas.flatMap(({ text, names }) => {
      if (!names) return [`"${text}" is no formula such as units >= states * letters`];
      const unknown = names.filter((name) => !isNumber(name));
      return unknown.map((name) => `"${text}": ${name} is no number of a row or column`);
    }),
  ];
}

const isNumber = (name: string): boolean => {
  const kinds: Readonly<Record<string, unknown>> = { ...rowKinds, ...columnKinds };
  return Object.hasOwn(kinds, name) && kinds[name] === 'number';
};

function namesOfSum(text: string): string[] | undefined {
  const sum = parseSum(text);
  return sum ? namesIn(sum) : undefined;
}

function namesOfComparison(text: string): string[] | undefined {
  const comparison = parseComparison(text);
  return comparison ? [...namesIn(comparison.left), ...namesIn(comparison.right)] : undefined;
}
