/** Lists the licence of every package that is installed with the zoo; fails where one has none, or one that is not permissive. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const permissive =
  /^(MIT(-0)?|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0|WTFPL)$/;

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const installed = Object.entries(packages).filter(([path, { dev, devOptional }]) => path && !dev && !devOptional);

/** Packages that say it in a file alone, as we have read it. */
const read = { 'node_modules/png-js': 'MIT' };

/** What the lock file says, or where it is silent the package itself. */
function licenceOf(path, { license }) {
  if (license ?? read[path]) return license ?? read[path];
  const file = join(root, path, 'package.json');
  if (!existsSync(file)) return 'unknown (not installed)';
  const { license: own, licenses } = JSON.parse(readFileSync(file, 'utf8'));
  return (typeof own === 'object' ? own?.type : own) ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'unknown';
}

/** Of several to choose from, one has to be permissive; of several together, all. */
const isPermissive = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((each) => permissive.test(each.trim())));

const rows = installed
  .map(([path, entry]) => ({
    name: path.replace(/^.*node_modules\//, ''),
    version: entry.version,
    licence: licenceOf(path, entry),
  }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));
for (const { name, version, licence } of rows) console.log(`${`${name} ${version}`.padEnd(48)}${licence}`);

const counts = new Map();
for (const { licence } of rows) counts.set(licence, (counts.get(licence) ?? 0) + 1);
console.log(`\n${rows.length} packages: ${[...counts].map(([licence, count]) => `${count} ${licence}`).join(', ')}`);
const problems = rows.filter(({ licence }) => !isPermissive(licence));
for (const { name, licence } of problems) console.error(`not permissive: ${name} (${licence})`);
process.exitCode = problems.length > 0 ? 1 : 0;
