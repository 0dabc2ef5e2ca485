import type { ColumnProperties, RowProperties } from '../core/contracts/theory';

/** How a property is called, and what it says, in the middle of a sentence. */
interface Wording<Value> {
  /** "whether it is star-free", "the positions". */
  readonly name: string;
  readonly of: (value: Value) => string;
}
type Words<T> = { readonly [K in keyof T]: Wording<NonNullable<T[K]>> };

const flag = (name: string, yes: string, no: string): Wording<boolean> => ({ name, of: (is) => (is ? yes : no) });
const number = (name: string, of: (value: number) => string): Wording<number> => ({ name, of });
const words = <T extends string>(name: string, of: Readonly<Record<T, string>>): Wording<T> => ({
  name,
  of: (value) => of[value],
});

/** A number of things: "2 layers". */
export const counted = (amount: number, one: string, many = `${one}s`): string =>
  `${amount.toLocaleString('en')} ${amount === 1 ? one : many}`;

export const rowWords: Words<RowProperties> = {
  mode: words('how it answers', {
    direct: 'direct answers',
    'chain-of-thought': 'a chain of thought that it writes',
    filler: 'filler tokens before its answers',
  }),
  causal: flag('whether it is causal', 'a causal mask', 'no causal mask'),
  update: words('the update of the state', {
    'feed-forward': 'no state that is updated',
    scan: 'a state that is updated by an affine map',
    sequential: 'a state that is updated non-linearly',
  }),
  transition: words('the transition', {
    fixed: 'transitions that are the same for every token',
    elementwise: 'transitions that are diagonal and depend on the token',
    matrix: 'transitions that are matrices and depend on the token',
  }),
  transitionForm: words('the form of the transition', {
    householder: 'products of generalised Householder matrices',
    'diagonal-plus-rank-one': 'diagonal plus rank-one matrices',
    'permutation-diagonal': 'column-one-hot times diagonal matrices',
  }),
  factors: number('the number of factors', (value) => `${counted(value, 'factor')} per token`),
  realEigenvalues: flag('whether eigenvalues are real', 'real eigenvalues', 'complex eigenvalues'),
  leastEigenvalue: number('the least eigenvalue', (value) =>
    value < 0 ? `eigenvalues down to ${Number(value.toFixed(3))}` : `no eigenvalue below ${value}`,
  ),
  realProducts: flag(
    'whether products of transitions have real eigenvalues',
    'products of transitions with real eigenvalues in every layer',
    'products of transitions that rotate',
  ),
  positions: { name: 'the positions', of: (value) => (value === 'none' ? 'no positions' : `${value} positions`) },
  softmaxAttention: flag('softmax attention', 'softmax attention', 'no softmax attention over all tokens'),
  counts: flag(
    'whether the state counts without bound',
    'a state that counts without bound',
    'a state that does not count without bound',
  ),
  layers: number('the number of layers', (value) => counted(value, 'layer')),
  depthPerToken: number('non-linear depth', (value) =>
    value === 0
      ? 'a depth that does not grow with the length'
      : `${counted(value, 'non-linear step')} more for every token`,
  ),
  units: number('units', (value) => counted(value, 'unit')),
  stateNumbers: number('the size of the state', (value) => `a state of ${counted(value, 'number')}`),
  stateSize: number('the size of the state of a layer', (value) => `${counted(value, 'state number')}`),
  dictionarySize: number(
    'the size of the dictionary',
    (value) => `a dictionary of ${counted(value, 'matrix', 'matrices')}`,
  ),
  headWidth: number('the width of a head', (value) => `heads of width ${value}`),
  externalMemory: words('external memory', {
    stack: 'a stack',
    'nondeterministic-stack': 'a nondeterministic stack',
    tape: 'a tape',
  }),
  cells: number('the cells of its memory', (value) => `${counted(value, 'cell')} when it is evaluated`),
};

