import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discover, unitFolders } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import type { RegisteredUnit } from '../../../registry/units';
import { packageRoot } from '../../../src/core/package';
import {
  builtSources,
  fixedVersions,
  readBuilt,
  readSources,
  sourcesOf,
  unversionedChanges,
  versionsHere,
  versionWarnings,
  warningsOf,
} from '../../../src/run/code/unit-sources';

const registry = discover(new Registry(), ...unitFolders);
const unit = (kind: 'architecture' | 'task' | 'study', id: string): RegisteredUnit => registry.resolve(kind, id);
const here = readSources(packageRoot);
const filesOf = (each: RegisteredUnit) => Object.keys(sourcesOf(here, each));

it('holds the sources of every unit as they are', () => {
  const units = (['architecture', 'baseline', 'task', 'study'] as const).flatMap((kind) => registry.all(kind));
  expect(warningsOf(unversionedChanges(units, fixedVersions(), here)).join('\n')).toBe('');
  const isFixed = JSON.stringify(versionsHere(registry)) === JSON.stringify(fixedVersions());
  expect(isFixed || 'registry/versions.json is of other versions: npm run versions writes it anew').toBe(true);
});

describe('the sources of a unit', () => {
  it('are its file and what it imports of its room, through doors only what it takes', () => {
    const files = filesOf(unit('architecture', 'lstm'));
    expect(files).toContain('architectures/lstm.ts');
    expect(files).toContain('architectures/layers/linear.ts');
    for (const other of ['wkv', 'chunkwise-gla', 'index', 'references'])
      expect(files).not.toContain(`architectures/layers/${other}.ts`);
    expect(files.filter((file) => !file.startsWith('architectures/'))).toEqual([]);
    expect(filesOf(unit('architecture', 'rwkv'))).toContain('architectures/layers/wkv.ts');
    expect(filesOf(unit('task', 'dyck-1'))).toContain('tasks/parts/bracket-words.ts');
  });

  it('are those of wrapper and base where a row is wrapped', () => {
    for (const id of ['cot-lstm', 'cot-gru']) {
      const files = filesOf(unit('architecture', id));
      expect(files).toContain(`architectures/${id.slice('cot-'.length)}.ts`);
      expect(files).toContain('architectures/layers/wrappers.ts');
    }
  });

  it('are what measures, for a study', () => {
    const files = filesOf(unit('study', 'capability'));
    for (const file of [
      'src/studies/capability/measure.ts',
      'src/data/batch.ts',
      'src/train/train.ts',
      'src/core/random.ts',
    ])
      expect(files).toContain(file);
    expect(files.filter((file) => /errors|engine|report/.test(file))).toEqual([]);
  });
});

it('are the same in what the build keeps of them', () => {
  const built = readBuilt(JSON.parse(JSON.stringify(builtSources(registry))) as ReturnType<typeof builtSources>);
  const wrapped = unit('architecture', 'cot-gru');
  for (const each of [...registry.all('architecture'), wrapped, ...registry.all('task'), ...registry.all('study')])
    expect(sourcesOf(built, each)).toEqual(sourcesOf(here, each));
});

describe('in a clone that was edited', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'zoo-sources-'));
    for (const room of ['architectures', 'tasks'])
      cpSync(join(packageRoot, room), join(root, room), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(root, file), change(readFileSync(join(root, file), 'utf8')));
  const changes = (...units: RegisteredUnit[]) => unversionedChanges(units, fixedVersions(), readSources(root));
  const [lstm, gru, rwkv] = ['lstm', 'gru', 'rwkv'].map((id) => unit('architecture', id)) as [
    RegisteredUnit,
    RegisteredUnit,
    RegisteredUnit,
  ];

  it('says which units a file belongs to that changed without a new version', () => {
    edit('architectures/lstm.ts', (text) => text.replace('tf.sigmoid', 'tf.tanh') + '\nconst more = 1;\n');
    edit('architectures/layers/wkv.ts', (text) => `${text}\nconst more = 1;\n`);
    expect(changes(lstm, gru, rwkv)).toEqual([
      { file: 'architectures/layers/wkv.ts', units: ['rwkv'] },
      { file: 'architectures/lstm.ts', units: ['lstm'] },
    ]);
    expect(changes(unit('architecture', 'cot-lstm'), unit('architecture', 'cot-rwkv'))).toEqual([
      { file: 'architectures/layers/wkv.ts', units: ['cot-rwkv'] },
      { file: 'architectures/lstm.ts', units: ['cot-lstm'] },
    ]);
  });

  it('passes over comments, and over units with a new version', () => {
    edit('architectures/lstm.ts', (text) => `// a remark\n${text}`);
    expect(changes(lstm)).toEqual([]);
    edit('architectures/lstm.ts', (text) => `${text}\nconst more = 1;\n`);
    const raised = { ...lstm, meta: { ...lstm.meta, version: 99 } } as RegisteredUnit;
    expect(changes(raised)).toEqual([]);
    expect(changes(lstm)).toHaveLength(1);
  });
});

it('warns with files, a few units, and what to do', () => {
  expect(versionWarnings([unit('architecture', 'lstm')])).toEqual([]);
  expect(warningsOf([{ file: 'a.ts', units: ['b', 'c', 'd', 'e', 'f', 'g'] }])).toEqual([
    'a.ts changed without a new version of b, c, d, e and 2 more.',
    expect.stringContaining('npm run versions'),
  ]);
});
