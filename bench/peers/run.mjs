// Whole training steps, or decodings, of the same models in the zoo, PyTorch and JAX, taking turns on the same processors.
//
//   npm run bench:peers                                   one thread, every row of rows.json
//   npm run bench:peers -- --threads 2
//   npm run bench:peers -- --tokens 256 --only lstm       other lengths, some rows
//   npm run bench:peers -- --decoding                     greedy decoding instead
//   npm run bench:peers -- --engine onnx                  another engine of the zoo than --engine auto takes
//
// ZOO_BENCH_PYTHON names a Python with torch, jax or both (pip install torch jax); default python3.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Contestant } from './contestant.mjs';
import { asMarkdown, bestPeer, figures, geometricMean, median } from './results.mjs';
import { engineNames, modelOf, zoo } from './zoo.mjs';

const { createRng } = zoo('src/core/random');
const { describeMachine } = zoo('src/train/provenance');
const here = import.meta.dirname;

const { values: options } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    tokens: { type: 'string' },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '9' },
    decoding: { type: 'boolean', default: false },
    engine: { type: 'string', default: 'auto' },
    out: { type: 'string' },
  },
});
const threads = Number(options.threads);
const rounds = Number(options.rounds);
const python = process.env.ZOO_BENCH_PYTHON || 'python3';
const millisecondsPerTurn = 400;

/** Which of the libraries the interpreter has. */
function librariesOf(interpreter) {
  const lookUp = 'import importlib.util as u; print(" ".join(n for n in ("torch", "jax") if u.find_spec(n)))';
  const { status, stdout } = spawnSync(interpreter, ['-c', lookUp], { encoding: 'utf8' });
  return status === 0 ? stdout.trim().split(' ').filter(Boolean) : [];
}

/** Who takes part in a row. Recurrences without a parallel form in the library are tried in both forms. */
function trainersOf({ architecture }, libraries) {
  const forms = architecture === 'rwkv' ? ['parallel', 'scan'] : ['parallel'];
  const label = (name, form) => (forms.length > 1 ? `${name}, ${form}` : name);
  const inForms = (library) =>
    forms.map((form) => ({
      name: label(library, form),
      library,
      script: `${library}_contestant.py`,
      options: { form },
    }));
  return [
    ...inForms('torch'),
    { name: 'torch.compile', library: 'torch', script: 'torch_contestant.py', options: { compile: true } },
    ...inForms('jax'),
  ].filter(({ library }) => libraries.includes(library));
}

/** Who decodes a row. A key-value cache may be set aside before the first token or put together anew for every token. */
function decodersOf({ architecture }, libraries) {
  const forms = architecture === 'lstm' ? [''] : ['cache set aside', 'growing cache'];
  const named = (form) => ['torch', form].filter(Boolean).join(', ');
  const contestants = [
    ...forms.map((form) => ({ name: named(form), options: { form } })),
    ...(architecture === 'lstm' ? [] : [{ name: 'torch.compile', options: { compile: true } }]),
  ];
  return libraries.includes('torch') ? contestants.map((each) => ({ ...each, script: 'torch_decoding.py' })) : [];
}

function contestantsOf(row, libraries) {
  const peers = (row.limit ? decodersOf : trainersOf)(row, libraries);
  return [
    {
      name: 'zoo',
      command: [process.execPath, join(here, 'zoo-contestant.mjs')],
      options: { engine: options.engine },
    },
    ...peers.map(({ name, script, options: given }) => ({
      name,
      command: [python, join(here, script)],
      options: given,
    })),
  ];
}

