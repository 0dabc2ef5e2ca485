import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadPlugin, resolvePlugin } from '../../registry/plugins';
import { Registry } from '../../registry/registry';

const examples = join(__dirname, '..', 'support', 'registry', 'plugins');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-digest-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
let copies = 0;
/** Of the folder as it is now; under another name, because a process runs a file once. */
async function digest(specifier: string): Promise<string> {
  const copy = `${folder}-${copies++}`;
  cpSync(folder, copy, { recursive: true });
  try {
    const { units } = await loadPlugin(new Registry(), resolvePlugin(specifier, copy));
    const [code] = units[0]!.code;
    return 'plugin' in code! ? code.plugin.digest : 'none';
  } finally {
    rmSync(copy, { recursive: true });
  }
}

const exported = (size: string) => `
  class Constant {
    alphabets = { input: ['a'], output: ['b'] };
    sample(_, length) { return new Array(length).fill(0); }
    solve() { return [0]; }
    answerLength() { return ${size}; }
  }
  const reference = { authors: 'A', title: 'T', identifier: 'I' };
  task({ id: 'constant', version: 1, title: 'C', summary: 'C.', level: 'regular', circuitClass: { name: 'AC0', reference },
    reference, answerLengthRule: 'always 1', labels: { final: true, aligned: false } })(Constant);`;
const plugin = `{ name: 'constant', version: '1.0.0', zoo: '*', tasks: [Constant] }`;
const esm = `import { task } from 'chomsky-zoo';\nimport { size } from './parts/size.mjs';${exported('size')}\nexport default ${plugin};`;
const cjs = `const { task } = require('chomsky-zoo');\nconst { size } = require('./parts/size');${exported('size')}\nmodule.exports = ${plugin};`;

describe('a plugin of several files', () => {
  it.each([
    ['ES modules', 'my.mjs', esm, 'parts/size.mjs', 'export const size = 1;', 'export const size = 2;'],
    ['CommonJS', 'my.js', cjs, 'parts/size.js', 'exports.size = 1;', 'exports.size = 2;'],
    ['a data file', 'my.js', cjs, 'parts/size.json', '{ "size": 1 }', '{ "size": 2 }'],
  ])('in %s is another when one that it imports changes', async (_, file, text, part, before, after) => {
    write(file, text);
    write(part, before);
    const first = await digest(`./${file}`);
    expect(await digest(`./${file}`)).toBe(first);
    write(part, after);
    expect(await digest(`./${file}`)).not.toBe(first);
    write(part, before);
    write('beside.js', 'exports.unused = 1;');
    write(file, `// a remark\n${text}`);
    expect(await digest(`./${file}`)).toBe(first);
  });

  it('in TypeScript likewise', async () => {
    for (const file of ['echo.ts', 'parts.ts']) cpSync(join(examples, file), join(folder, file));
    const first = await digest('./echo.ts');
    write(
      'parts.ts',
      `export const title = 'Other'; export const reference = { authors: 'A', title: 'T', identifier: 'I' };`,
    );
    expect(await digest('./echo.ts')).not.toBe(first);
  });

  it('is the same wherever it lies', async () => {
    write('my.js', cjs);
    write('parts/size.js', 'exports.size = 1;');
    const first = await digest('./my.js');
    mkdirSync(join(folder, 'deeper'));
    for (const each of ['my.js', 'parts']) renameSync(join(folder, each), join(folder, 'deeper', each));
    expect(await digest('./deeper/my.js')).toBe(first);
  });
});

describe('a package', () => {
  const home = 'node_modules/@me/zoo-constant';
  beforeEach(() => {
    write(`${home}/package.json`, JSON.stringify({ name: '@me/zoo-constant', version: '1.0.0', exports: './my.mjs' }));
    write(`${home}/my.mjs`, esm);
    write(`${home}/parts/size.mjs`, 'export const size = 1;');
    write(`${home}/weights.bin`, 'a');
  });

  it('is all its files but texts for people', async () => {
    const first = await digest('@me/zoo-constant');
    write(`${home}/README.md`, 'read me');
    expect(await digest('@me/zoo-constant')).toBe(first);
    for (const file of ['weights.bin', 'parts/size.mjs', 'package.json']) {
      cpSync(join(folder, home, file), join(folder, 'kept'));
      write(`${home}/${file}`, file.endsWith('json') ? '{ "exports": "./my.mjs" }' : 'export const size = 7;');
      expect(await digest('@me/zoo-constant')).not.toBe(first);
      cpSync(join(folder, 'kept'), join(folder, home, file));
    }
    expect(await digest('@me/zoo-constant')).toBe(first);
  });

  it('counts with its version where a plugin imports it', async () => {
    write('my.mjs', esm.replace('./parts/size.mjs', 'size'));
    const size = (version: string) => {
      write('node_modules/size/package.json', JSON.stringify({ name: 'size', version, exports: './index.mjs' }));
      write('node_modules/size/index.mjs', 'export const size = 1;');
    };
    size('1.0.0');
    const first = await digest('./my.mjs');
    size('1.0.1');
    expect(await digest('./my.mjs')).not.toBe(first);
  });
});
