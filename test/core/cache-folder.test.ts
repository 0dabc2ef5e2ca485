import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lchownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hostInNames } from '../../src/core/atomic-file';

type Folders = typeof import('../../src/core/cache-folder');

const unix = process.platform === 'win32' ? describe.skip : describe;
const asRoot = process.getuid?.() === 0 ? it : it.skip;
const stranger = 65534;

unix('the folder of compiled code', () => {
  const before = { ...process.env };
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'trust-'));
    process.env.XDG_CACHE_HOME = base;
    delete process.env.CHOMSKY_ZOO_PRIVATE_CACHE;
  });
  afterEach(() => {
    process.env = { ...before };
    rmSync(base, { recursive: true, force: true });
  });

  function load(): Folders {
    let folders: Folders | undefined;
    jest.isolateModules(() => (folders = jest.requireActual<Folders>('../../src/core/cache-folder')));
    return folders!;
  }
  const own = () => join(base, 'chomsky-zoo');

  it('is in $XDG_CACHE_HOME, else in the home folder, and nobody else may enter it', () => {
    expect(load().cacheFolder()).toEqual({ folder: own() });
    expect(statSync(own()).mode & 0o777).toBe(0o700);
    for (const unset of [undefined, '', 'relative']) {
      if (unset === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = unset;
      process.env.HOME = base;
      expect(load().cacheFolder()).toEqual({ folder: join(base, '.cache', 'chomsky-zoo') });
    }
  });

  it('is never a shared one for want of a home folder', () => {
    delete process.env.XDG_CACHE_HOME;
    process.env.HOME = '';
    const { folder } = load().cacheFolder();
    expect(folder).not.toBe(join(tmpdir(), '.cache', 'chomsky-zoo'));
    expect(dirname(dirname(folder)) === homedir() || statSync(folder).uid === process.getuid!()).toBe(true);
  });

  const isPrivate = (problem: RegExp) => {
    const { folder, note } = load().cacheFolder();
    expect(note).toMatch(problem);
    expect(note).toMatch(/kept for this run alone$/);
    expect(folder.startsWith(base)).toBe(false);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(process.env.CHOMSKY_ZOO_PRIVATE_CACHE).toBe(folder); // so that workers share it
    expect(load().cacheFolder().folder).toBe(folder);
    rmSync(folder, { recursive: true });
  };

  it('is a private one where others may write to it or above it', () => {
    mkdirSync(own());
    chmodSync(own(), 0o777);
    isPrivate(/others may write to/);
    chmodSync(own(), 0o700);
    chmodSync(base, 0o777);
    isPrivate(/others may write to/);
    chmodSync(base, 0o1777); // as /tmp: they cannot move away what is not theirs
    expect(load().cacheFolder()).toEqual({ folder: own() });
  });

  asRoot('is a private one where it belongs to another user, also through a link', () => {
    mkdirSync(own());
    lchownSync(own(), stranger, stranger);
    isPrivate(/belongs to another user/);
    rmSync(own(), { recursive: true });
    const theirs = join(base, 'theirs');
    mkdirSync(theirs);
    lchownSync(theirs, stranger, stranger);
    symlinkSync(theirs, own());
    isPrivate(/belongs to another user/);
    expect(existsSync(theirs)).toBe(true);
  });

  it('that a killed run had for itself is removed by the next that needs one', () => {
    const { pid } = spawnSync('true');
    const [dead, alive] = [pid, process.pid].map((owner) => {
      const folder = join(tmpdir(), `chomsky-zoo.${hostInNames}.${owner}.abcdef`);
      mkdirSync(folder, { mode: 0o700 });
      return folder;
    });
    rmSync(load().privateFolder(), { recursive: true });
    expect([dead!, alive!].map((folder) => existsSync(folder))).toEqual([false, true]);
    rmSync(alive!, { recursive: true });
  });

  it('a file is not trusted where others may write to it or it is a link', () => {
    const { whyNotOwn } = load();
    mkdirSync(own());
    expect(whyNotOwn(own())).toBeUndefined();
    symlinkSync(own(), join(base, 'link'));
    expect(whyNotOwn(join(base, 'link'))).toMatch(/is a link/);
    chmodSync(own(), 0o722);
    expect(whyNotOwn(own())).toMatch(/others may write/);
  });
});
