import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { citation } from '../../src/core/citation';
import { packageFile, packageRoot } from '../../src/core/package';

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');
/** Top-level keys of the file with what stands behind them; it uses no more of YAML. */
const cff = new Map(
  [...read('CITATION.cff').matchAll(/^([a-z-]+):(?: ["']?(.*?)["']?)?$/gm)].map(([, key, value = '']) => [key!, value]),
);

it('is a Citation File Format 1.2.0 file of this version and licence', () => {
  expect(cff.get('cff-version')).toBe('1.2.0');
  expect(cff.get('version')).toBe(packageFile.version);
  expect(cff.get('license')).toBe((JSON.parse(read('package.json')) as { license: string }).license);
  for (const required of ['message', 'title', 'authors']) expect(cff.has(required)).toBe(true);
  const known =
    'abstract authors cff-version commit contact date-released doi identifiers keywords license message preferred-citation references repository repository-code title type url version';
  expect([...cff.keys()].filter((key) => !known.split(' ').includes(key))).toEqual([]);
});

it('says what the README and reports say', () => {
  const { version } = packageFile;
  expect(citation(version)).toContain(`The chomsky-zoo authors. ${cff.get('title')!} Version ${version}`);
  expect(read('CITATION.cff')).toContain("- name: 'The chomsky-zoo authors'");
  expect(read('README.md')).toContain(`> ${citation(version)}`);
});
