import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
  const fresh = (open = (file: string): object => ({ file })) => new KernelLibraries(compiler, open);
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

  it('two programs at once share what both need', async () => {
    const libraries = fresh();
    const [one, two] = await Promise.all([libraries.get([a!, b!]), libraries.get([b!, c!])]);
    expect(two[0]).toEqual(one[1]);
    expect(compiled()).toHaveLength(2);
  });

  it('compiles anew what cannot be opened', async () => {
    await fresh().get([a!]);
    const opened: string[] = [];
    const once = fresh((file) => {
      opened.push(file);
      if (opened.length === 1) throw new Error('not a library');
      return { file };
    });
    await expect(once.get([a!])).resolves.toHaveLength(1);
    expect(opened).toHaveLength(2);
    expect(compiled()).toHaveLength(1);
  });

  it('after a failure the rest can still be had', async () => {
    const libraries = fresh();
    await expect(libraries.get([a!, 'nonsense;'])).rejects.toMatchObject({ code: 'native-compiler' });
    await expect(libraries.get([a!])).resolves.toHaveLength(1);
  });
});
