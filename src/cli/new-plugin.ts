import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { zooError } from '../core/errors';
import { packageFile, packageRoot } from '../core/package';
import { systemReason } from '../core/system-reason';

/** What `zoo new` makes: the folder of its template, files of other templates with it, and how to see it work. */
interface Kind {
  /** Template folders, and what a name becomes in the files of each. */
  readonly parts: readonly { readonly folder: string; readonly placeholder: string; readonly suffix?: string }[];
  /** What its units will be called. */
  readonly units: (
    name: string,
  ) => readonly { readonly kind: 'architecture' | 'task' | 'study' | 'view'; readonly id: string }[];
  /** The command that shows it at work. */
  readonly first: (name: string) => string;
}

export const newKinds = {
  architecture: {
    parts: [{ folder: 'architecture', placeholder: 'my-model' }],
    units: (name) => [{ kind: 'architecture', id: name }],
    first: (name) => `npx zoo run --plugin . --only "${name} x *"`,
  },
  task: {
    parts: [{ folder: 'task', placeholder: 'my-task' }],
    units: (name) => [{ kind: 'task', id: name }],
    first: (name) => `npx zoo run --plugin . --only "lstm x ${name}"`,
  },
  study: {
    parts: [{ folder: 'study', placeholder: 'my-study' }],
    units: (name) => [{ kind: 'study', id: name }],
    first: (name) => `npx zoo run ./${name}.json`,
  },
  view: {
    parts: [{ folder: 'view', placeholder: 'my-view' }],
    units: (name) => [{ kind: 'view', id: `matrix-${name}` }],
    first: (name) => `npx zoo run smoke && npx zoo matrix runs/smoke --plugin . --format ${name}`,
  },
  plugin: {
    parts: [
      { folder: 'plugin', placeholder: 'my-plugin' },
      { folder: 'architecture', placeholder: 'my-model', suffix: '-model' },
      { folder: 'task', placeholder: 'my-task', suffix: '-task' },
    ],
    units: (name) => [
      { kind: 'architecture', id: `${name}-model` },
      { kind: 'task', id: `${name}-task` },
    ],
    first: (name) => `npx zoo run --plugin . --only "${name}-model x ${name}-task"`,
  },
} as const satisfies Record<string, Kind>;
export type NewKind = keyof typeof newKinds;

const templates = join(packageRoot, 'templates');

/**
 * Writes a plugin package of this kind into a folder that is not there yet, or empty; returns the names of its files.
 * @throws folder-not-empty or unwritable-folder
 */
export function writePlugin(kind: NewKind, name: string, folder: string): string[] {
  const sources = sourcesOf(kind, name);
  const home = makeFolder(folder);
  const files: Record<string, string> = {
    'package.json': `${JSON.stringify(description(kind, name, home, sources), null, 2)}\n`,
    'tsconfig.json': `${JSON.stringify(settings, null, 2)}\n`,
    'jest.config.js': `export default { preset: '${packageFile.name}' };\n`,
    '.gitignore': 'node_modules/\nruns/\n',
    ...Object.fromEntries(sources.map((source) => [source.name, source.text])),
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(home, file), text, { flag: 'wx' });
  return Object.keys(files).sort();
}

interface Source {
  readonly name: string;
  readonly text: string;
}

/** Files of all parts, with every name in them at once: a new name may hold a placeholder of another part. */
function sourcesOf(kind: NewKind, name: string): Source[] {
  const { parts }: Kind = newKinds[kind];
  const texts = parts.flatMap(({ folder }) =>
    readdirSync(join(templates, folder)).map((file) => ({
      name: file,
      text: readFileSync(join(templates, folder, file), 'utf8'),
    })),
  );
  const code = texts.map(({ text }) => text).join('\n');
  const renamings = new Map(
    parts.flatMap(({ placeholder, suffix = '' }) => {
      const id = `${name}${suffix}`;
      return [
        [placeholder, id],
        [pascal(placeholder), classNameOf(id, placeholder, code)],
        [sentence(placeholder), sentence(id)],
      ] as const;
    }),
  );
  renamings.set("zoo: '^0.1.0'", `zoo: '^${packageFile.version}'`);
  const placeholders = new RegExp([...renamings.keys()].map((each) => each.replace('^', '\\^')).join('|'), 'g');
  const renamed = (text: string) => text.replace(placeholders, (found) => renamings.get(found)!);
  return texts.map((each) => ({ name: renamed(each.name), text: renamed(each.text) }));
}

const pascal = (id: string): string => id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const sentence = (id: string): string => {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** `array` must not become a class Array, nor `task` one that its own file imports. */
function classNameOf(id: string, placeholder: string, text: string): string {
  const name = pascal(id);
  const isTaken = name in globalThis || new RegExp(`\\b${name}\\b`).test(text.replaceAll(pascal(placeholder), ''));
  return isTaken ? `Own${name}` : name;
}

const settings = {
  extends: `${packageFile.name}/tsconfig.plugin.json`,
  compilerOptions: { types: ['jest'] },
  include: ['*.ts'],
};

function description(kind: NewKind, name: string, home: string, sources: readonly Source[]) {
  const main = kind === 'plugin' ? 'index.ts' : `${name}.ts`;
  const code = sources.map(({ text }) => text).join('\n');
  const shared = Object.entries(packageFile.dependencies).filter(([library]) => code.includes(`from '${library}'`));
  const { jest, '@types/jest': jestTypes } = packageFile.devDependencies;
  return {
    name,
    version: '0.1.0',
    description: `${sentence(name)}: a plugin of ${packageFile.name}.`,
    type: 'module',
    main,
    exports: `./${main}`,
    files: ['*.ts', '*.md', '*.json', '!*.test.ts', '!tsconfig.json'],
    keywords: [`${packageFile.name}-plugin`],
    scripts: { test: 'jest', check: 'zoo check .', typecheck: 'tsc' },
    peerDependencies: {
      ...Object.fromEntries(shared.map(([library, version]) => [library, `^${version}`])),
      [packageFile.name]: `^${packageFile.version}`,
    },
    devDependencies: {
      '@types/jest': jestTypes,
      [packageFile.name]: whereTheZooIs(home),
      jest,
      typescript: packageFile.dependencies.typescript,
    },
  };
}

/** The registry's package where this one came from there; otherwise a link to the folder that it runs from. */
function whereTheZooIs(home: string): string {
  const modules = dirname(packageRoot);
  if (basename(modules) === 'node_modules') {
    try {
      const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')) as {
        readonly packages: Readonly<Record<string, { readonly resolved?: string }>>;
      };
      const installed = packages[`node_modules/${packageFile.name}`];
      if (installed && /^https?:|^$/.test(installed.resolved ?? '')) return `^${packageFile.version}`;
    } catch {
      // installed by another package manager, which keeps no such list
    }
  }
  return `file:${relative(home, packageRoot).split(sep).join('/')}`;
}

function makeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    if (readdirSync(folder).length === 0) return realpathSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOTDIR')
      throw zooError('unwritable-folder', { folder, reason: systemReason(error) });
  }
  throw zooError('folder-not-empty', { folder });
}