export const columnWords: Words<ColumnProperties> = {
  level: { name: 'its level', of: (value) => `is ${value} by level` },
  circuitClass: { name: 'its circuit class', of: (value) => `has the circuit class ${value}` },
  hasTrace: flag('whether it has a chain of thought', 'has a chain of thought', 'has no chain of thought'),
  hardFor: { name: 'which class it is hard for', of: (value) => `is hard for ${value}` },
  isRegular: flag('whether it is regular', 'is regular', 'is not regular'),
  states: number(
    'the states of its minimal automaton',
    (value) => `has a minimal automaton of ${counted(value, 'state')}`,
  ),
  letters: number('its letters', (value) => `has ${counted(value, 'letter')} that act differently`),
  monoid: number('its transition monoid', (value) => `has a transition monoid of ${counted(value, 'element')}`),
  starFree: flag('whether it is star-free', 'is star-free', 'is not star-free'),
  rTrivial: flag('whether its monoid is R-trivial', 'has an R-trivial monoid', 'has a monoid that is not R-trivial'),
  passesCRaspTest: flag(
    'whether it passes the test for C-RASP',
    'passes the necessary test for C-RASP',
    'fails the necessary test for C-RASP',
  ),
  quasiAperiodic: flag('whether it is in AC0', 'is in AC0', 'is not in AC0'),
  cRasp: flag('whether it is in C-RASP', 'is in C-RASP', 'is outside of C-RASP'),
  cRaspWithPositions: flag(
    'whether it is in C-RASP with positions',
    'is in C-RASP if positions are told',
    'is outside of C-RASP even with positions',
  ),
  evenCycle: flag(
    'whether a repeated symbol makes the answer alternate with an even period',
    'makes the answer alternate with an even period when one symbol is repeated',
    'has no repeated symbol that makes the answer alternate with an even period',
  ),
  oddCycle: flag(
    'whether a repeated symbol makes the answer alternate with a period that is no power of two',
    'makes the answer alternate with a period that is no power of two when one symbol is repeated',
    'has no repeated symbol that makes the answer alternate with a period that is no power of two',
  ),
  blockEvenCycle: flag(
    'whether a repeated block makes the answer alternate with an even period',
    'makes the answer alternate with an even period when one block of symbols is repeated',
    'has no repeated block that makes the answer alternate with an even period',
  ),
  blockOddCycle: flag(
    'whether a repeated block makes the answer alternate with a period that is no power of two',
    'makes the answer alternate with a period that is no power of two when one block of symbols is repeated',
    'has no repeated block that makes the answer alternate with a period that is no power of two',
  ),
  group: flag('whether its monoid is a group', 'has a group as its transition monoid', 'has a monoid that is no group'),
  abelian: flag('whether its monoid is abelian', 'is abelian', 'is not abelian'),
  solvable: flag('whether its groups are solvable', 'has only solvable groups', 'has a group that is not solvable'),
  moved: number(
    'how many states a letter moves',
    (value) => `has letters that move at most ${counted(value, 'state')}`,
  ),
  points: number('how many points its letters permute', (value) => `permutes ${counted(value, 'point')}`),
  pointsMoved: number(
    'how many points a letter moves',
    (value) => `has letters that move at most ${counted(value, 'point')}`,
  ),
  resetLayers: number(
    'how many layers of resets it takes',
    (value) => `is a cascade of ${counted(value, 'layer')} of resets`,
  ),
  counters: number('how many counters it takes', (value) => `takes ${counted(value, 'counter')}`),
  memory: words('how much of its first half must be remembered', {
    bounded: 'takes a bounded memory',
    logarithmic: 'takes a memory that grows with the logarithm of the length',
    linear: 'takes memory in proportion to the length',
  }),
  pushdown: words('what pushdown automaton it takes', {
    deterministic: 'is recognised by a deterministic pushdown automaton that reads a symbol per step',
    nondeterministic: 'is recognised by a nondeterministic pushdown automaton',
  }),
  realTimeTape: flag(
    'whether one tape with one action per symbol is enough',
    'takes one tape with one action per symbol',
    'takes more than one tape with one action per symbol',
  ),
};

/** Names of all properties. */
export const propertyNames: Readonly<Record<string, string>> = Object.fromEntries(
  [...Object.entries(rowWords), ...Object.entries(columnWords)].map(([property, { name }]) => [property, name]),
);

/** What these properties say, in words: those that are known of the ones that are named. */
export function told(wordings: object, properties: object, names: readonly string[]): string[] {
  const known = properties as Readonly<Record<string, unknown>>;
  return names.flatMap((name) => {
    const { of } = (wordings as Readonly<Record<string, Wording<unknown>>>)[name]!;
    return known[name] === null || known[name] === undefined ? [] : of(known[name]);
  });
}
