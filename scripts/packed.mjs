/**
 * The package as others get it: packed, installed into an empty folder outside the repository from the npm registry alone,
 * with the examples beside it as packages of their own, and used from there. Prints what failed; with --json FILE writes
 * {passed, failed} there.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const examples = ['ttt-linear', 'reset-count', 'matrix-typst', 'executor-bullmq'];
const home = mkdtempSync(join(tmpdir(), 'zoo-packed-'));
const counts = { passed: 0, failed: 0 };

/** The settings of the repository (.npmrc, allowed scripts) are not those of who installs the package. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_config_onnxruntime/i.test(name)),
);

function run(folder, command, ...words) {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    cwd: folder,
    encoding: 'utf8',
    env: environment,
    maxBuffer: 2 ** 26,
  });
  return { status, stdout: stdout ?? '', stderr: stderr ?? '', text: `${stdout}${stderr}${error ?? ''}` };
}

function check(name, holds, text = '') {
  counts[holds ? 'passed' : 'failed'] += 1;
  console.log(`  ${holds ? 'passed' : 'FAILED'}  ${name}`);
  if (!holds) console.log(text.trim().replace(/^/gm, '          '));
  return holds;
}

/** A command of the installation, without the second that npx takes. */
const installedCommand = (name) => join(home, 'node_modules', '.bin', name);

/** Tests of a package there, counted one by one. */
function jest(folder, name) {
  const report = join(folder, 'report.json');
  const { text } = run(folder, installedCommand('jest'), '--ci', '--json', `--outputFile=${report}`);
  let result = { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1 };
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    // it did not even start
  }
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  counts.passed += result.numPassedTests;
  counts.failed += failed || (result.numPassedTests ? 0 : 1);
  const isGood = failed === 0 && result.numPassedTests > 0;
  console.log(`  ${isGood ? 'passed' : 'FAILED'}  ${name}: ${result.numPassedTests} tests passed, ${failed} failed`);
  if (!isGood) console.log(text.trim());
}

const tiny = ['steps=4', 'batchSize=4', 'trainingLengths.maximum=4', 'evaluation.lengthsPerRange=1'];
const settings = ['heldOut.sequences=4', 'evaluation.sequencesPerLength=4', ...tiny].flatMap((each) => [
  '--set',
  `protocol.${each}`,
]);
const zoo = (folder, ...words) => run(folder, installedCommand('zoo'), ...words);
function cell(folder, name, only, ...words) {
  const { status, text } = zoo(folder, 'run', 'smoke', '--only', only, '--workers', '0', ...settings, ...words);
  check(name, status === 0 && !/already registered|already been set/.test(text), text);
}

function all() {
  const packed = run(root, 'npm', 'pack', '--silent', '--pack-destination', home);
  const file = packed.stdout.trim().split('\n').at(-1);
  if (!check('packs', packed.status === 0 && file?.endsWith('.tgz'), packed.text)) return;

  const description = { private: true, workspaces: examples, dependencies: { 'chomsky-zoo': `file:${file}` } };
  writeFileSync(join(home, 'package.json'), JSON.stringify(description));
  const isSource = (path) => !['node_modules', 'dist', 'runs'].includes(basename(path));
  for (const name of examples)
    cpSync(join(root, 'examples', name), join(home, name), { recursive: true, filter: isSource });
  const installed = run(home, 'npm', 'install', '--no-audit', '--no-fund');
  if (!check('installs in an empty folder', installed.status === 0, installed.text)) return;

  const { status, stdout, text } = zoo(home, 'doctor');
  check('zoo doctor finds an engine', status === 0, text);
  const onnx = /^onnx +(works|absent.*npm install --ignore-scripts onnxruntime-node@)/m;
  check('zoo doctor has onnx, or says how to bring it', onnx.test(stdout), text);
  check('its second name is chomsky-zoo', run(home, 'npx', 'chomsky-zoo', '--version').stdout.trim() !== '');
  const list = run(home, 'npm', 'ls', 'chomsky-zoo', '@tensorflow/tfjs-core', '--all', '--parseable');
  const copies = new Set(list.stdout.split('\n').filter((line) => /(chomsky-zoo|tfjs-core)$/.test(line)));
  check('one copy of the zoo and of its tensor library is installed', copies.size === 2, [...copies].join('\n'));

  for (const name of examples) {
    const folder = join(home, name);
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (scripts.build) {
      const built = run(folder, 'npm', 'run', 'build');
      check(`${name} compiles`, built.status === 0, built.text);
    }
    const types = run(folder, installedCommand('tsc'), '--noEmit', '-p', '.');
    check(`${name} has the types of its editor`, types.status === 0, types.text);
    jest(folder, name);
    const checked = zoo(folder, 'check', '.');
    check(`${name} passes zoo check`, checked.status === 0, checked.text);
  }
  cell(join(home, 'ttt-linear'), 'a cell of the row', 'ttt-linear x parity', '--plugin', '.');
  cell(home, 'a cell of the column, from a package by its name', 'lstm x reset-count', '--plugin', 'zoo-reset-count');
  const page = zoo(home, 'matrix', 'runs/smoke', '--plugin', './matrix-typst', '--format', 'typst');
  check('a table of the view', page.status === 0 && /\[lstm\], .*table\.cell/.test(page.stdout), page.text);

  // Where the folder is below one that has everything, nothing needs to be installed again.
  const made = zoo(home, 'new', 'plugin', 'made', '--json');
  check('zoo new writes a package', made.status === 0, made.text);
  const types = run(join(home, 'made'), installedCommand('tsc'), '-p', '.');
  check('which has the types of its editor', types.status === 0, types.text);
  jest(join(home, 'made'), 'made by zoo new');
  cell(join(home, 'made'), 'a cell of it', 'made-model x made-task', '--plugin', '.');

  // A lone file in another tree: the same copies of everything.
  const other = join(home, 'elsewhere');
  mkdirSync(join(other, 'node_modules', '@tensorflow'), { recursive: true });
  for (const library of readdirSync(join(home, 'node_modules', '@tensorflow')))
    cpSync(join(home, 'node_modules', '@tensorflow', library), join(other, 'node_modules', '@tensorflow', library), {
      recursive: true,
    });
  for (const library of [
    'long',
    'seedrandom',
    'node-fetch',
    'core-js',
    'regenerator-runtime',
    'argparse',
    'chalk',
    'yargs',
  ])
    symlinkSync(join(home, 'node_modules', library), join(other, 'node_modules', library));
  const compiled = readFileSync(join(home, 'reset-count', 'dist', 'reset-count.js'), 'utf8');
  writeFileSync(join(other, 'lone.cjs'), `require('@tensorflow/tfjs');\n${compiled}`);
  cell(
    home,
    'a cell of a CommonJS file in a tree with copies of its own',
    'lstm x reset-count',
    '--plugin',
    './elsewhere/lone.cjs',
    '--out',
    'runs/other',
  );
}

try {
  all();
} finally {
  rmSync(home, { recursive: true, force: true });
}
const at = process.argv.indexOf('--json');
if (at > 0) writeFileSync(process.argv[at + 1], JSON.stringify(counts));
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed ? 1 : 0;
