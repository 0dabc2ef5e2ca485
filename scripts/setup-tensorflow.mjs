// Makes the `tensorflow` engine native: builds tfjs-node's addon against the TensorFlow library of a Python wheel.
// docs/tensorflow.md explains when that is wanted. Nothing else in the project needs Python or a compiler.
//
//   npm run setup:tensorflow                              the wheel tensorflow-cpu, fetched with pip
//   npm run setup:tensorflow -- --wheel FILE              a wheel that is already here
//   npm run setup:tensorflow -- --python PATH             an interpreter; if it has TensorFlow, that one is used
//   npm run setup:tensorflow -- --gpu --python PATH       the same for tfjs-node-gpu (pip install "tensorflow[and-cuda]")
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = dirname(import.meta.dirname);
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

class SetupError extends Error {}

/** Runs a command and returns what it printed; `explanation` says what its failure means. */
function run(command, words, explanation, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, words, { encoding: 'utf8', ...options });
  if (status === 0) return stdout.trim();
  const lastLines = (error?.message ?? stderr ?? '').trim().split('\n').slice(-12).join('\n');
  throw new SetupError(`${explanation}\n\n${command} ${words.join(' ')}\n${lastLines}`);
}

function checkCompiler() {
  const compiler = process.env.CXX || 'c++';
  run(
    compiler,
    ['--version'],
    `No C++ compiler: "${compiler}" does not run. Install one (Debian: apt install g++ make), or name it in CXX.`,
  );
  run('make', ['--version'], 'No make. Install it (Debian: apt install make).');
}

/** An interpreter, because wheels come with pip and node-gyp is driven by Python. */
function checkPython(python) {
  const explanation = `No Python: "${python}" does not run. Install Python 3, or name an interpreter with --python PATH.`;
  return run(python, ['-c', 'import sys; print(sys.version.split()[0])'], explanation);
}

/** The installed package `tensorflow` of an interpreter, if it has one. Looks it up without loading it. */
function installedPackage(python) {
  const lookUp =
    'import importlib.util as u; s = u.find_spec("tensorflow"); print(s.submodule_search_locations[0] if s else "")';
  return run(python, ['-c', lookUp], 'Python could not look for tensorflow.') || undefined;
}

function downloadedWheel(python, folder) {
  const explanation =
    'pip could not fetch the wheel tensorflow-cpu. It exists for Linux on x86-64 and the Python versions that ' +
    'TensorFlow supports: try --python with another version, or --wheel FILE with a wheel from elsewhere.';
  run(python, ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, 'tensorflow-cpu'], explanation);
  return join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.whl')),
  );
}

/** Names the linker looks for, and the files that hold them. */
const libraries = {
  tensorflow: 'libtensorflow_cc.so.2',
  tensorflow_framework: 'libtensorflow_framework.so.2',
};

/** The folder `tensorflow` with the libraries and their headers, from wherever there is one. */
function findTensorFlow(options, python, folder) {
  const tensorflow = locateTensorFlow(options, python, folder);
  for (const needed of ['include/tensorflow/c/c_api.h', ...Object.values(libraries)]) {
    if (!existsSync(join(tensorflow, needed)))
      throw new SetupError(`${tensorflow} has no ${needed}: is it a TensorFlow 2 for Linux?`);
  }
  return tensorflow;
}

function locateTensorFlow({ wheel, gpu }, python, folder) {
  if (wheel && !existsSync(wheel)) throw new SetupError(`There is no wheel ${wheel}.`);
  const installed = wheel ? undefined : installedPackage(python);
  if (installed) return installed;
  if (!wheel && gpu)
    throw new SetupError(`"${python}" has no TensorFlow: pip install "tensorflow[and-cuda]" for it first.`);
  const file = wheel ? resolve(wheel) : downloadedWheel(python, folder);
  run(python, ['-m', 'zipfile', '-e', file, folder], `${file} cannot be unpacked; a wheel is a zip file.`);
  return join(folder, 'tensorflow');
}

/**
 * What tfjs-node's build looks for. The library of the wheel exports the C API under another name, which stays the
 * name it is loaded by; the linker finds it through a link.
 */
function stageLibrary(tensorflow, addonFolder) {
  const deps = join(addonFolder, 'deps');
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, 'lib'), { recursive: true });
  cpSync(join(tensorflow, 'include'), join(deps, 'include'), { recursive: true });
  for (const [name, file] of Object.entries(libraries)) {
    cpSync(join(tensorflow, file), join(deps, 'lib', file));
    symlinkSync(file, join(deps, 'lib', `lib${name}.so`));
  }
}

/** Sources without their install script, which would download a binary. */
function installSources(name) {
  const version = dependencies['@tensorflow/tfjs-core']; // both must be the same TensorFlow.js
  const npm = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`];
  run('npm', npm, `npm could not install ${name} ${version}.`, { cwd: root });
  // npm brings the optional tfjs-node-gpu along, which without its addon cannot be loaded.
  const unbuilt = join(root, 'node_modules', '@tensorflow', 'tfjs-node-gpu');
  if (name === '@tensorflow/tfjs-node' && !existsSync(join(unbuilt, 'lib')))
    rmSync(unbuilt, { recursive: true, force: true });
  return join(root, 'node_modules', name);
}

function build(addonFolder, python) {
  const nodePreGyp = join(root, 'node_modules', '@mapbox', 'node-pre-gyp', 'bin', 'node-pre-gyp');
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node_api.h')); // else node-gyp downloads them
  const words = [
    nodePreGyp,
    'install',
    '--build-from-source',
    `--python=${python}`,
    ...(hasHeaders ? [`--nodedir=${prefix}`] : []),
  ];
  run(process.execPath, words, 'The addon could not be compiled.', { cwd: addonFolder });
}

function verify(name) {
  const program = `const tf = require(${JSON.stringify(name)}); tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync());
    if (tf.getBackend() !== 'tensorflow') throw new Error('the backend is ' + tf.getBackend());`;
  return run(process.execPath, ['-e', program], `${name} was built but does not load.`, {
    cwd: root,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  });
}

function main() {
  const { values } = parseArgs({
    options: { python: { type: 'string' }, wheel: { type: 'string' }, gpu: { type: 'boolean' } },
  });
  if (process.platform !== 'linux')
    throw new SetupError('This builds for Linux only; elsewhere install @tensorflow/tfjs-node as its README says.');
  const python = values.python ?? 'python3';
  const name = values.gpu ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
  const folder = mkdtempSync(join(tmpdir(), 'setup-tensorflow-'));
  const say = (line) => console.log(line);
  try {
    say(`Python ${checkPython(python)}`);
    checkCompiler();
    const tensorflow = findTensorFlow(values, python, folder);
    say(`TensorFlow from ${tensorflow.startsWith(folder) ? (values.wheel ?? 'the wheel tensorflow-cpu') : tensorflow}`);
    const addonFolder = installSources(name);
    stageLibrary(tensorflow, addonFolder);
    say('Compiling ...');
    build(addonFolder, python);
    verify(name);
    say(`${name} works. npx zoo doctor shows it; npm ci removes it again.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof SetupError || error.code?.startsWith('ERR_PARSE_ARGS'))) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
