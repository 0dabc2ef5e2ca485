import type { Memory } from '../core/contracts/architecture';
import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import { figuresOf } from '../model/figures';
import { depthInWords, type Recurrence, recurrenceOf, updateInWords } from '../model/recurrence';
import { rowTheory } from '../model/row-properties';
import type { RowTheory } from '../model/traced-theory';
import { type Sizes, usualSetting, type Setting } from '../model/sizes';
import { matched, type Budget } from '../studies/match';
import { isPlainObject } from '../core/validation';
import type { Context } from './io';
import { cited } from './task';

/** What the zoo knows of an architecture beside what it says of itself. */
export interface ArchitectureDescription {
  readonly memory: Memory;
  /** What of a model's inside can be looked at. Whoever has a state hands it from step to step by name. */
  readonly exposes: { readonly state: boolean; readonly attention: boolean };
  /** Sizes with these hyperparameters: the defaults, or those that meet a budget. */
  readonly sizes: Sizes & Setting & { readonly hyperparameters: object; readonly match?: Budget };
  /** What propositions ask of it, how deep it is, and whether it is recurrence-complete by our classification. */
  readonly theory: RowTheory & { readonly recurrenceComplete: Recurrence };
}

/** @throws unmatchable-row or unreachable-budget where there is a budget. */
export function describeArchitecture(
  registry: Registry,
  unit: RegisteredUnit<'architecture'>,
  match?: Budget,
): ArchitectureDescription {
  const hyperparameters = match
    ? matched(registry, unit, match, { setting: usualSetting, place: '--match' })
    : registry.hyperparameters(unit, {}, { place: unit.id });
  const { memory, hasAttention, parameters, state, flops } = figuresOf(unit, hyperparameters);
  const theory = rowTheory(unit, hyperparameters);
  return {
    memory,
    exposes: { state: memory !== 'none', attention: hasAttention },
    sizes: { parameters, state, flops, ...usualSetting, hyperparameters, match },
    theory: { ...theory, recurrenceComplete: recurrenceOf(theory) },
  };
}

export function architectureLines(
  { meta }: RegisteredUnit<'architecture'>,
  { memory, exposes, sizes, theory }: ArchitectureDescription,
  context: Context,
): string[] {
  const { bold, dim } = context.colors;
  const { match, hyperparameters, vocabularySize, time } = sizes;
  const number = (amount: number | undefined) => amount?.toLocaleString('en') ?? 'unknown';
  const state = {
    none: 'none',
    constant: `${number(sizes.state)} numbers, however long the sequence`,
    growing: `${number(sizes.state)} numbers for ${time} tokens, growing with length`,
  };
  const facts = {
    answers: meta.mode ?? 'direct',
    causal: meta.capabilities.causal ? 'yes' : 'no, it sees the whole sequence',
    ...(match && { [`${match.quantity}=${match.amount}`]: settings(hyperparameters) }),
    parameters: number(sizes.parameters),
    state: state[memory],
    FLOPs: `${number(sizes.flops)} per token, in matrix products`,
    'state update': updateInWords(theory.properties),
    'non-linear depth': depthInWords(theory),
    'recurrence-complete': completeness[theory.recurrenceComplete],
    'notion of that': 'Zhang et al. 2409.09239; Keiblinger 2510.06828',
    exposes:
      Object.entries(exposes)
        .flatMap(([what, is]) => (is ? what : []))
        .join(', ') || 'nothing',
    source: cited(meta.reference),
  };
  const width = Math.max(...Object.keys(facts).map(({ length }) => length)) + 2;
  return [
    '',
    `${bold('In short')}  ${dim(`sizes for ${vocabularySize} different tokens, looking back at ${time}`)}`,
    ...Object.entries(facts).map(([fact, value]) => `  ${fact.padEnd(width)}${value}`),
  ];
}

const completeness: Readonly<Record<Recurrence, string>> = {
  'per token': 'yes, our classification',
  'per block': 'per block of tokens, our classification',
  no: 'no, our classification',
};

const settings = (hyperparameters: object, prefix = ''): string =>
  Object.entries(hyperparameters)
    .map(([key, value]) => (isPlainObject(value) ? settings(value, `${prefix}${key}.`) : `${prefix}${key}=${value}`))
    .join(', ');
