import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cellKey, fingerprint } from '../../../src/core/cell';
import type { Rng } from '../../../src/core/contracts/random';
import { createRng } from '../../../src/core/random';
import { encodePack } from '../../../src/run/store/pack-file';
import { encodeChecked } from '../../../src/run/store/record-file';
import { tinyExperiment, zoo } from '../../support/cli';
import { makeManifest, makeRecord } from '../../support/records';
import { elementsOf } from '../../support/xml';
import { foreignKey, mutatedJson, mutatedText, nastyText, wordOf } from './nasty';

/** What one input did that it ought not to. */
export interface Finding {
  readonly kind: string;
  readonly problem: 'unexpected' | 'control characters' | 'ignored key' | 'malformed' | 'exit code';
  readonly input: string;
  readonly told: string;
}

interface Attack {
  readonly line: readonly string[];
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** It has a key that is none: it has to be refused. */
  readonly isWrong?: boolean;
}

const record = makeRecord({ inRange: 1, near: 0.5, far: 0 });
const keyed = { ...record, key: cellKey(record.specification) };
const recordFile = `results/records/lstm/parity/${keyed.key}.json`;
const manifest = makeManifest({});
const manifestText = JSON.stringify({
  ...manifest,
  cells: [{ key: keyed.key, specification: keyed.specification, plugins: [] }],
});
const formats = ['text', 'json', 'csv', 'latex', 'markdown', 'svg'];
const drawing = (rng: Rng) => [rng.choice(['matrix', 'leaderboard']), 'results', '--format', rng.choice(formats)];

function withDigest(text: string, rng: Rng): string {
  if (rng.integer(3) === 0) return text;
  try {
    const { digest: _, provenance: __, ...results } = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify({ digest: fingerprint(results), ...(JSON.parse(text) as object) });
  } catch {
    return text;
  }
}
const either = (value: unknown, rng: Rng) =>
  rng.integer(4) === 0 ? mutatedText(JSON.stringify(value), rng) : mutatedJson(value, rng);

const expressionSigns = [
  'a',
  'b',
  '(',
  ')',
  '*',
  '|',
  '+',
  '?',
  '{2,9}',
  '{30}',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '^',
  '$',
  '(?=a)',
];
const grammarSigns = [
  ...[
    'S',
    ' -> ',
    'a',
    'b',
    ' ',
    '|',
    ';',
    '::=',
    '<S>',
    '"a"',
    '\n',
    'T',
    'ε',
    "''",
    '\nS -> ',
    '\n<S> ::= ',
    '(',
    ')',
  ],
  ...['[', ']', '{', '}', '*', '+', '?', '.', ',', ':', '=', '#', '//', '(*', '/a/', '{2,9}', '?S'],
];
const grammars = ['S -> a S b | a b', '<S> ::= <S> <S> | "(" <S> ")" | ""', 'start: "a" start?', 'root ::= [ab]* "c"'];
const automaton = {
  alphabet: ['a', 'b'],
  states: ['p', 'q'],
  initial_state: 'p',
  accepting_states: ['q'],
  transitions: { p: { a: 'q', b: 'p' }, q: { a: 'p' } },
};
const data = {
  'd.jsonl': ['0 1', '1 1', '1', '0 0 1']
    .map((input, at) => JSON.stringify({ input, output: String(at % 2) }))
    .join('\n'),
  'd.csv': 'input,output\n0 1,1\n1 1,0\n"1",1\n0 0 1,1\n',
  'd.tsv': 'input\toutput\n0 1\t1\n1 1\t0\n',
};
const names = [
  'lstm',
  'parity',
  '*',
  '*dyck*',
  'level:',
  'counter',
  'family:',
  'x',
  ' x ',
  ',',
  'regex:(a,b)*',
  ':',
  '(',
  '{',
];
const options = [
  ...[
    '--json',
    '--debug',
    '--length',
    '--count',
    '--seed',
    '--set',
    '--only',
    '--format',
    '--engine',
    '--out',
    '--plugin',
  ],
  ...[
    '--match',
    '--seeds',
    '--workers',
    '--help',
    '--version',
    '-',
    '--',
    'parity',
    'lstm',
    'regex:(ab)*',
    '3',
    '0',
    '-1',
  ],
  ...['lstm.hiddenSize=1e9', 'protocol.__proto__.x=1', 'protocol.batchSize=1e9', 'parameters=64k', 'cpu', 'svg', '1e3'],
];
const commands = ['solve', 'sample', 'show', 'list', 'matrix', 'leaderboard', 'cell', 'plan', 'doctor', 'nothing'];
const plan = ['plan', 'x.json', '--engine', 'cpu', '--out', 'out'];

