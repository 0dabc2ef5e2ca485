import { discover, unitFolders } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { spelling, type OtherName } from '../../src/core/contracts/other-name';

const registry = discover(new Registry(), ...unitFolders);
const answered = (kind: 'architecture' | 'task', name: string) => {
  const { nearest, known } = registry.nearest(kind, name);
  return registry.find(kind, name)?.id ?? known?.here ?? nearest[0];
};

/** Names of tasks in other suites, and what is the same here. */
const tasks: Record<string, Record<string, string>> = {
  'the code of Deletang et al. 2023': {
    modular_arithmetic: 'modular-arithmetic',
    parity_check: 'parity',
    even_pairs: 'even-pairs',
    cycle_navigation: 'cycle-navigation',
    modular_arithmetic_brackets: 'modular-arithmetic-brackets',
    reverse_string: 'reversal',
    missing_duplicate_string: 'missing-duplicate',
    duplicate_string: 'duplicate-string',
    binary_addition: 'addition',
    binary_multiplication: 'multiplication',
    compute_sqrt: 'square-root',
    odds_first: 'odds-first',
    solve_equation: 'solve-equation',
    stack_manipulation: 'stack-manipulation',
    bucket_sort: 'bucket-sort',
  },
  FLaRe: {
    'even-pairs': 'even-pairs',
    'repeat-01': 'regex:(01)*',
    parity: 'parity',
    'cycle-navigation': 'cycle-navigation',
    'modular-arithmetic-simple': 'modular-arithmetic',
    'dyck-2-3': 'dyck with kinds=2 and maximumDepth=3',
    first: 'regex:1(0|1)*',
    majority: 'majority',
    'stack-manipulation': 'stack-manipulation',
    'marked-reversal': 'marked-reversal',
    'unmarked-reversal': 'palindrome',
    'marked-copy': 'marked-copy',
    'missing-duplicate-string': 'missing-duplicate',
    'odds-first': 'odds-first',
    'binary-addition': 'addition',
    'binary-multiplication': 'multiplication',
    'compute-sqrt': 'square-root',
    'bucket-sort': 'bucket-sort',
  },
  'the repositories of state tracking': {
    A4_x_Z5: 'a4xz5',
    S5: 's5',
    A5: 'a5',
    Z60: 'z60',
    'flip flop': 'flip-flop',
    FFLM: 'flip-flop',
    multiquery_ar: 'mqar',
    cumulative_parity: 'parity',
    'Tomita-3': 'tomita-3',
    'Shuffle-2': 'shuffle-dyck-2',
    'Counter-3': 'anbncn',
    AAStar: 'regex:(aa)*b{0}',
    'Mod Arithmetic (w/o Brackets)': 'modular-arithmetic',
    'Mod Arithmetic (w Brackets)': 'modular-arithmetic-brackets',
  },
};
describe.each(Object.entries(tasks))('the names of %s', (_, names) => {
  it.each(Object.entries(names))('%s is %s', (name, id) => expect(answered('task', name)).toBe(id));
});

it.each([
  ['mamba2', 'mamba-2'],
  ['delta_net', 'deltanet'],
  ['RWKV7', 'rwkv-7'],
  ['minGRU', 'min-gru'],
  ['xLSTM[1:0]', 'mlstm'],
  ['xLSTM[0:1]', 'slstm'],
  ['stack_rnn', 'stack-rnn'],
  ['transformer_encoder', 'transformer-encoder'],
])('the architecture %s is %s', (name, id) => expect(answered('architecture', name)).toBe(id));

it('a name that is like none has no answer', () => expect(answered('task', 'halting problem')).toBeUndefined());

it('the difference is said with the answer', () => {
  expect(() => registry.resolve('task', 'binary-addition')).toThrow(
    'What the code of Deletang et al. 2023 calls that is addition here.',
  );
  expect(() => registry.resolve('task', 'compute-sqrt')).toThrow('is square-root here');
  expect(() => registry.resolve('task', 'repeat-01')).toThrow('is regex:(01)* here');
});

it.each(['architecture', 'task'] as const)('no %s is called what another is called elsewhere', (kind) => {
  const owners = new Map(registry.all(kind).map(({ id }) => [spelling(id), id]));
  for (const { id, meta } of registry.all(kind))
    for (const { name } of (meta as { otherNames?: readonly OtherName[] }).otherNames ?? []) {
      expect([undefined, id]).toContain(owners.get(spelling(name)));
      owners.set(spelling(name), id);
    }
});

it.each(registry.tasks().flatMap(({ meta }) => (meta.otherNames ?? []).flatMap(({ here }) => here ?? [])))(
  '%s is a name here',
  (here) => expect(registry.find('task', here.split(' ')[0]!)).toBeDefined(),
);
