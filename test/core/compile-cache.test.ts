import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtCli, ensureBuilt } from '../support/built';

const unix = process.platform === 'win32' ? it.skip : it;

/** Stands in for a Node.js that has a cache, whichever runs the test: says which folder it is asked to use. */
const pretended = `
  const modules = require('node:module');
  Object.defineProperty(modules, 'enableCompileCache', { value: (folder) => console.error('compiled in ' + folder) });
`;

unix('what Node.js compiles is kept in the folder of the user, and nowhere where others may write', async () => {
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'zoo-compiled-'));
  const before = join(folder, 'before.cjs');
  writeFileSync(before, pretended);
  const said = () => {
    const words = ['-e', `require(${JSON.stringify(before)}); require(${JSON.stringify(builtCli)})`];
    const environment = { ...process.env, XDG_CACHE_HOME: folder };
    return execFileSync('sh', ['-c', 'exec "$0" "$@" 2>&1 >/dev/null', process.execPath, ...words], {
      ...{ env: environment, encoding: 'utf8' },
    });
  };
  expect(said()).toBe(`compiled in ${join(folder, 'chomsky-zoo', 'modules')}\n`);
  chmodSync(join(folder, 'chomsky-zoo'), 0o777);
  expect(said()).toBe('');
  rmSync(folder, { recursive: true });
});
