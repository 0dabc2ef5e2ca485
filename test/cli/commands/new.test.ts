import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSourceFile, ScriptTarget } from 'typescript';
import { packageFile, packageRoot } from '../../../src/core/package';
import { workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
const inFolder = (...words: string[]) => zoo(words, { workingFolder: folder.path });
const at = (...names: string[]) => join(folder.path, ...names);
const read = (...names: string[]) => readFileSync(at(...names), 'utf8');

const common = ['.gitignore', 'jest.config.js', 'package.json', 'tsconfig.json'];

describe.each([
  [
    'architecture',
    ['architecture'],
    ['my-unit.md', 'my-unit.test.ts', 'my-unit.ts'],
    'zoo run --plugin . --only "my-unit x *"',
  ],
  ['task', ['task'], ['my-unit.md', 'my-unit.test.ts', 'my-unit.ts'], 'zoo run --plugin . --only "lstm x my-unit"'],
  ['study', ['study'], ['my-unit.json', 'my-unit.md', 'my-unit.test.ts', 'my-unit.ts'], 'zoo run ./my-unit.json'],
  ['view', ['view'], ['my-unit.md', 'my-unit.test.ts', 'my-unit.ts'], '--plugin . --format my-unit'],
  [
    'plugin',
    ['architecture', 'task'],
    [
      'index.ts',
      ...['model', 'task'].flatMap((part) => ['.md', '.test.ts', '.ts'].map((end) => `my-unit-${part}${end}`)),
    ],
    'zoo run --plugin . --only "my-unit-model x my-unit-task"',
  ],
])('zoo new %s', (kind, kinds, files, first) => {
  it('writes a package that passes every check, and says what comes next', async () => {
    const { exitCode, stdout, stderr } = await inFolder('new', kind, 'my-unit');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(readdirSync(at('my-unit')).sort()).toEqual([...common, ...files].sort());
    const [, next] = stdout.split('\nNext:\n');
    expect(next!.trimEnd().split('\n')).toEqual([
      '  cd my-unit && npm install',
      '  npm test',
      expect.stringContaining(first),
    ]);
    const checked = await inFolder('check', './my-unit', '--json');
    const { units, failed } = checked.json<{ failed: number; units: { kind: string; id: string }[] }>();
    expect([checked.exitCode, failed, units.map((unit) => unit.kind)]).toEqual([0, 0, kinds]);
    const written = readdirSync(at('my-unit')).map((file) => read('my-unit', file));
    expect(written.join('\n')).not.toMatch(/my-(model|task|study|view|plugin)|My(Model|Task|Study|View|Plugin)\b/);
  });
});

it('describes the package: an ES module that finds this zoo, and shares its libraries', async () => {
  await inFolder('new', 'architecture', 'my-unit');
  const { dependencies, ...description } = JSON.parse(read('my-unit', 'package.json')) as Record<string, unknown>;
  expect(dependencies).toBeUndefined();
  expect(description).toMatchObject({
    type: 'module',
    main: 'my-unit.ts',
    peerDependencies: {
      'chomsky-zoo': `^${packageFile.version}`,
      '@tensorflow/tfjs-core': expect.any(String),
      'class-validator': expect.any(String),
    },
  });
  const { 'chomsky-zoo': link } = description.devDependencies as Record<string, string>;
  expect(join(at('my-unit'), link!.replace(/^file:/, ''))).toBe(packageRoot);
});

it.each(['array', 'task', 'linear', 'my-model', 'my-task', 'plugin', 'a', 'x1-2'])(
  'makes a package that works of the name %s',
  async (name) => {
    for (const kind of ['architecture', 'task', 'plugin']) {
      const out = `${kind}-of`;
      expect((await inFolder('new', kind, name, '--out', out)).exitCode).toBe(0);
      for (const file of readdirSync(at(out)).filter((each) => each.endsWith('.ts'))) {
        const { parseDiagnostics } = createSourceFile(file, read(out, file), ScriptTarget.Latest) as never as {
          parseDiagnostics: unknown[];
        };
        expect(parseDiagnostics).toEqual([]);
      }
      const shown = await inFolder('list', '--plugin', `./${out}`, '--json');
      expect([shown.exitCode, shown.stderr]).toEqual([0, '']);
      expect(shown.stdout).toContain(`"${kind === 'plugin' ? `${name}-task` : name}"`);
    }
  },
);

describe('refuses', () => {
  it.each(['My Model', 'my_model', '-a', 'a-', '../a', 'ä', '1st', 'a'.repeat(61)])('the name %s', async (name) => {
    const { exitCode, stderr } = await inFolder('new', 'architecture', '--', name);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/invalid-input[^]*lower-case words joined by hyphens/),
    ]);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('a name that a unit of the zoo has', async () => {
    const { exitCode, stderr } = await inFolder('new', 'task', 'parity');
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/duplicate-unit[^]*tasks\/parity\.ts/)]);
    expect((await inFolder('new', 'view', 'csv')).stderr).toContain('duplicate-unit');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('a folder that holds something, or is a file, and leaves it as it is', async () => {
    await inFolder('new', 'view', 'mine');
    writeFileSync(at('mine', 'mine.ts'), 'edited');
    const again = await inFolder('new', 'view', 'mine');
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('folder-not-empty')]);
    expect(read('mine', 'mine.ts')).toBe('edited');
    folder.write('file', 'text');
    expect((await inFolder('new', 'view', 'other', '--out', 'file')).stderr).toContain('folder-not-empty');
    expect((await inFolder('new', 'view', 'other', '--out', 'file/below')).exitCode).not.toBe(0);
  });

  it('a kind that is none', async () => {
    const { exitCode, stderr } = await inFolder('new', 'modell', 'mine');
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/architecture, task, study, view, plugin/)]);
  });
});
