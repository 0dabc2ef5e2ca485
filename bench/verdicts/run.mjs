// Cells from command to verdict in the zoo, PyTorch and JAX, taking turns on one core.
//
//   npm run bench:verdicts                                 every cell of cells.json, five seeds
//   npm run bench:verdicts -- --cells lstm,gru --rounds 1  some cells (parts of "row x column"), one seed
//   npm run bench:verdicts -- --only-zoo                   without the others
//   npm run bench:verdicts -- --core 1                     on another core than the first
//
// ZOO_BENCH_PYTHON names a Python with torch, jax or both (pip install torch jax); default python3.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { zoo } from '../peers/zoo.mjs';
import { contestants as contestantsOf } from './contestants.mjs';
import { asMarkdown, figuresOf, ratiosOf } from './figures.mjs';
import { handedOver } from './handed-over.mjs';

const { describeMachine } = zoo('src/train/provenance');
const { runtime } = zoo('src/core/runtime');
const here = import.meta.dirname;
const { values: options } = parseArgs({
  options: {
    cells: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    'only-zoo': { type: 'boolean', default: false },
    core: { type: 'string', default: '0' },
    out: { type: 'string', default: join(dirname(here), 'results', 'verdicts') },
  },
});
const rounds = Number(options.rounds);
const python = process.env.ZOO_BENCH_PYTHON || 'python3';
const longestRun = 20 * 60_000;

/** Which of the libraries the interpreter has. */
function librariesOf(interpreter) {
  const lookUp = 'import importlib.util as u; print(" ".join(n for n in ("torch", "jax") if u.find_spec(n)))';
  const { status, stdout } = spawnSync(interpreter, ['-c', lookUp], { encoding: 'utf8' });
  return status === 0 ? stdout.trim().split(' ').filter(Boolean) : [];
}

const hasTaskset = spawnSync('taskset', ['--version']).status === 0;
const pinned = (command) => (hasTaskset ? ['taskset', '-c', options.core, ...command] : command);
const oneThread = Object.fromEntries(
  ['OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'OPENBLAS_NUM_THREADS'].map((name) => [name, '1']),
);
const oneThreadOfXla = { XLA_FLAGS: '--xla_cpu_multi_thread_eigen=false', JAX_PLATFORMS: 'cpu' };

/** One run of a contestant: wall seconds, and what it says of itself with times counted from its start. */
async function measured(contestant, cell, seed) {
  const { command, environment, read } = contestant.prepare(cell, seed);
  const [program, ...words] = pinned(command);
  const started = Date.now();
  const child = spawn(program, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...oneThread, ...oneThreadOfXla, ...environment },
    timeout: longestRun,
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaints = (complaints + text).slice(-2000)));
  const code = await new Promise((resolve) => child.once('error', resolve).once('close', resolve));
  const wall = (Date.now() - started) / 1000;
  if (code !== 0) throw new Error(complaints.trim().split('\n').slice(-3).join(' ') || `it ended with ${code}`);
  const { looks, ...rest } = read();
  return { wall, ...rest, looks: looks.map(({ step, exact, at }) => ({ step, exact, seconds: at - started / 1000 })) };
}

/** All contestants of a cell, taking turns for each seed; those that keep what they compile run once before. */
async function measureCell(cell, contestants, report) {
  const runs = {};
  const broken = new Set();
  const tryOne = async (contestant, seed) => {
    if (broken.has(contestant.name)) return undefined;
    try {
      return await measured(contestant, cell, seed);
    } catch (error) {
      broken.add(contestant.name);
      report.failures.push(`${cell.row} x ${cell.column}, ${contestant.name}: ${error.message}`);
      delete runs[contestant.name];
      return undefined;
    }
  };
  for (const contestant of contestants.filter(({ isWarm }) => isWarm)) await tryOne(contestant, 1);
  for (let seed = 1; seed <= rounds; seed++)
    for (const contestant of contestants) {
      const run = await tryOne(contestant, seed);
      if (!run) continue;
      (runs[contestant.name] ??= []).push(run);
      report.versions[contestant.name.split(',')[0]] = run.version;
      console.log(
        `${cell.row} x ${cell.column}, seed ${seed}, ${contestant.name}: ${run.wall.toFixed(1)} s, ${run.steps} steps`,
      );
    }
  return { row: cell.row, column: cell.column, ...figuresOf(runs), runs };
}

/** What repeats this run; where it wrote to is nobody else's concern. */
function commandLine() {
  const words = process.argv.slice(2).filter((word, at, all) => !/^--out/.test(word) && all[at - 1] !== '--out');
  const quoted = words.map((word) => (/\s/.test(word) ? `"${word}"` : word));
  return ['npm run bench:verdicts', ...(quoted.length ? ['--', ...quoted] : [])].join(' ');
}

async function main() {
  const onlyZoo = options['only-zoo'];
  const libraries = onlyZoo ? [] : librariesOf(python);
  if (!onlyZoo && libraries.length === 0) {
    console.error(
      `"${python}" has neither torch nor jax. Make an environment that has, and name its interpreter:\n` +
        '  python3 -m venv peers && peers/bin/pip install torch jax\n  ZOO_BENCH_PYTHON=peers/bin/python npm run bench:verdicts',
    );
    process.exitCode = 1;
    return;
  }
  const table = JSON.parse(readFileSync(join(here, 'cells.json'), 'utf8'));
  const parts = options.cells.split(',').filter(Boolean);
  const asked = table.cells.filter(
    ({ row, column }) => parts.length === 0 || parts.some((part) => `${row} x ${column}`.includes(part.trim())),
  );
  const folder = mkdtempSync(join(tmpdir(), 'verdicts-'));
  const report = {
    measuredAt: new Date().toISOString(),
    machine: describeMachine(),
    runtime: runtime(),
    rounds,
    loadBefore: loadavg()[0],
    pinned: hasTaskset,
    command: commandLine(),
    protocol: table.protocol,
    versions: {},
    failures: [],
    cells: [],
  };
  try {
    const contestants = contestantsOf({ folder, table, python, libraries, onlyZoo });
    mkdirSync(dirname(options.out), { recursive: true });
    for (const cell of asked) {
      const file = join(folder, `${cell.row}-${cell.column}.json`);
      writeFileSync(file, JSON.stringify(handedOver(cell, table.protocol)));
      report.cells.push(await measureCell(cell, contestants, report));
      report.comparisons = ratiosOf(report.cells);
      // After every cell, so that a run that is stopped leaves what it has.
      writeFileSync(`${options.out}.json`, `${JSON.stringify(report, null, 2)}\n`);
      writeFileSync(`${options.out}.md`, asMarkdown(report));
    }
    for (const { title, geometricMean } of report.comparisons ?? [])
      if (geometricMean) console.log(`${title}: ${geometricMean.toFixed(2)} times sooner than the fastest other`);
    console.log(`Written: ${options.out}.md and .json`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
