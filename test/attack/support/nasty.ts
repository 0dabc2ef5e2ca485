import type { Rng } from '../../../src/core/contracts/random';

/** Values that somebody might write in the place of another. */
const values: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 0.5, 1e9, -1e9, 1e308, 2 ** 53, 2 ** 31],
  ...[
    '',
    ' ',
    '*',
    '0',
    'NaN',
    '__proto__',
    'constructor',
    '\u0000',
    '\u001b[2J\u001b]0;x\u0007',
    '\u202eabc',
    '\ud800',
  ],
  ...[
    '=1+1',
    '@SUM(A1)',
    '-2',
    '+3',
    '<script>',
    '"',
    "'",
    '`',
    '\\',
    '../../etc/passwd',
    '/dev/null',
    'a'.repeat(5000),
  ],
  ...['\n', '\r\n', '%s', '${1}', '&amp;', ']]>', '\u009b31m', 'lstm', 'parity', '\u{1f9a5}'],
  ...[[], [[]], [[[]]], [null], {}, { a: 1 }, [1, 2, 3], { length: 3 }, { then: 1 }],
];
const keys = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'then',
  'length',
  '',
  ' ',
  'id',
  'x',
  '\u001b[1m',
];

/** A copy: what is made of it may be changed. */
export const nastyValue = (rng: Rng): unknown => structuredClone(rng.choice(values));
export const nastyText = (rng: Rng): string => String(rng.choice(values.filter((value) => typeof value === 'string')));
export const nastyKey = (rng: Rng): string => rng.choice(keys);

/** A key that no file of ours has: whoever writes it has to be told. */
export const foreignKey = 'aKeyThatIsNone';

type Tree = Record<string, unknown> | unknown[];
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** Every object and array within a value, itself first. */
function treesOf(value: unknown): Tree[] {
  return isTree(value) ? [value, ...Object.values(value).flatMap(treesOf)] : [];
}

/** Text of a JSON value with some of its parts replaced, removed, added or repeated; keys may be ones that objects inherit. */
export function mutatedJson(value: unknown, rng: Rng): string {
  const copy = structuredClone(value);
  for (let change = rng.integer(3); change >= 0; change--) {
    const trees = treesOf(copy);
    const tree = rng.choice(trees) as Record<string, unknown>;
    const known = Object.keys(tree);
    const key = known.length > 0 ? rng.choice(known) : '0';
    const act = rng.integer(5);
    if (act === 0) delete tree[key];
    else if (act === 1) define(tree, nastyKey(rng), nastyValue(rng));
    else if (act === 2) define(tree, key, structuredClone(rng.choice(trees)));
    else define(tree, key, nastyValue(rng));
  }
  return JSON.stringify(copy);
}

function define(tree: object, key: string, value: unknown): void {
  if (Array.isArray(tree) && key === 'length') return; // no entry of a list
  Object.defineProperty(tree, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A text with some characters removed, repeated, or replaced. */
export function mutatedText(text: string, rng: Rng): string {
  let result = text;
  for (let change = rng.integer(4); change >= 0; change--) {
    const [from, length] = [rng.integer(result.length + 1), rng.integer(12)];
    const middle = rng.choice([
      '',
      nastyText(rng),
      result.slice(from, from + length).repeat(2),
      rng.choice([...'{}[]",:0\\']),
    ]);
    result = result.slice(0, from) + middle + result.slice(from + length);
  }
  return result;
}

/** A word over the signs of a small language: of regular expressions, of grammars. */
export const wordOf = (signs: readonly string[], most: number, rng: Rng): string =>
  Array.from({ length: 1 + rng.integer(most) }, () => rng.choice(signs)).join('');