const attacks: Readonly<Record<string, (rng: Rng) => Attack>> = {
  experiment: (rng) => ({ line: plan, files: { 'x.json': either(tinyExperiment, rng) } }),
  'foreign key': (rng) => {
    const copy = structuredClone(tinyExperiment) as Record<string, unknown>;
    const places = [
      copy,
      copy.protocol,
      (copy.architectures as object[])[0],
      (copy.protocol as { evaluation: object }).evaluation,
    ];
    (rng.choice(places) as Record<string, unknown>)[foreignKey] = 1;
    return { line: plan, files: { 'x.json': JSON.stringify(copy) }, isWrong: true };
  },
  record: (rng) => ({
    line: drawing(rng),
    files: { 'results/manifest.json': manifestText, [recordFile]: withDigest(either(keyed, rng), rng) },
  }),
  pack: (rng) => {
    const folder = nastyText(rng).slice(0, 40);
    const line = withDigest(either(keyed, rng), rng).replaceAll('\n', ' ');
    const bytes = encodePack([{ key: keyed.key, folder, line }]);
    for (let flips = rng.integer(4); flips > 0; flips--) bytes[rng.integer(bytes.length)] = rng.integer(256);
    const cut = rng.integer(3) ? bytes.length : rng.integer(bytes.length);
    return {
      line: drawing(rng),
      files: { 'results/manifest.json': manifestText, 'results/packs/lstm.jsonl.gz': bytes.subarray(0, cut) },
    };
  },
  manifest: (rng) => ({
    line: drawing(rng),
    files: {
      'results/manifest.json': either(JSON.parse(manifestText), rng),
      [recordFile]: withDigest(JSON.stringify(keyed), createRng(1)),
    },
  }),
  checkpoint: (rng) => {
    const noise = Uint8Array.from({ length: rng.integer(200) }, () => rng.integer(256));
    const file = `out/checkpoints/${keyed.key}.bin`;
    return {
      line: plan,
      files: { 'x.json': JSON.stringify(tinyExperiment), [file]: rng.integer(2) ? noise : encodeChecked(noise) },
    };
  },
  plugin: (rng) => {
    const whole = { name: 'p', version: '1.0.0', zoo: '*', architectures: [], tasks: [] };
    const text = rng.integer(4)
      ? `module.exports = ${either(whole, rng)};`
      : mutatedText('module.exports = { name: "p" };', rng);
    return { line: ['list', '--plugin', './p.cjs'], files: { 'p.cjs': text } };
  },
  expression: (rng) => ({
    line: ['sample', `regex:${wordOf(expressionSigns, 12, rng)}`, '--length', String(1 + rng.integer(12))],
    files: {},
  }),
  grammar: (rng) => ({
    line: ['sample', 'grammar:g.bnf', '--length', '5'],
    files: { 'g.bnf': rng.integer(2) ? wordOf(grammarSigns, 14, rng) : mutatedText(rng.choice(grammars), rng) },
  }),
  automaton: (rng) => ({
    line: ['sample', 'automaton:a.json', '--length', '5'],
    files: { 'a.json': either(automaton, rng) },
  }),
  data: (rng) => {
    const [file, text] = rng.choice(Object.entries(data));
    return { line: [rng.choice(['show', 'sample']), `dataset:${file}`], files: { [file]: mutatedText(text, rng) } };
  },
  question: (rng) => ({
    line: [...plan, rng.choice(['--rows', '--columns', '--only']), wordOf(names, 5, rng)],
    files: { 'x.json': JSON.stringify(tinyExperiment) },
  }),
  option: (rng) => ({
    line: [
      rng.choice(commands),
      ...Array.from({ length: rng.integer(5) }, () => (rng.integer(4) ? rng.choice(options) : nastyText(rng))),
    ],
    files: {},
  }),
};
export const attackKinds = Object.keys(attacks);

const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
// What a file of CSV has at the end of its lines.
const withoutCarriageReturns = (text: string) => text.replaceAll('\r\n', '\n');

/** Runs input number `at` of a seed in a folder of its own, and says what it did that it ought not to. */
export async function fuzz(folder: string, seed: number, at: number): Promise<Finding | undefined> {
  const kind = attackKinds[at % attackKinds.length]!;
  const { line, files, isWrong } = attacks[kind]!(createRng(seed).split(kind).split(at));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const { exitCode, stdout, stderr } = await zoo(line, { workingFolder: folder });
  const found = (problem: Finding['problem']): Finding => {
    const input = JSON.stringify({
      line,
      files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, String(text)])),
    });
    return { kind, problem, input, told: `${exitCode} ${stderr}${stdout.slice(0, 500)}` };
  };
  const told = stdout + stderr;
  if (/error unexpected|"code":"unexpected"/.test(stderr)) return found('unexpected');
  if (control.test(withoutCarriageReturns(told))) return found('control characters');
  if (isWrong && exitCode === 0) return found('ignored key');
  if (![0, 1, 2].includes(exitCode)) return found('exit code');
  if (exitCode === 0 && stdout.startsWith('<svg') && !isWellFormed(stdout)) return found('malformed');
  if (exitCode === 0 && line.includes('csv') && /(^|[\n,])"?[=@+]/.test(stdout)) return found('malformed');
  return undefined;
}

function isWellFormed(xml: string): boolean {
  try {
    return elementsOf(xml).length > 0;
  } catch {
    return false;
  }
}
