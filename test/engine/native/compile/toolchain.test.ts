import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryBeside } from '../../../../src/core/atomic-file';

type Toolchain = typeof import('../../../../src/engine/native/compile/toolchain');

// What the toolchain needs of a compiler a script can do as well.
const suite = process.platform === 'win32' ? describe.skip : describe;
suite(process.platform === 'win32' ? 'compilers (skipped: there are no scripts on Windows)' : 'compilers', () => {
  const before = { ...process.env };
  let folder: string;
  let log: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'toolchain-'));
    log = join(folder, 'log');
    process.env.XDG_CACHE_HOME = folder;
  });
  afterEach(() => {
    process.env = { ...before };
    jest.dontMock('node:child_process');
    rmSync(folder, { recursive: true, force: true });
  });

  /** The toolchain as a new process would have it. */
  function load(): Toolchain {
    let toolchain: Toolchain | undefined;
    jest.isolateModules(
      () => (toolchain = jest.requireActual<Toolchain>('../../../../src/engine/native/compile/toolchain')),
    );
    return toolchain!;
  }

  /** A compiler that writes what it was told into a log, and `result` into the file it was to make. */
  function script(
    compile = 'for word; do if [ "$last" = -o ]; then echo result > "$word"; fi; last="$word"; done',
    macros = '#define SIMPLE',
  ): string {
    const file = join(folder, 'compiler');
    writeFileSync(
      file,
      `#!/bin/sh
case "$*" in
  *-mcpu*) exit 1;;
  *-dM*) echo '${macros}'; exit 0;;
  *--version*) echo 'pretender 1.2.3'; echo more; exit 0;;
esac
echo "$@" >> '${log}'
${compile}
`,
    );
    chmodSync(file, 0o755);
    process.env.CC = file;
    return file;
  }
  const compilations = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0);
  const compile = async (source: string): Promise<string> => {
    const toolchain = load();
    const compiler = toolchain.findCompiler();
    if (typeof compiler === 'string') throw new Error(compiler);
    return toolchain.compileLibrary(compiler, source);
  };

  it('$CC comes first, for this processor', () => {
    const command = script();
    expect(load().findCompiler()).toMatchObject({ command, target: ['-march=native'], version: 'pretender 1.2.3' });
  });

  it('where there is none, says what was looked for', () => {
    process.env.CC = '/nowhere/compiler';
    jest.doMock('node:child_process', () => ({
      ...jest.requireActual<object>('node:child_process'),
      execFileSync: () => {
        throw new Error('ENOENT');
      },
    }));
    expect(load().findCompiler()).toBe('no C compiler found (looked for /nowhere/compiler, cc, gcc, clang)');
  });

  it('what was compiled is kept for the next process', async () => {
    script();
    const file = await compile('int x;');
    expect(readFileSync(file, 'utf8')).toBe('result\n');
    expect(await compile('int x;')).toBe(file);
    expect(compilations()).toBe(1);
    expect(readdirSync(join(folder, 'chomsky-zoo'))).toHaveLength(1); // nothing else is left
  });

  it('another text, and another processor, are compiled anew', async () => {
    script();
    const first = await compile('int x;');
    const second = await compile('int y;');
    script(undefined, '#define VECTORS');
    const third = await compile('int x;');
    expect(new Set([first, second, third]).size).toBe(3);
    expect(compilations()).toBe(3);
  });

  it("the runtime and two who compile the same at once do not get in each other's way", async () => {
    script();
    const toolchain = load();
    const compiler = toolchain.findCompiler() as Exclude<ReturnType<Toolchain['findCompiler']>, string>;
    const [a, b, runtime] = await Promise.all([
      toolchain.compileLibrary(compiler, 'int x;'),
      toolchain.compileLibrary(compiler, 'int x;'),
      toolchain.compileRuntime(compiler),
    ]);
    expect(a).toBe(b);
    expect(runtime).toMatch(/\.node$/);
    expect(readFileSync(log, 'utf8')).toMatch(/runtime\/calls\.c/);
    expect(readFileSync(log, 'utf8')).toMatch(/-I\S*node-api-headers\/include /);
  });

  it('a compiler that fails is an error with what it said', async () => {
    const command = script('echo "file.c:1: no such word" >&2; exit 1');
    await expect(compile('int x;')).rejects.toMatchObject({
      code: 'native-compiler',
      message: expect.stringMatching(new RegExp(`${command}.*no such word`, 's')),
    });
    expect(readdirSync(join(folder, 'chomsky-zoo'))).toEqual([]);
  });

  it('of more than a thousand libraries those that were not used for longest are removed', async () => {
    script();
    const cache = join(folder, 'chomsky-zoo');
    mkdirSync(cache);
    for (let i = 0; i < 1000; i++) {
      const file = join(cache, `${i}.kernels.so`);
      writeFileSync(file, '');
      utimesSync(file, 1e9 + i, 1e9 + i);
    }
    const file = await compile('int x;');
    expect(existsSync(file)).toBe(true);
    expect([0, 99, 100, 999].map((i) => existsSync(join(cache, `${i}.kernels.so`)))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('$CC may be several words', async () => {
    const command = script();
    process.env.CC = `  ${command} -O3  -m64 `;
    expect(load().findCompiler()).toMatchObject({ command, words: ['-O3', '-m64'] });
    await compile('int x;');
    expect(readFileSync(log, 'utf8')).toMatch(/^-O3 -m64 /);
  });

  it('tells why $CC is not the one that compiles', () => {
    process.env.CC = join(folder, 'nowhere');
    const compiler = load().findCompiler();
    if (typeof compiler === 'string') return expect(compiler).toMatch(/^no C compiler/);
    expect(compiler.note).toBe(
      `CC=${process.env.CC} cannot be used (there is no such command); ${compiler.command} compiles instead`,
    );
  });

  it('does not wait for ever for a compiler that hangs', async () => {
    script('sleep 1000');
    const toolchain = load();
    toolchain.limits.kernels = 0.2;
    const compiler = toolchain.findCompiler() as Exclude<ReturnType<Toolchain['findCompiler']>, string>;
    await expect(toolchain.compileLibrary(compiler, 'int x;')).rejects.toMatchObject({
      code: 'native-compiler',
      message: expect.stringContaining('it did not end within 0.2 s'),
    });
  });

  it('ends compilers that nobody waits for any longer', async () => {
    script('sleep 1000');
    const toolchain = load();
    const compiler = toolchain.findCompiler() as Exclude<ReturnType<Toolchain['findCompiler']>, string>;
    const compiling = toolchain.compileLibrary(compiler, 'int x;');
    toolchain.stopCompiling();
    await expect(compiling).rejects.toMatchObject({ message: expect.stringContaining('it ended with SIGKILL') });
  });

  it('what killed processes of this machine were compiling is removed', async () => {
    script();
    const first = await compile('int x;');
    const ended = spawnSync('true').pid;
    const left = `${temporaryBeside(first).replace(`.${process.pid}.`, `.${ended}.`)}`;
    const foreign = left.replace(/\.[^.]+(\.\d+\.\d+\.tmp)$/, '.elsewhere$1');
    const own = temporaryBeside(first);
    for (const file of [left, foreign, own]) writeFileSync(file, '');
    await compile('int x;');
    expect([left, foreign, own].map((file) => existsSync(file))).toEqual([false, true, true]);
  });
});
