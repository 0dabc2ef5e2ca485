import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KernelLibraries } from '../../../../src/engine/native/compile/kernel-libraries';
import { findCompiler, type Compiler } from '../../../../src/engine/native/compile/toolchain';
import { describeNative } from '../../support/native';

describeNative('libraries of kernels', () => {
  const before = process.env.XDG_CACHE_HOME;
  let folder: string;
  let compiler: Compiler;
  beforeAll(() => (compiler = findCompiler() as Compiler));
  beforeEach(() => (process.env.XDG_CACHE_HOME = folder = mkdtempSync(join(tmpdir(), 'libraries-'))));
  afterEach(() => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    rmSync(folder, { recursive: true, force: true });
  });

  /** The libraries as a new process would have them; a library is opened as its file's name. */
  const fresh = (open = opened) => new KernelLibraries(compiler, open);
  const opened = (file: string) => ({ handle: { file }, keys: keysIn(file) });
  const keysIn = (file: string) => /(?:[0-9a-f]{32} )*[0-9a-f]{32}(?=\0)/.exec(readFileSync(file, 'latin1'))![0];
  const compiled = () => readdirSync(join(folder, 'chomsky-zoo')).filter((name) => name.endsWith('.so'));
  const [a, b, c] = ['*p[0] = 1;', '*p[0] = 2;', '*p[0] = 3;'];

  it('compiles together what is new, and nothing twice', async () => {
    const libraries = fresh();
    const first = await libraries.get([a!, b!, a!]);
    expect(first.map(({ number }) => number)).toEqual([0, 1, 0]);
    expect(compiled()).toHaveLength(1);
    const second = await libraries.get([c!, b!]);
    expect(second.map(({ number }) => number)).toEqual([0, 1]);
    expect(second[1]!.library).toBe(first[1]!.library);
    expect(compiled()).toHaveLength(2);
    expect(await libraries.get([])).toEqual([]);
  });

  it('finds in the cache what another process compiled', async () => {
    const [earlier] = await fresh().get([a!, b!]);
    const [, found] = await fresh().get([c!, b!]);
    expect(found).toEqual({ library: earlier!.library, number: 1 });
    expect(compiled()).toHaveLength(2);
  });

  it('programs that ask at the same time share what they need, and one library', async () => {
    const libraries = fresh();
    const [one, two] = await Promise.all([libraries.get([a!, b!]), libraries.get([b!, c!])]);
    expect(two[0]).toEqual(one[1]);
    expect(compiled()).toHaveLength(1);
    await libraries.get([a!, c!]);
    expect(compiled()).toHaveLength(1);
  });

  it('finds what is in libraries that it expects without the list', async () => {
    const earlier = fresh();
    const kernels = await earlier.get([a!, b!]);
    await earlier.get([c!]);
    const names = earlier.namesOf(kernels);
    expect(names).toEqual([(kernels[0]!.library as { file: string }).file.split('/').at(-1)]);
    rmSync(join(folder, 'chomsky-zoo', 'kernels.txt'));
    const later = fresh();
    later.expect([...names, `${'0'.repeat(32)}.${'0'.repeat(32)}.kernels.so`]); // which was removed
    expect(await later.get([b!, a!])).toEqual([...kernels].reverse());
    expect(compiled()).toHaveLength(2);
  });

  it('expects nothing of libraries that are damaged', async () => {
    const earlier = fresh();
    const names = earlier.namesOf(await earlier.get([a!]));
    for (const name of names) writeFileSync(join(folder, 'chomsky-zoo', name), '');
    const tried: string[] = [];
    const later = fresh((file) => (tried.push(file), opened(file)));
    later.expect(names);
    expect(tried).toEqual([]);
    await expect(later.get([a!])).resolves.toHaveLength(1);
  });

  it('compiles anew what cannot be opened', async () => {
    await fresh().get([a!]);
    const tried: string[] = [];
    const once = fresh((file) => {
      tried.push(file);
      if (tried.length === 1) throw new Error('not a library');
      return opened(file);
    });
    await expect(once.get([a!])).resolves.toHaveLength(1);
    expect(tried).toHaveLength(2);
    expect(compiled()).toHaveLength(1);
  });

  it('believes what a library says it has, not the list', async () => {
    const [, second] = await fresh().get([a!, b!]);
    const list = join(folder, 'chomsky-zoo', 'kernels.txt');
    const [key] = /^[0-9a-f]{32}/m.exec(readFileSync(list, 'utf8'))!;
    const [other] = await fresh().get([c!]);
    const wrong = (other!.library as { file: string }).file.split('/').at(-1)!;
    writeFileSync(list, readFileSync(list, 'utf8').replaceAll(/^(\S+) \S+$/gm, `$1 ${wrong}`));
    expect(readFileSync(list, 'utf8')).toContain(`${key} ${wrong}`);
    const [found] = await fresh().get([b!]);
    expect(found).toEqual({ library: expect.anything(), number: 0 });
    expect(found!.library).not.toEqual(other!.library);
    expect(second!.number).toBe(1);
  });

  it('after a failure the rest can still be had', async () => {
    const libraries = fresh();
    await expect(libraries.get([a!, 'nonsense;'])).rejects.toMatchObject({ code: 'native-compiler' });
    await expect(libraries.get([a!])).resolves.toHaveLength(1);
  });
});
