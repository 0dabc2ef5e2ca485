import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZooError } from '../../src/core/errors';
import { discover } from '../../registry/discover';
import { loadPlugin, resolvePlugin } from '../../registry/plugins';
import { Registry } from '../../registry/registry';

const folder = join(__dirname, '..', 'support', 'registry', 'plugins');
const load = (registry: Registry, specifier: string) => loadPlugin(registry, resolvePlugin(specifier, folder));

async function failure(loading: () => Promise<unknown>): Promise<ZooError> {
  const error: unknown = await loading().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ZooError);
  return error as ZooError;
}

describe('a plugin that keeps to the contract', () => {
  it('is TypeScript with decorators on fields, or JavaScript of either kind', async () => {
    const registry = new Registry();
    const { plugin, units } = await load(registry, './echo.ts');
    expect(plugin.version).toBe('1.2.3');
    expect(units.map(({ id, origin }) => [id, origin])).toEqual([['echo', 'plugin echo@1.2.3']]);
    await load(registry, './esm.mjs');
    expect(registry.tasks().map(({ id }) => id)).toEqual(['constant', 'echo']);
    expect(registry.createTask('echo', { base: 3 }).alphabets.input).toEqual(['0', '1', '2']);
  });

  it('has hyperparameters that are checked like any other', async () => {
    const registry = new Registry();
    await load(registry, './echo.ts');
    expect(() => registry.createTask('echo', { base: 1 })).toThrow('base is 1: must not be less than 2');
    expect(() => registry.createTask('echo', { bse: 3 })).toThrow(/bse is not a key here.*\nDid you mean base\?/);
  });

  it('has its page beside it', async () => {
    const { units } = await load(new Registry(), './echo.ts');
    expect(units[0]!.pages).toEqual([join(folder, 'echo.md')]);
  });

  it('may name tasks by what users write', async () => {
    const registry = new Registry();
    const { units } = await load(registry, './letters.ts');
    expect(units.map(({ id }) => id)).toEqual(['acme/letters']);
    expect(registry.createTask('acme/letters:xyz').alphabets.input).toEqual(['x', 'y', 'z']);
  });

  it('may be loaded twice', async () => {
    const registry = new Registry();
    await load(registry, './echo.ts');
    await load(registry, './echo.ts');
    expect(registry.tasks()).toHaveLength(1);
  });

  it('may be a package installed beside the experiment', async () => {
    const place = mkdtempSync(join(tmpdir(), 'zoo-plugin-'));
    const home = join(place, 'node_modules', 'zoo-echo');
    mkdirSync(home, { recursive: true });
    cpSync(join(folder, 'esm.mjs'), join(home, 'index.mjs'));
    writeFileSync(
      join(home, 'package.json'),
      JSON.stringify({ name: 'zoo-echo', version: '1.0.0', exports: './index.mjs' }),
    );
    const registry = new Registry();
    await loadPlugin(registry, resolvePlugin('zoo-echo', place));
    expect(registry.tasks().map(({ id }) => id)).toEqual(['constant']);
    rmSync(place, { recursive: true });
  });

  it('takes a name that is taken only in a namespace', async () => {
    const registry = discover(new Registry(), 'tasks');
    const error = await failure(() => load(registry, './clash.ts'));
    expect(error.code).toBe('duplicate-unit');
    expect(error.message).toMatch(/"parity": one from tasks\/parity\.ts, one from plugin clash@1\.0\.0/);
    await load(registry, './namespaced.ts');
    expect(registry.resolve('task', 'acme/parity').meta.summary).toBe('Another parity.');
    expect(registry.resolve('task', 'parity').origin).toBe('tasks/parity.ts');
  });
});

describe('a plugin that does not', () => {
  it.each([
    ['throws.js', 'plugin-broken', 'out of order'],
    ['syntax.js', 'plugin-broken', 'cannot be loaded'],
    ['no-default.js', 'plugin-invalid', '"name" of its default export is undefined'],
    ['nameless.js', 'plugin-invalid', '"name" of its default export is undefined'],
    ['empty.js', 'plugin-invalid', 'it lists no unit'],
    ['no-range.js', 'plugin-invalid', '"zoo" is "soon"'],
    ['future.js', 'plugin-version', 'supports zoo versions ^99.0.0'],
    ['undecorated.js', 'plugin-invalid', 'tasks[0] is not a class decorated with @task'],
  ])('%s is %s', async (file, code, text) => {
    const registry = new Registry();
    const error = await failure(() => load(registry, `./${file}`));
    expect(error.code).toBe(code);
    expect(error.message).toContain(file);
    expect(error.message).toContain(text);
    expect(registry.tasks()).toEqual([]);
  });

  it('is not there: the error says where it was looked for and who asked', () => {
    expect(() => resolvePlugin('./absent.ts', folder, 'my.json')).toThrow(
      /"\.\/absent\.ts" \(looked for from .*plugins, named by my\.json\)/,
    );
    expect(() => resolvePlugin('no-such-package', folder)).toThrow('no-such-package');
  });
});
