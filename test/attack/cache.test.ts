import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeNative } from '../engine/support/native';
import { ensureBuilt } from '../support/built';
import { compute, computed } from './support/compute';

const isRoot = process.getuid?.() === 0;
const stranger = 65534;

describeNative('the cache of compiled code', () => {
  let base: string;
  let whole: string;
  let cache: string;
  let hasty: string;
  /** What is computed here, with a compiler that does not optimise: the runtime alone is compiled ten times. */
  const computedWith = (environment: Record<string, string>) => compute({ CC: hasty, ...environment });
  beforeAll(async () => {
    await ensureBuilt();
    base = mkdtempSync(join(tmpdir(), 'zoo-attack-'));
    whole = join(base, 'whole');
    hasty = join(base, 'cc');
    writeFileSync(hasty, '#!/bin/sh\nexec cc "$@" -O0\n', { mode: 0o755 });
    compilePlant();
    expect(computedWith({ XDG_CACHE_HOME: whole })).toEqual({ ...computed, notes: [] });
  }, 180_000);
  beforeEach(() => {
    cache = join(base, 'now', 'chomsky-zoo');
    rmSync(dirname(cache), { recursive: true, force: true });
    cpSync(whole, dirname(cache), { recursive: true });
    chmodSync(cache, 0o700);
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  const files = (ending: string) =>
    readdirSync(cache)
      .filter((name) => name.endsWith(ending))
      .map((name) => join(cache, name));
  const zeroed = (file: string) => writeFileSync(file, Buffer.alloc(readFileSync(file).length));
  const flipped = (file: string) => {
    const content = readFileSync(file);
    content[content.length >> 1]! ^= 1;
    writeFileSync(file, content);
  };
  const cut = (file: string) => truncateSync(file, readFileSync(file).length >> 1);

  const list = (file: string) => `${file}/kernels.txt`;
  test.each<[string, () => void]>([
    ['the runtime is empty', () => files('.node').forEach((file) => truncateSync(file))],
    ['the runtime is zeros', () => files('.node').forEach(zeroed)],
    ['the runtime is cut short', () => files('.node').forEach(cut)],
    ['one bit of the runtime is another', () => files('.node').forEach(flipped)],
    ['kernels are empty', () => files('.so').forEach((file) => truncateSync(file))],
    ['kernels are zeros', () => files('.so').forEach(zeroed)],
    ['kernels are cut short', () => files('.so').forEach(cut)],
    ['plans are empty', () => files('.plan').forEach((file) => truncateSync(file))],
    ['plans are zeros', () => files('.plan').forEach(zeroed)],
    ['one bit of a plan is another', () => files('.plan').forEach(flipped)],
    ['plans are gone of which it is known what they are for', () => files('.plan').forEach((file) => rmSync(file))],
    ['what is known of programs is empty', () => files('.known').forEach((file) => truncateSync(file))],
    ['one bit of what is known is another', () => files('.known').forEach(flipped)],
    ['plans are there without their kernels', () => files('.kernels.so').forEach((file) => rmSync(file))],
    ['the list is noise', () => writeFileSync(list(cache), Buffer.alloc(5000, 0xe5))],
    [
      'the list names the wrong library',
      () => {
        const wrong = readFileSync(list(cache), 'utf8').replace(
          /^(\S{32}) \S+$/gm,
          `$1 ${files('.node')[0]!.slice(cache.length + 1)}`,
        );
        writeFileSync(list(cache), wrong);
      },
    ],
    ['the list is a folder', () => (rmSync(list(cache)), mkdirSync(list(cache)))],
  ])('%s: it is compiled anew, for the same engine', (_, damage) => {
    damage();
    expect(computedWith({ XDG_CACHE_HOME: dirname(cache) })).toEqual({ ...computed, notes: [] });
  });

  /** A library of somebody else, which leaves a mark where it is loaded. */
  function compilePlant(): void {
    const [source, library, mark] = ['plant.c', 'plant.so', 'mark'].map((name) => join(base, name));
    writeFileSync(
      source!,
      `#include <stdio.h>\n__attribute__((constructor)) static void planted(void) { fclose(fopen("${mark}", "w")); }\n`,
    );
    execFileSync('cc', ['-shared', '-fPIC', source!, '-o', library!]);
  }

  /** Puts it under every name that is looked for. */
  function plant(folder: string): string {
    const [library, mark] = [join(base, 'plant.so'), join(base, 'mark')];
    const digest = createHash('sha256').update(readFileSync(library)).digest('hex').slice(0, 32);
    for (const file of [...files('.node'), ...files('.so')]) {
      const name = file.slice(cache.length + 1).replace(/\.[0-9a-f]{32}\./, `.${digest}.`);
      cpSync(library, join(folder, name));
      if (isRoot) lchownSync(join(folder, name), stranger, stranger);
      else chmodSync(join(folder, name), 0o777);
      appendFileSync(list(folder), readFileSync(list(cache), 'utf8').replace(/^(\S{32}) \S+$/gm, `$1 ${name}`));
    }
    rmSync(mark, { force: true });
    return mark;
  }
  const theirs = (path: string) => {
    mkdirSync(path, { recursive: true });
    if (isRoot) lchownSync(path, stranger, stranger);
    chmodSync(path, 0o777);
    return path;
  };

  const empty = () => readdirSync(cache).forEach((name) => rmSync(join(cache, name), { recursive: true }));
  test.each<[string, () => { mark: string; environment: Record<string, string> }]>([
    [
      'a shared $XDG_CACHE_HOME',
      () => {
        const shared = theirs(join(base, 'shared'));
        chmodSync(shared, 0o1777);
        return { mark: plant(theirs(join(shared, 'chomsky-zoo'))), environment: { XDG_CACHE_HOME: shared } };
      },
    ],
    [
      'a folder that anybody may write to',
      () => {
        chmodSync(cache, 0o777);
        return { mark: plant(cache), environment: { XDG_CACHE_HOME: dirname(cache) } };
      },
    ],
    [
      'a foreign file in the own folder',
      () => {
        const mark = plant(theirs(join(base, 'aside')));
        empty();
        cpSync(join(base, 'aside'), cache, { recursive: true });
        for (const file of [...files('.so'), ...files('.node')]) {
          if (isRoot) lchownSync(file, stranger, stranger);
          chmodSync(file, 0o777);
        }
        chmodSync(cache, 0o700);
        return { mark, environment: { XDG_CACHE_HOME: dirname(cache) } };
      },
    ],
    [
      'a link to a folder of somebody else',
      () => {
        const mark = plant(theirs(join(base, 'linked')));
        rmSync(cache, { recursive: true });
        symlinkSync(join(base, 'linked'), cache);
        return { mark, environment: { XDG_CACHE_HOME: dirname(cache) } };
      },
    ],
    [
      'an empty $HOME beside a shared folder for temporary files',
      () => {
        const shared = join(base, 'tmp');
        mkdirSync(shared, { recursive: true });
        chmodSync(shared, 0o1777);
        const mark = plant(theirs(join(shared, '.cache', 'chomsky-zoo')));
        return { mark, environment: { HOME: '', TMPDIR: shared } };
      },
    ],
  ])('code that is planted in %s is not run', (_, attack) => {
    const { mark, environment } = attack();
    expect(computedWith(environment)).toMatchObject(computed);
    expect(existsSync(mark)).toBe(false);
  });

  (isRoot ? test : test.skip)('a cache that is read-only is used, and what is damaged in it compiled elsewhere', () => {
    files('.so').forEach(cut);
    const [folder, script] = [dirname(cache), join(__dirname, 'support', 'compute-process.cjs')];
    execFileSync(
      'unshare',
      [
        ...[
          '-m',
          'sh',
          '-c',
          `mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && "$1" "$2" > "${base}/answer"`,
        ],
        ...[folder, process.execPath, script],
      ],
      { env: { ...process.env, CC: hasty, XDG_CACHE_HOME: folder } },
    );
    expect(JSON.parse(readFileSync(join(base, 'answer'), 'utf8'))).toEqual({
      ...computed,
      notes: [expect.stringMatching(/nothing can be added to .* \(the file system is read-only\)/)],
    });
  });
});
