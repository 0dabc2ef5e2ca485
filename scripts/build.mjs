/**
 * Compiles the sources into dist, if they have changed since dist was made. npm runs this at `npm ci`, `npm pack` and the
 * first `npx zoo`, perhaps while other processes use dist: the build is made in a folder of its own, from a copy of the
 * last one, and takes the place of dist when it is complete.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const next = join(root, `.dist-${process.pid}`);
const rooms = ['architectures', 'registry', 'src', 'tasks'];
const settings = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.mjs'];
/** Written last: digest of everything that the build was made of. */
const stamp = '.built';
const state = '.tsbuildinfo';
/** What is computed by the build itself, in this order, and the files that it writes. */
const computed = [
  { by: 'src/docs/write-units.ts', files: ['registry/built-in.json'] },
  { by: 'src/docs/write-figures.ts', files: ['src/model/figures.json'] },
  { by: 'src/docs/write-claims.ts', files: ['src/literature/claims.json'] },
  { by: 'src/docs/write-sources.ts', files: ['src/run/code/sources.json'] },
  { by: 'src/docs/write-theory.ts', files: ['src/theory/propositions.json', 'src/theory/built-in.json'] },
];
/**
 * A package of three hundred small files, which every command reads: as one file, where the built code finds it first. Its decorators
 * write into one storage of the process, whichever copy they are of.
 */
const joined = { name: 'class-validator', folder: join('node_modules', 'class-validator') };
/** What the build compiles for the processor it runs on, if it has a compiler; where there is none, nobody misses it yet. */
const ofMachine = { by: 'src/docs/write-runtime.ts', folder: 'compiled' };
/** Runs in browsers: bundled into one file and one style sheet, not compiled file by file. */
const page = { folder: join('src', 'page'), entries: ['src/page/page.ts', 'src/page/page.css'], target: 'es2022' };
const isOfPage = (source) => source.startsWith(page.folder);
/** Read by the build and by the built code where they are. */
const literature = 'literature';

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));

/** Everything that is compiled or copied, by its path from the root; pages of units are read where they are. */
const sources = rooms
  .filter((room) => existsSync(join(root, room)))
  .flatMap((room) => filesBelow(join(root, room)).map((file) => join(room, file)))
  .filter((file) => !file.endsWith('.md'));

const published = existsSync(join(root, literature))
  ? filesBelow(join(root, literature)).map((file) => join(literature, file))
  : [];

/** Digest of everything that the build is made of. */
function digestOfSources() {
  const hash = createHash('sha256');
  for (const file of [...sources, ...settings, ...published].sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

const writers = computed.filter(({ by }) => sources.includes(by));
const bundled = page.entries.filter((entry) => sources.includes(entry)).map((entry) => entry.replace(/ts$/, 'js'));
const written = [...bundled, ...writers.flatMap(({ files }) => files)];

/** What a complete build holds. */
const outputsOf = (source) =>
  source.endsWith('.ts') ? [source.replace(/ts$/, 'js'), source.replace(/ts$/, 'd.ts')] : [source];
const ofNode = sources.filter((source) => !isOfPage(source));
const outputs = new Set([state, ...written, ...ofNode.flatMap(outputsOf)]);

function compile() {
  const compiler = createRequire(join(root, 'package.json')).resolve('typescript/bin/tsc');
  const target = ['--outDir', next, '--tsBuildInfoFile', join(next, state)];
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', ...target], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the sources do not compile; dist is as it was');
}

/** Copies what is not compiled, and removes what no source stands for any longer: units are found by their files. */
function complete() {
  for (const file of ofNode.filter((source) => !source.endsWith('.ts'))) cpSync(join(root, file), join(next, file));
  const isOther = (file) => [ofMachine, joined].some(({ folder }) => file.startsWith(folder + sep));
  for (const file of filesBelow(next)) if (!outputs.has(file) && !isOther(file)) rmSync(join(next, file));
  return [...outputs].every((file) => written.includes(file) || existsSync(join(next, file)));
}

/** What `zoo list` and `zoo theory` say of built-in units, so that they need not trace them all. */
function writeComputed() {
  for (const { by } of writers) {
    const { status } = spawnSync(process.execPath, [join(next, by.replace(/ts$/, 'js'))], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`${by} fails; dist is as it was`);
  }
}

async function joinPackage() {
  if (bundled.length === 0) return;
  const { build } = await import('esbuild');
  await build({
    stdin: { contents: `module.exports = require('${joined.name}');`, resolveDir: root },
    outfile: join(next, joined.folder, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['main'],
    logLevel: 'error',
  });
}

function compileForMachine() {
  if (!sources.includes(ofMachine.by)) return;
  spawnSync(process.execPath, [join(next, ofMachine.by.replace(/ts$/, 'js'))], { cwd: root, stdio: 'ignore' });
}

/** What a report runs in its reader's browser; esbuild refuses what only Node.js has. */
async function bundlePage() {
  if (bundled.length === 0) return;
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: page.entries,
    outbase: '.',
    outdir: next,
    bundle: true,
    minify: true,
    target: page.target,
    format: 'iife',
    platform: 'browser',
    charset: 'ascii', // pages are printed, and control characters of texts that are printed go
    legalComments: 'none',
    logLevel: 'error',
  });
}

async function build(digest) {
  if (existsSync(dist)) cpSync(dist, next, { recursive: true });
  else mkdirSync(next);
  compile();
  if (!complete()) {
    rmSync(join(next, state), { force: true }); // the compiler writes only what it believes to have changed
    compile();
    complete();
  }
  await joinPackage();
  writeComputed();
  compileForMachine();
  await bundlePage();
  chmodSync(join(next, 'src/cli/main.js'), 0o755);
  writeFileSync(join(next, stamp), digest);
  replaceDist();
}

/** Two builds at a time may come here together: the later one wins. */
function replaceDist() {
  const last = `${next}-last`;
  for (;;) {
    try {
      if (existsSync(dist)) renameSync(dist, last);
      renameSync(next, dist);
      return rmSync(last, { recursive: true, force: true });
    } catch (error) {
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code) || !existsSync(next)) throw error;
      rmSync(last, { recursive: true, force: true });
    }
  }
}

const isAlive = (processId) => {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};
const builderOf = (name) => Number(/^\.dist-(\d+)(-last)?$/.exec(name)?.[1]);

// An installed package is built already: npm runs its `prepare` where it is linked.
if (!existsSync(join(root, 'tsconfig.build.json'))) process.exit();

const digest = digestOfSources();
const built = join(dist, stamp);
if (!existsSync(built) || readFileSync(built, 'utf8') !== digest) {
  for (const name of readdirSync(root)) {
    const builder = builderOf(name); // of a build that was killed, or of a process before this one of the same id
    if (builder && (builder === process.pid || !isAlive(builder))) rmSync(join(root, name), { recursive: true });
  }
  try {
    await build(digest);
  } catch (error) {
    console.error(`build: ${error.message}`);
    process.exitCode = 1;
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}
