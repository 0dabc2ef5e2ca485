/**
 * The package as others get it: packed, installed into an empty folder outside the repository from the npm registry alone,
 * with the examples beside it as packages of their own, and used from there. Prints what failed; with --json FILE writes
 * {passed, failed} there.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, counts, run, start } from './packed/checks.mjs';
import { bringRuntimes, checkRuntimes } from './packed/runtimes.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const examples = ['ttt-linear', 'reset-count', 'matrix-typst', 'executor-bullmq'];
const home = mkdtempSync(join(tmpdir(), 'zoo-packed-'));
/** What somebody else's folder is installed with. */
const olderNpm = ['npx', '--yes', 'npm@10.9.4'];
const publint = ['npx', '--yes', 'publint@0.3.25'];
const areTheTypesWrong = ['npx', '--yes', '--package', '@arethetypeswrong/cli@0.18.5', 'attw'];

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
  check(name, status === 0 && !/already registered|already been set|\bwarn/i.test(text), text);
}

/**
 * A row in a folder of somebody else, who installed the zoo and the union package of its tensor library there with another npm:
 * as an ES module and as CommonJS, both as `tsc` emits them.
 */
async function elsewhere(file) {
  const folder = join(home, 'elsewhere');
  const source = readFileSync(join(root, 'examples/ttt-linear/ttt-linear.ts'), 'utf8');
  const compilerOptions = { module: 'node16', moduleResolution: 'node16', noEmit: false, outDir: 'dist' };
  for (const [name, type] of [
    ['es-module', 'module'],
    ['common-js', 'commonjs'],
  ]) {
    mkdirSync(join(folder, name), { recursive: true });
    const write = (path, text) => writeFileSync(join(folder, name, path), text);
    write('package.json', JSON.stringify({ name, version: '1.0.0', type, main: 'dist/ttt-linear.js' }));
    write('tsconfig.json', JSON.stringify({ extends: 'chomsky-zoo/tsconfig.plugin.json', compilerOptions }));
    write('ttt-linear.ts', source.replace("'@tensorflow/tfjs-core'", "'@tensorflow/tfjs'"));
    cpSync(join(root, 'examples/ttt-linear/ttt-linear.md'), join(folder, name, 'ttt-linear.md'));
  }
  const dependencies = { 'chomsky-zoo': `file:${file}`, '@tensorflow/tfjs': '4.22.0' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const [command, ...words] = olderNpm;
  const installed = await start(folder, command, ...words, 'install', '--no-audit', '--no-fund');
  check(`${olderNpm.at(-1)} installs it too`, installed.status === 0, installed.text);
}

function checkElsewhere() {
  for (const name of ['es-module', 'common-js']) {
    const folder = join(home, 'elsewhere', name);
    const built = run(folder, installedCommand('tsc'), '-p', '.');
    check(`a row elsewhere compiles: ${name}`, built.status === 0, built.text);
    const words = ['--plugin', `./elsewhere/${name}`, '--out', `runs/${name}`];
    cell(home, `a cell of it, on the one copy of everything: ${name}`, 'ttt-linear x parity', ...words);
  }
}

async function all() {
  const packed = run(root, 'npm', 'pack', '--silent', '--pack-destination', home);
  const file = packed.stdout.trim().split('\n').at(-1);
  if (!check('packs', packed.status === 0 && file?.endsWith('.tgz'), packed.text)) return;
  // What waits for the registry most of its time, while the rest goes on.
  const others = [bringRuntimes(join(home, 'runtimes')), elsewhere(join(home, file)), lint(join(home, file))];

  const description = { private: true, workspaces: examples, dependencies: { 'chomsky-zoo': `file:${file}` } };
  writeFileSync(join(home, 'package.json'), JSON.stringify(description));
  const isSource = (path) => !['node_modules', 'dist', 'runs'].includes(basename(path));
  for (const name of examples)
    cpSync(join(root, 'examples', name), join(home, name), { recursive: true, filter: isSource });
  const installed = await start(home, 'npm', 'install', '--no-audit', '--no-fund');
  if (!check('installs in an empty folder', installed.status === 0, installed.text)) return;

  const { status, stdout, text } = zoo(home, 'doctor');
  check('zoo doctor finds an engine', status === 0, text);
  const onnx = /^onnx +(works|absent.*npm install --ignore-scripts onnxruntime-node@)/m;
  check('zoo doctor has onnx, or says how to bring it', onnx.test(stdout), text);
  check('npx chomsky-zoo is it too', run(home, 'npx', '--no-install', 'chomsky-zoo', '--version').status === 0);
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

  const [runtimes] = await Promise.all(others);
  checkElsewhere();
  await checkRuntimes(runtimes, home, settings);
}

/** What others say of packages. */
async function lint(file) {
  for (const [name, [command, ...words]] of [
    ['publint', [...publint, file, '--strict']],
    ['are-the-types-wrong', [...areTheTypesWrong, file, '--profile', 'node16']],
  ]) {
    const { status, text } = await start(tmpdir(), command, ...words);
    check(`${name} finds nothing`, status === 0, text);
  }
}

try {
  await all();
} finally {
  rmSync(home, { recursive: true, force: true });
}
const at = process.argv.indexOf('--json');
if (at > 0) writeFileSync(process.argv[at + 1], JSON.stringify(counts));
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed ? 1 : 0;
