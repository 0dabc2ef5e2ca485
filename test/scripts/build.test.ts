import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../src/core/package';

/** A package with the settings of this one, but for types that its few sources do not need. */
const settings = { extends: './tsconfig.json', compilerOptions: { types: [], lib: ['es5'], incremental: true } };
const sources = {
  'tsconfig.build.json': JSON.stringify({ ...settings, include: ['architectures', 'tasks', 'registry', 'src'] }),
  'architectures/row.ts': 'export const row = 1;',
  'registry/names.ts': "export const names = ['row'];",
  'src/cli/main.ts': "import { row } from '../../architectures/row';\nexport const main = row;",
  'src/engine/kernel.c': 'int kernel;',
  'tasks/column.ts': 'export const column = 2;',
  'tasks/column.md': '# Column',
};

let root: string;
const at = (file: string) => join(root, file);
function write(file: string, text: string): void {
  mkdirSync(dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
}
async function build(): Promise<{ status: number; output: string }> {
  const builder = spawn(process.execPath, [at('scripts/build.mjs')]);
  let output = '';
  for (const stream of [builder.stdout, builder.stderr]) stream.on('data', (text) => (output += text));
  const [status] = (await once(builder, 'close')) as [number];
  return { status, output };
}
const built = () =>
  readdirSync(at('dist'), { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(root, 'dist', file)).isFile())
    .sort();
const complete = [
  '.built',
  '.tsbuildinfo',
  ...['architectures/row', 'registry/names', 'src/cli/main', 'tasks/column'].flatMap((name) => [
    `${name}.d.ts`,
    `${name}.js`,
  ]),
  'src/engine/kernel.c',
].sort();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'));
  for (const file of ['scripts/build.mjs', 'package.json', 'tsconfig.json']) {
    cpSync(join(packageRoot, file), at(file));
  }
  symlinkSync(join(packageRoot, 'node_modules'), at('node_modules'));
  Object.entries(sources).forEach(([file, text]) => write(file, text));
});
afterEach(() => rmSync(root, { recursive: true }));

it('builds what the sources are, says nothing, and leaves nothing else', async () => {
  expect(await build()).toEqual({ status: 0, output: '' });
  expect(built()).toEqual(complete);
  expect(statSync(at('dist/src/cli/main.js')).mode & 0o111).toBe(0o111);
  expect(readdirSync(root).filter((name) => name.startsWith('.dist'))).toEqual([]);
});

it('leaves a build alone that is up to date', async () => {
  await build();
  const { ino } = statSync(at('dist'));
  write('tasks/column.md', '# Another page');
  expect(await build()).toEqual({ status: 0, output: '' });
  expect(statSync(at('dist')).ino).toBe(ino);
});

it('builds anew what changed, what was lost, and what a killed build left', async () => {
  await build();
  write('architectures/row.ts', 'export const row = 3;');
  write('src/engine/kernel.c', 'int another;');
  rmSync(at('dist/tasks/column.js'));
  write('.dist-999999999/architectures/half.js', '');
  expect((await build()).status).toBe(0);
  expect(built()).toEqual(complete);
  expect(readFileSync(at('dist/architectures/row.js'), 'utf8')).toContain('exports.row = 3');
  expect(readFileSync(at('dist/src/engine/kernel.c'), 'utf8')).toBe('int another;');
  expect(existsSync(at('.dist-999999999'))).toBe(false);
});

it('removes what a removed source had become', async () => {
  await build();
  rmSync(at('tasks/column.ts'));
  write('dist/architectures/stray.js', 'throw new Error()');
  expect((await build()).status).toBe(0);
  expect(built()).toEqual(complete.filter((file) => !file.startsWith('tasks/')));
});

it('keeps the last build where the sources do not compile', async () => {
  await build();
  write('architectures/row.ts', 'export const row: string = 1;');
  const { status, output } = await build();
  expect(status).toBe(1);
  expect(output).toMatch(/row\.ts\(1,14\): error TS2322.*\nbuild: the sources do not compile; dist is as it was\n/s);
  expect(built()).toEqual(complete);
  expect(readFileSync(at('dist/architectures/row.js'), 'utf8')).toContain('exports.row = 1');
  expect((await build()).status).toBe(1);
});

it('lets two builds at a time both end well', async () => {
  expect(await Promise.all([build(), build()])).toEqual([
    { status: 0, output: '' },
    { status: 0, output: '' },
  ]);
  expect(built()).toEqual(complete);
});
