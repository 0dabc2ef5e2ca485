import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codeStamp } from '../../src/core/code-stamp';
import { packageRoot } from '../../src/core/package';
import { builtCli, ensureBuilt } from '../support/built';

it('says nothing of sources', () => expect(codeStamp()).toBeUndefined());

it('changes with every file of the built code, and with the packages that it asks for', async () => {
  await ensureBuilt();
  const copy = mkdtempSync(join(tmpdir(), 'zoo-stamp-'));
  const dist = join(copy, 'dist');
  cpSync(dirname(dirname(dirname(builtCli))), dist, {
    recursive: true,
    filter: (source) => !source.endsWith('.d.ts') && !source.includes('node_modules'),
  });
  cpSync(join(packageRoot, 'package.json'), join(copy, 'package.json'));
  const words = ['-p', 'require("./dist/src/core/code-stamp.js").codeStamp()'];
  const stamp = () => execFileSync(process.execPath, words, { cwd: copy, encoding: 'utf8' }).trim();
  const lstm = join(dist, 'architectures', 'lstm.js');
  const package_ = join(copy, 'package.json');
  const stamps = [stamp()];
  expect(stamps[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(stamp()).toBe(stamps[0]);
  utimesSync(lstm, 1e9, 1e9);
  stamps.push(stamp());
  writeFileSync(lstm, 'exports.changed = true;');
  utimesSync(lstm, 1e9, 1e9);
  stamps.push(stamp());
  writeFileSync(join(dist, 'src', 'model', 'another.js'), '');
  stamps.push(stamp());
  writeFileSync(package_, JSON.stringify({ version: '0.0.1', dependencies: { '@tensorflow/tfjs-core': '4.0.0' } }));
  stamps.push(stamp());
  expect(new Set(stamps).size).toBe(stamps.length);
  rmSync(copy, { recursive: true });
});