/** Pins a command to the first processors, where the system can. */
const hasTaskset = spawnSync('taskset', ['--version']).status === 0;
const pinned = (command) => (hasTaskset ? ['taskset', '-c', `0-${threads - 1}`, ...command] : command);
const environment = Object.fromEntries(
  ['OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'OPENBLAS_NUM_THREADS'].map((name) => [name, String(threads)]),
);

/** Writes what every contestant of a row starts from. */
function writeRow(folder, row) {
  const { model, layout } = modelOf(row);
  const rng = createRng('peers').split(row.name);
  const tokens = () => Int32Array.from({ length: row.batch * row.tokens }, () => rng.integer(row.vocabulary));
  const parameters = model.parameters.map(({ name, shape }) => [name, shape]);
  writeFileSync(join(folder, 'row.json'), JSON.stringify({ ...row, parameters }));
  writeFileSync(join(folder, 'weights.f32'), layout.initialise(rng.split('initial')));
  writeFileSync(join(folder, 'tokens.i32'), tokens());
  writeFileSync(join(folder, 'targets.i32'), tokens());
}

/** Starts one contestant and hears what its first steps gave. */
async function open({ name, command, options: given }, folder) {
  const [program, ...words] = pinned([...command, folder, JSON.stringify({ ...given, threads })]);
  const contestant = new Contestant(program, words, environment);
  try {
    return { name, contestant, ...(await contestant.hear()) };
  } catch (error) {
    await contestant.end();
    return { name, error: error.message };
  }
}

/** The same weights and the same batch give the same losses, or the comparison compares different things. */
function checkLosses(opened) {
  const own = opened.find(({ name }) => name === 'zoo').first;
  for (const { name, first } of opened) {
    const worst = Math.max(...first.map((loss, i) => Math.abs(loss / own[i] - 1)));
    if (!(worst < 0.01)) throw new Error(`${name} trains something else: losses ${first} instead of ${own}`);
  }
}

/** The same weights and the same prompts give the same words, but for the rare tie that rounding decides. */
function checkWords(opened) {
  const own = opened.find(({ name }) => name === 'zoo').first[0];
  for (const { name, first } of opened) {
    const same = own.filter((words, i) => words.every((word, t) => word === first[0][i][t])).length;
    if (same < 0.9 * own.length)
      throw new Error(`${name} says something else in ${own.length - same} of ${own.length} sequences`);
  }
}

async function measure(row, libraries) {
  const folder = mkdtempSync(join(tmpdir(), 'peers-'));
  const started = [];
  try {
    writeRow(folder, row);
    for (const each of contestantsOf(row, libraries)) started.push(await open(each, folder));
    const working = started.filter(({ contestant }) => contestant);
    if (!working.some(({ name }) => name === 'zoo')) throw new Error(`zoo: ${started[0].error}`);
    (row.limit ? checkWords : checkLosses)(working);
    const turns = new Map();
    for (const { name, contestant } of working) {
      const warm = median(await contestant.take(3));
      turns.set(name, Math.min(100, Math.max(2, Math.round(millisecondsPerTurn / warm))));
    }
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const taken = {};
      for (const { name, contestant } of working) taken[name] = await contestant.take(turns.get(name));
      times.push(taken);
    }
    const contestants = {
      ...figures(times, row.limit),
      ...Object.fromEntries(started.filter(({ error }) => error).map(({ name, error }) => [name, { error }])),
    };
    const versions = Object.fromEntries(working.map(({ version }) => [version.split(' ')[0], version]));
    return {
      figures: { name: row.name, tokens: row.tokens, contestants, best: bestPeer(contestants) },
      versions,
    };
  } finally {
    for (const { contestant } of started) await contestant?.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What repeats this run; where it wrote to is nobody else's concern. */
function commandLine() {
  const { out: _, ...rest } = options;
  const given = process.argv.slice(2).map((word) => word.split('=')[0]);
  const words = Object.entries(rest).filter(([name]) => given.includes(`--${name}`));
  const text = (value) => (value === true ? '' : /\s/.test(value) ? ` "${value}"` : ` ${value}`);
  const settings = words.map(([name, value]) => `--${name}${text(value)}`);
  return ['npm run bench:peers', ...(settings.length ? ['--', ...settings] : [])].join(' ');
}

async function main() {
  if (!['auto', ...engineNames].includes(options.engine)) {
    console.error(`--engine ${options.engine}: there are auto, ${engineNames.join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const libraries = librariesOf(python);
  if (libraries.length === 0) {
    console.error(
      `"${python}" has neither torch nor jax. Make an environment that has, and name its interpreter:\n` +
        '  python3 -m venv peers && peers/bin/pip install torch jax\n  ZOO_BENCH_PYTHON=peers/bin/python npm run bench:peers',
    );
    process.exitCode = 1;
    return;
  }
  const { decoding, ...training } = JSON.parse(readFileSync(join(here, 'rows.json'), 'utf8'));
  const { rows, ...common } = options.decoding ? { vocabulary: training.vocabulary, ...decoding } : training;
  const asked = rows
    .filter(({ name }) => name.includes(options.only))
    .map((row) => ({ ...common, ...row, ...(options.tokens && { tokens: Number(options.tokens) }) }));
  const loadBefore = loadavg()[0];
  const report = {
    measuredAt: new Date().toISOString(),
    machine: describeMachine(),
    threads,
    ...common,
    rounds,
    loadBefore,
    pinned: hasTaskset,
    command: commandLine(),
    versions: {},
    rows: [],
  };
  const out =
    options.out ??
    join(
      dirname(here),
      'results',
      `${options.decoding ? 'decoding' : 'peers'}-${threads}-thread${threads === 1 ? '' : 's'}${options.tokens ? `-${options.tokens}-tokens` : ''}${options.engine === 'auto' ? '' : `-${options.engine}`}`,
    );
  mkdirSync(dirname(out), { recursive: true });
  for (const row of asked) {
    const { figures: measured, versions } = await measure(row, libraries);
    report.rows.push(measured);
    Object.assign(report.versions, versions);
    const ratios = report.rows.flatMap(({ best }) => best?.ratio ?? []);
    if (ratios.length) report.geometricMeanOfBest = geometricMean(ratios);
    // After every row, so that a run that is stopped leaves what it has.
    writeFileSync(`${out}.json`, `${JSON.stringify(report, null, 2)}\n`);
    writeFileSync(`${out}.md`, asMarkdown(report));
    const shown = Object.entries(measured.contestants).map(
      ([name, { milliseconds, error }]) =>
        `${name} ${error ? 'failed' : milliseconds.toFixed(options.decoding ? 2 : 1)}`,
    );
    console.log(
      `${row.name}, ${row.tokens} tokens: ${shown.join(', ')} ms; ${measured.best ? `${measured.best.ratio.toFixed(2)} x ${measured.best.name}` : ''}`,
    );
  }
  console.log(`\nWritten: ${basename(out)}.json and .md in ${dirname(out)}`);
}

await main();
