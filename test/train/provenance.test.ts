import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitOf } from '../../src/train/provenance';

it('names the commit of a clone, and whether its sources are other than it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zoo-commit-'));
  try {
    expect(commitOf(folder)).toBeUndefined(); // an installed package
    const git = (...words: string[]) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words], {
        encoding: 'utf8',
      }).trim();
    git('init', '-q');
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'a.ts'), '1');
    git('add', '.');
    git('commit', '-qm', 'first');
    const id = git('rev-parse', 'HEAD');
    expect(commitOf(folder)).toEqual({ id, dirty: false });
    writeFileSync(join(folder, 'notes.txt'), 'no source');
    expect(commitOf(folder)).toEqual({ id, dirty: false });
    appendFileSync(join(folder, 'src', 'a.ts'), '2');
    expect(commitOf(folder)).toEqual({ id, dirty: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
