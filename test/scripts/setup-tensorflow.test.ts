import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package';

/** What is missing is told before anything is installed; a stand-in for Python keeps these tests from needing one. */
function setUp(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(packageRoot, 'scripts', 'setup-tensorflow.mjs'), ...words],
    {
      encoding: 'utf8',
      env: { ...process.env, CXX: 'true', ...environment },
    },
  );
  return { status, stderr };
}

/** Fetches nothing, and unpacks every wheel to a folder with nothing in it. */
const standIn = `#!/bin/sh
case "$*" in
  *pip*) echo "no matching distribution" >&2; exit 1 ;;
  *zipfile*) mkdir "$5/tensorflow" ;;
esac
`;

let folder: string;
let python: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'));
  python = join(folder, 'python');
  writeFileSync(python, standIn, { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('says what is missing and what to do', () => {
  it('where there is no Python', () => {
    const { status, stderr } = setUp(['--python', 'no-such-python']);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /No Python: "no-such-python" does not run\. Install Python 3, or name an interpreter with --python PATH\./,
    );
  });

  it('where there is no compiler', () => {
    const { status, stderr } = setUp(['--python', python], { CXX: 'no-such-compiler' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/No C\+\+ compiler: "no-such-compiler" does not run/);
  });

  it('where there is no wheel', () => {
    const missing = setUp(['--python', python, '--wheel', 'missing.whl']);
    expect(missing).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('There is no wheel missing.whl'),
    });
    const unavailable = setUp(['--python', python]);
    expect(unavailable).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/pip could not fetch the wheel[^]*no matching distribution/),
    });
  });

  it('where the GPU library is not installed', () => {
    expect(setUp(['--gpu', '--python', python])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('tensorflow[and-cuda]'),
    });
  });

  it('where a wheel holds no TensorFlow', () => {
    const { status, stderr } = setUp(['--python', python, '--wheel', python]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/has no include\/tensorflow\/c\/c_api\.h: is it a TensorFlow 2 for Linux\?/);
  });

  it('where an option is misspelt', () => {
    const { status, stderr } = setUp(['--weel', 'x.whl']);
    expect(status).toBe(1);
    expect(stderr).toContain("Unknown option '--weel'");
    expect(stderr).not.toContain('    at ');
  });
});
